import Glibc

/// A regular file, read whole.
struct FileContent {
    let bytes: [UInt8]
    /// Whether the permissions let users who are neither owner nor in the group read it.
    let isReadableByOthers: Bool

    /// Reads a file that may be anything, without waiting for it.
    ///
    /// - Parameters:
    ///   - path: Absolute, or relative to the working directory.
    ///   - bytesMax: More is refused.
    /// - Throws: ``FileError`` with the reason the system gave.
    init(at path: String, bytesMax: Int) throws(FileError) {
        // Without O_NONBLOCK, opening a FIFO waits for a writer that never comes.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
        isReadableByOthers = status.st_mode & S_IROTH != 0

        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw Self.failure(path, errno)
            }
            guard count > 0 else { break }
            bytes += chunk[..<count]
            guard bytes.count <= bytesMax else { throw .tooLarge(path: path, bytesMax: bytesMax) }
        }
        self.bytes = bytes
    }

    private static func failure(_ path: String, _ code: CInt) -> FileError {
        let isMissing = code == ENOENT || code == ENOTDIR
        return .unreadable(
            path: path, reason: String(cString: strerror(code)), isMissing: isMissing)
    }
}
