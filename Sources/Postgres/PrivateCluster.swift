import Dispatch
import Glibc
import Synchronization

/// A PostgreSQL server of this program's own, on a unix socket, shared by its processes.
///
/// Every process that uses the server holds `users.lock` shared; the last one out stops it. A
/// process that dies without stopping anything lets go of the lock too, and a small guard
/// program that waits for the lock stops the server then. A server found running is adopted.
package final class PrivateCluster: Sendable {
    /// How to connect, as libpq reads it.
    ///
    /// Has no password: the socket's directory is the guard.
    package let url: String
    /// What the server has to say.
    package let logPath: String
    private let layout: ClusterLayout
    private let isInUse: Mutex<FileLock?>

    private init(layout: ClusterLayout, url: String, lock: consuming FileLock) {
        (self.layout, self.url, logPath) = (layout, url, layout.log)
        isInUse = Mutex(consume lock)
    }

    /// Makes the cluster if need be, starts it or adopts it, and waits until it answers.
    ///
    /// - Parameter options: Where, and what is in it.
    /// - Returns: The running cluster.
    /// - Throws: ``ClusterError``.
    package static func start(
        _ options: ClusterOptions
    ) async throws(ClusterError) -> PrivateCluster {
        try await offPool { () throws(ClusterError) in try startBlocking(options) }
    }

    /// Starts the server again where it has died; one that runs is left as it is.
    ///
    /// - Throws: ``ClusterError``.
    package func revive() async throws(ClusterError) { _ = try await Self.start(layout.options) }

    /// Lets go of the server, and stops it unless another process uses it.
    ///
    /// Calling it again does nothing.
    ///
    /// - Throws: ``ClusterError``.
    package func stop() async throws(ClusterError) {
        try await offPool { () throws(ClusterError) in try self.stopBlocking() }
    }

    private static func startBlocking(
        _ options: ClusterOptions
    ) throws(ClusterError) -> PrivateCluster {
        let layout = try ClusterLayout(options)
        let starting = try FileLock.lock(
            layout.startLock, .exclusive, within: Limits.startDuration)
        let using = try FileLock.lock(layout.usersLock, .shared, within: Limits.stopDuration)
        let server = ClusterServer(layout: layout, options: options)
        let socket: String
        if let running = try server.runningSocket() {
            socket = running
        } else {
            try server.createDataIfAbsent()
            socket = try layout.makeSocketDirectory()
            try server.start(socket: socket)
        }
        try server.startGuard()
        try server.createDatabaseIfAbsent(socket: socket)
        // Held to here, so that nobody stops or starts the server meanwhile.
        _ = consume starting
        return PrivateCluster(
            layout: layout, url: server.url(socket: socket, database: options.database),
            lock: using)
    }

    /// - Returns: False when that was done before.
    private func letGo() -> Bool {
        isInUse.withLock { lock in
            guard let held = lock.take() else { return false }
            _ = consume held
            return true
        }
    }

    private func stopBlocking() throws(ClusterError) {
        guard letGo() else { return }
        let start = ContinuousClock.now
        let server = ClusterServer(layout: layout, options: layout.options)
        while ContinuousClock.now < start + Limits.stopDuration {
            if let alone = try FileLock.tryLock(layout.usersLock, .exclusive) {
                try server.stop()
                _ = consume alone
                return
            }
            // Somebody shares the lock: it is theirs to stop. Nobody may: the guard is at it.
            // A child that is just being spawned shares it too, up to its exec.
            let isShared = try FileLock.tryLock(layout.usersLock, .shared) != nil
            if isShared, ContinuousClock.now > start + Limits.spawnDuration { return }
            usleep(5_000)
        }
    }
}

/// Runs a blocking call on a thread that is not of the cooperative pool.
private func offPool<Success: Sendable>(
    _ body: @escaping @Sendable () throws(ClusterError) -> Success
) async throws(ClusterError) -> Success {
    let result: Result<Success, ClusterError> = await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            do throws(ClusterError) {
                continuation.resume(returning: .success(try body()))
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }
    return try result.get()
}
