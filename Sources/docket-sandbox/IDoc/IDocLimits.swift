/// What the IDoc port bears before it refuses.
enum IDocLimits {
    /// Documents one call may write.
    static let createdMax = 100_000
    static let perFileMax = 10_000
    /// Characters of a text line, as the vendor has it.
    static let lineCharacters = 132
    /// Files written at the start, beside those that are wrong on purpose.
    static let seededFiles = 29
}
