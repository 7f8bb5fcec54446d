enum Limits {
    /// Bytes of a file held at once while it is hashed.
    static let fileReadByteCount = 1 << 18
    /// Bytes of a key's or certificate's PEM text.
    static let pemBytesMax = 1 << 20
    /// RSA keys below this are no longer taken by anybody (NIST SP 800-131A).
    static let keyBitsMin = 2048
    /// Of a PSS signature by PS256: as long as its hash (RFC 7518 §3.5).
    static let pssSaltByteCount: Int32 = 32
}
