enum Limits {
    /// Text looked at; the language of a document shows in its beginning.
    static let sampleByteCountMax = 1024
    /// Longest run of ASCII without a space that can be a word and not an encoding of bytes.
    static let wordByteCountMax = 64
    /// Bytes of words from which on one opinion is enough.
    static let certainByteCountMin = 24
    /// Bytes of words below which an opinion counts only if the other one shares it.
    static let unsharedByteCountMin = 16
}
