import Glibc

/// The SHA-256 of a file's content, read in parts.
///
/// - Parameter path: A regular file; a pipe, a directory or a device is refused, as reading one
///   may never end.
/// - Returns: 32 bytes.
/// - Throws: ``CryptoError/file(path:reason:)``.
package func sha256(fileAt path: String) throws(CryptoError) -> [UInt8] {
    // Not to wait for a pipe's other end.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .lastFailure(ofFile: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .lastFailure(ofFile: path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw .file(path: path, reason: "not a regular file")
    }
    var hash = try SHA256()
    var buffer = [UInt8](repeating: 0, count: Limits.fileReadByteCount)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count == 0 { return try hash.finish() }
        if count > 0 {
            try hash.update(buffer.span.extracting(first: count))
        } else if errno != EINTR {
            throw .lastFailure(ofFile: path)
        }
    }
}
