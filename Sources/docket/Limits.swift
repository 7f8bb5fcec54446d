/// The bounds of what commands read from files.
enum Limits {
    /// Bytes of a file of reference vectors, or of documents to measure with.
    static let vectorFileBytes = 64 << 20
}
