enum Limits {
    /// Bytes of a file held at once while it is hashed.
    static let fileReadByteCount = 1 << 18
}
