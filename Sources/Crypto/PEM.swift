import COpenSSL

/// Reads one object out of PEM text that may hold others beside it; nil where there is none.
///
/// `read` passes its two arguments and ``notePassphrase`` on to one of OpenSSL's
/// `PEM_read_bio_…`; `wantsPassphrase` is set where the object is encrypted.
func readPEM(
    _ bytes: [UInt8], wantsPassphrase: inout Bool,
    _ read: (OpaquePointer, UnsafeMutableRawPointer) -> OpaquePointer?
) -> OpaquePointer? {
    guard !bytes.isEmpty, bytes.count <= Limits.pemBytesMax else { return nil }
    defer { ERR_clear_error() }
    return bytes.withUnsafeBytes { buffer in
        guard let source = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else {
            return nil
        }
        defer { BIO_free(source) }
        return withUnsafeMutablePointer(to: &wantsPassphrase) {
            read(source, UnsafeMutableRawPointer($0))
        }
    }
}

/// Gives no passphrase; OpenSSL's own function would ask the terminal for it.
func notePassphrase(
    _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _ isWanted: UnsafeMutableRawPointer?
) -> Int32 {
    isWanted?.assumingMemoryBound(to: Bool.self).pointee = true
    return -1
}
