enum Limits {
    /// Longest element name told apart; no name of HTML has more than ten bytes.
    static let nameByteCountMax = 15
    /// Attributes looked through for one name.
    static let attributeCountMax = 256
    /// Longest name of a character reference.
    static let referenceByteCountMax = 32
}
