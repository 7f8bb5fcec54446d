import Glibc

/// An advisory lock on a file, held until the value goes, or its process does, however.
struct FileLock: ~Copyable {
    enum Mode {
        case shared, exclusive
    }

    private let descriptor: CInt

    /// Takes the lock if nobody is in the way right now.
    ///
    /// - Parameters:
    ///   - path: The file, made when absent.
    ///   - mode: Beside others that share, or alone.
    /// - Returns: Nil when somebody is in the way.
    /// - Throws: ``ClusterError/file(path:operation:reason:)``.
    static func tryLock(_ path: String, _ mode: Mode) throws(ClusterError) -> FileLock? {
        // Closed on exec: a lock inherited by the server would outlive this process.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else {
            throw .file(path: path, operation: "open", reason: reason(errno))
        }
        guard flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return FileLock(descriptor: descriptor)
    }

    /// Takes the lock, waiting for it if need be.
    ///
    /// - Throws: ``ClusterError/busy(path:duration:)`` as well.
    static func lock(
        _ path: String, _ mode: Mode, within duration: Duration
    ) throws(ClusterError) -> FileLock {
        let deadline = ContinuousClock.now + duration
        while true {
            if let lock = try tryLock(path, mode) { return lock }
            guard ContinuousClock.now < deadline else {
                throw .busy(path: path, duration: duration)
            }
            usleep(5_000)
        }
    }

    private init(descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }
}
