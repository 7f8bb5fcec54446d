enum Limits {
    /// A compressed body that unfolds to more than this many times its size is a bomb.
    ///
    /// Text reaches 20, deflate ends at 1032.
    static let expansionMax = 100
    /// Decoded bytes up to which a body may unfold as it likes.
    static let expansionFreeBytes = 1 << 20
    /// Bytes that libcurl may have read and decoded, but not yet counted.
    static let readBufferBytes = 16 << 10
    /// Decoded bytes that a stream holds for a slow reader before it stops to read.
    static let streamBufferBytes = 256 << 10
    /// Bytes of memory reserved on the word of a `Content-Length`.
    static let reservedBytesMax = 1 << 20
    static let urlBytesMax = 64 << 10
    /// Bytes of libcurl's or OpenSSL's words kept in an error.
    static let reasonBytesMax = 200
    /// Connections kept open for later requests, to all hosts together.
    static let idleConnectionsMax = 64
    /// Cookies of one origin; whoever sets more loses them all.
    static let cookiesMax = 200
    /// Origins whose cookies are kept; the one that was not asked for longest is forgotten.
    static let cookieOriginsMax = 64
    /// Bytes of a refusal's body that a download gives.
    static let refusalBytesMax = 64 << 10
    /// Entries of one folder.
    static let folderEntriesMax = 100_000
    /// Bytes of a file's name, as Linux has it.
    static let fileNameBytesMax = 255
    /// Bytes of a listing that a server gives.
    static let listingBytesMax = 32 << 20
    /// Lines that a listing's details may be ahead of its names.
    static let listingLookahead = 16
    /// Name, TCP, and the first words of SSH.
    static let folderConnectTimeout: Duration = .seconds(15)
    static let folderIdleTimeout: Duration = .seconds(60)
    static let folderTotalTimeout: Duration = .seconds(600)
    /// The longest sleep of the thread while it has transfers.
    static let pollInterval: Duration = .seconds(1)
    /// The longest sleep of the thread while it has none: until it is woken.
    static let idlePollInterval: Duration = .seconds(3600)
    /// A server that asks for a longer pause is asked again after this one.
    static let retryAfterMax: Duration = .seconds(24 * 3600)
    /// Times that C takes as milliseconds in an `Int`.
    static let timeoutMax: Duration = .seconds(7 * 24 * 3600)
}
