import Glibc

/// The SHA-256 of a file's content, read in parts.
///
/// - Parameter path: A regular file; a pipe, a directory or a device is refused, as reading one
///   may never end.
/// - Returns: 32 bytes.
/// - Throws: ``CryptoError/file(path:reason:)``.
package func sha256(fileAt path: String) throws(CryptoError) -> [UInt8] {
    try sha256(filesAt: [path])
}

/// As ``sha256(fileAt:)``, of several files as if they were one.
package func sha256(filesAt paths: [String]) throws(CryptoError) -> [UInt8] {
    var hash = try SHA256()
    for path in paths { try update(&hash, withFileAt: path) }
    return try hash.finish()
}

private func update(_ hash: inout SHA256, withFileAt path: String) throws(CryptoError) {
    // Not to wait for a pipe's other end.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .lastFailure(ofFile: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .lastFailure(ofFile: path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw .file(path: path, reason: "not a regular file")
    }
    var buffer = [UInt8](repeating: 0, count: Limits.fileReadByteCount)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count == 0 { return }
        if count > 0 {
            try hash.update(buffer.span.extracting(first: count))
        } else if errno != EINTR {
            throw .lastFailure(ofFile: path)
        }
    }
}
