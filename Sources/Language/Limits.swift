enum Limits {
    /// Text looked at; the language of a document shows in its beginning.
    static let sampleByteCountMax = 1024
    /// Text looked at first: where all of it is in one language, the rest is not asked.
    static let firstSampleByteCountMax = 256
    static let firstWordBytesMin = 180
    /// Share of the words that is all, as the count of it is not exact; in percent.
    static let wholePercentMin = 95
    /// Longest run of ASCII without a space that can be a word and not an encoding of bytes.
    static let wordByteCountMax = 64
    /// Bytes of words from which on one opinion is enough.
    static let certainByteCountMin = 24
    /// Bytes of words below which an opinion counts only if the other one shares it.
    static let unsharedByteCountMin = 16
}
