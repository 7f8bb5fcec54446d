import Glibc

/// Where the bytes of a document come from.
struct XMLSource: ~Copyable {
    private var bytes: [UInt8] = []
    private var index = 0
    private var file: CInt = -1
    private let path: String

    init(_ bytes: [UInt8]) { (self.bytes, path) = (bytes, "") }

    init(path: String) throws(XMLError) {
        self.path = path
        // A pipe would hold whoever opens it until somebody writes.
        file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw XMLError(.unreadable(path: path, errno: errno)) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw XMLError(.unreadable(path: path, errno: EINVAL))
        }
    }

    deinit { if file >= 0 { close(file) } }

    /// The next bytes; none at the end.
    mutating func next() throws(XMLError) -> [UInt8] {
        guard file >= 0 else {
            let end = min(bytes.count, index + Limits.chunkByteCount)
            defer { index = end }
            return Array(bytes[index..<end])
        }
        var chunk = [UInt8](repeating: 0, count: Limits.chunkByteCount)
        var count = 0
        while count < chunk.count {
            let got = chunk.withUnsafeMutableBytes { chunk in
                chunk.baseAddress.map { read(file, $0 + count, chunk.count - count) } ?? 0
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw XMLError(.unreadable(path: path, errno: errno)) }
            if got == 0 { break }
            count += got
        }
        chunk.removeLast(chunk.count - count)
        return chunk
    }
}
