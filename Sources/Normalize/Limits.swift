enum Limits {
    /// Of a record that is listed member by member.
    static let memberDepthMax = 8
    static let memberLinesMax = 20_000
    static let titleByteCountMax = 1024
    /// An address has 320 at most (RFC 3696 erratum 1690); names come before it.
    static let participantByteCountMax = 512
    static let participantsMax = 1000
    static let sourceURLByteCountMax = 4096
    /// A B-tree row of PostgreSQL holds about 2700 bytes; longer ids could not be indexed.
    static let sourceIDByteCountMax = 2048
    /// Decimal exponents that every numeric type of PostgreSQL takes.
    static let magnitudes = 1e-300..<1e300
}
