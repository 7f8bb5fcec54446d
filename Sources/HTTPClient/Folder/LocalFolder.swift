import Glibc

/// A folder of this machine's file system; no symbolic link in it is followed.
struct LocalFolder {
    private let path: String

    init(_ path: String) { self.path = path }

    func list(_ cancellation: Cancellation) throws(FolderError) -> FolderListing {
        // `closedir` closes the descriptor.
        let descriptor = try openFolder()
        guard let folder = fdopendir(descriptor) else {
            let error = lastFailure(path)
            close(descriptor)
            throw error
        }
        defer { closedir(folder) }
        var entries: [FolderListing.Entry] = []
        var skippedCount = 0
        while true {
            guard !cancellation.isCancelled else { throw .cancelled }
            errno = 0
            guard let record = readdir(folder) else {
                guard errno == 0 else { throw lastFailure(path) }
                return FolderListing(entries, skippedCount: skippedCount)
            }
            let bytes = withUnsafeBytes(of: &record.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard !isDots(bytes) else { continue }
            guard entries.count + skippedCount < Limits.folderEntriesMax else {
                throw .tooManyEntries(max: Limits.folderEntriesMax, place: path)
            }
            if let name = String(validating: bytes, as: UTF8.self),
                let entry = entry(name, in: descriptor)
            {
                entries.append(entry)
            } else {
                skippedCount += 1
            }
        }
    }

    func read(
        _ name: String, _ bytesMax: Int, _ cancellation: Cancellation
    ) throws(FolderError) -> [UInt8] {
        let folder = try openFolder()
        defer { close(folder) }
        let place = path + (path.hasSuffix("/") ? "" : "/") + name
        // Not to wait for a pipe's other end.
        let descriptor = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? .notAFile(place: place) : lastFailure(place)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw lastFailure(place) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(place: place) }
        guard status.st_size <= bytesMax else {
            throw .tooLarge(bytesMax: bytesMax, place: place)
        }
        var content: [UInt8] = []
        content.reserveCapacity(Int(status.st_size))
        var buffer = [UInt8](repeating: 0, count: Limits.streamBufferBytes)
        while true {
            guard !cancellation.isCancelled else { throw .cancelled }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            if count > 0 {
                // It may have grown.
                guard count <= bytesMax - content.count else {
                    throw .tooLarge(bytesMax: bytesMax, place: place)
                }
                content += buffer[..<count]
            } else if errno != EINTR {
                throw lastFailure(place)
            }
        }
    }

    private func openFolder() throws(FolderError) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw lastFailure(path) }
        return descriptor
    }

    /// Nil for what is neither file nor folder, or has vanished meanwhile.
    private func entry(_ name: String, in folder: Int32) -> FolderListing.Entry? {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFDIR else { return nil }
        let time = status.st_mtim
        return FolderListing.Entry(
            name: name, size: kind == S_IFREG ? Int(status.st_size) : nil,
            modifiedAt: Int64(time.tv_sec), isDirectory: kind == S_IFDIR,
            stamp: "\(status.st_size) \(time.tv_sec).\(time.tv_nsec)")
    }
}

private func lastFailure(_ place: String) -> FolderError {
    let (code, reason) = (errno, String(cString: strerror(errno)))
    return switch code {
    case ENOENT: .missing(place: place)
    case EACCES, EPERM: .forbidden(place: place, reason: reason)
    case ENOTDIR: .notAFile(place: place)
    default: .other(place: place, reason: reason)
    }
}
