/// What a document may ask for at most.
package enum Limits {
    /// Bytes of one file.
    package static let sourceBytes = 4 << 20
    /// Mappings and lists inside one another.
    package static let depth = 64
    /// Values of one file, keys not counted.
    package static let nodes = 200_000
    /// Problems reported about one file; the rest is counted.
    package static let diagnostics = 100
    /// Bytes of a line that is shown at all.
    package static let excerptBytes = 64 << 10
    /// Characters of a source line shown under a message.
    package static let excerptCharacters = 120
    /// Characters of a value quoted in a message.
    package static let quotedCharacters = 48
    /// Characters of a path in a message.
    package static let pathCharacters = 512
    /// Characters of a key that is compared with the known ones.
    package static let comparedCharacters = 64
    /// Bytes of a secret.
    package static let secretBytes = 64 << 10
    /// Entries of a list or mapping whose form names no other limit.
    package static let entries = 10_000
}
