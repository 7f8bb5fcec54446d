/// The bounds of what commands read from files, and of what they say in a line.
enum Limits {
    /// Scopes or streams listed by name.
    static let namesListed = 20
    /// Bytes of a file of reference vectors, or of documents to measure with.
    static let vectorFileBytes = 64 << 20
    /// Bytes of a text file that a recipe is tried on.
    static let triedFileBytesMax = 16 << 20
}
