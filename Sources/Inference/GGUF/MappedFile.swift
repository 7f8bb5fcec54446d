import Glibc

/// A regular file mapped read-only into memory, unmapped when the last owner lets go.
///
/// The mapping shows the file of the moment it was opened; a file that is replaced by renaming
/// another over it stays as it was. One that is truncated in place kills every reader with
/// SIGBUS, so model files belong in a directory that only the operator can write to.
final class MappedFile: Sendable {
    let path: String
    /// The whole file; valid as long as this object lives, never written to.
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    /// Opens and maps the file at `path`.
    ///
    /// Opening does not wait, so a pipe in the file's place is refused and not waited for.
    ///
    /// - Parameter path: Absolute, or relative to the working directory.
    /// - Throws: ``ModelError/cannotOpen(path:reason:)``, ``ModelError/notRegularFile(path:)``,
    ///   or ``ModelError/truncated(path:place:)`` for an empty file.
    init(path: String) throws(ModelError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: Self.lastError) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .cannotOpen(path: path, reason: Self.lastError)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path: path) }
        guard let byteCount = Int(exactly: status.st_size), byteCount > 0 else {
            throw .truncated(path: path, place: "the header")
        }
        let base = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let base, base != MAP_FAILED else {
            throw .cannotOpen(path: path, reason: Self.lastError)
        }
        self.path = path
        bytes = UnsafeRawBufferPointer(start: base, count: byteCount)
    }

    /// Gives back the memory behind whole pages of a part of the mapping.
    ///
    /// What is touched again is read from the file again.
    static func release(_ part: UnsafeRawBufferPointer) {
        guard let base = part.baseAddress else { return }
        let pageSize = sysconf(Int32(_SC_PAGESIZE))
        let padding = (pageSize - Int(bitPattern: base) % pageSize) % pageSize
        let byteCount = (part.count - padding) / pageSize * pageSize
        guard byteCount > 0 else { return }
        // A refusal costs memory and nothing else.
        _ = madvise(UnsafeMutableRawPointer(mutating: base + padding), byteCount, MADV_DONTNEED)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

    private static var lastError: String { String(cString: strerror(errno)) }
}
