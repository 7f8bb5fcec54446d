import Glibc

extension HTTPClient {
    /// Sends one request and writes the answer's body to a file while it comes.
    ///
    /// The file is made here, for its owner alone; it stays only where the whole body of a 2xx
    /// answer is in it.
    ///
    /// - Parameters:
    ///   - request: As for ``send(_:)``.
    ///   - path: Where nothing is yet, in a directory that is there.
    ///   - bytesMax: Bytes after decompression; in place of the request's own limit.
    /// - Returns: The answer's head, and how much was written.
    /// - Throws: ``HTTPClientError``; ``HTTPClientError/bodyTooLarge(bytesMax:url:)`` before
    ///   anything beyond the limit is written, ``HTTPClientError/file(path:reason:)``.
    package func download(
        _ request: HTTPRequest, to path: String, bytesMax: Int
    ) async throws(HTTPClientError) -> HTTPDownload {
        var request = request
        request.responseBytesMax = bytesMax
        let stream = try await stream(request)
        let (status, headers) = (stream.status, stream.headers)
        guard (200...299).contains(status) else {
            var refusal: [UInt8] = []
            while refusal.count < Limits.refusalBytesMax, let piece = try await stream.next() {
                refusal += piece.prefix(Limits.refusalBytesMax - refusal.count)
            }
            return HTTPDownload(status: status, headers: headers, byteCount: 0, refusal: refusal)
        }
        var file = try NewFile(path)
        while let piece = try await stream.next() { try file.write(piece) }
        return HTTPDownload(
            status: status, headers: headers, byteCount: file.keep(), refusal: [])
    }
}

/// A file that is being written, and is removed unless it is kept.
private struct NewFile: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private var byteCount = 0
    private var isKept = false

    init(_ path: String) throws(HTTPClientError) {
        // What is there already is somebody else's.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw fileError(path) }
        (self.path, self.descriptor) = (path, descriptor)
    }

    deinit {
        close(descriptor)
        if !isKept { unlink(path) }
    }

    mutating func write(_ bytes: [UInt8]) throws(HTTPClientError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw fileError(path)
            }
        }
        byteCount += bytes.count
    }

    /// Bytes written.
    consuming func keep() -> Int {
        isKept = true
        return byteCount
    }
}

private func fileError(_ path: String) -> HTTPClientError {
    .file(path: path, reason: String(cString: strerror(errno)))
}
