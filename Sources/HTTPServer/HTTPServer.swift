import CMicroHTTPD
import Glibc
import Synchronization

/// An HTTP/1.1 server: one polling thread of libmicrohttpd, handlers in Swift's task pool.
///
/// While a handler runs, its connection is suspended and costs no thread. Requests arrive whole:
/// bodies are collected up to a limit before the handler sees them.
package final class HTTPServer: Sendable {
    package typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse

    /// The port listened on; 0 on a Unix socket.
    package let port: UInt16
    private let path: String?
    private let core: ServerCore
    /// The address of the `MHD_Daemon`, until the server is stopped.
    private let daemon: Mutex<UInt?>
    private let sweeper: Task<Void, Never>

    /// Binds the address and starts to answer.
    ///
    /// - Parameters:
    ///   - address: Nothing else is bound: a server on `127.0.0.1` is out of other machines' reach.
    ///   - limits: What is borne before a client is refused.
    ///   - handler: Called once a request is there in full; cancelled when the server stops or the
    ///     handler timeout passes.
    /// - Throws: ``HTTPServerError`` where the address cannot be bound.
    package init(
        listen address: ListenAddress, limits: HTTPServerLimits = HTTPServerLimits(),
        handler: @escaping Handler
    ) throws(HTTPServerError) {
        let socket = try ListenSocket(address)
        let core = ServerCore(limits: limits, handler: handler)
        (self.core, self.port, self.path) = (core, socket.port, socket.path)
        let context = Unmanaged.passRetained(core)
        var options = docket_mhd_options(
            context: context.toOpaque(), access: onAccess, uri: onURI, completed: onCompleted,
            connection: onConnection, listen_socket: socket.take(),
            connections_max: UInt32(clamping: limits.connectionsMax),
            idle_seconds: UInt32(clamping: max(1, limits.idleTimeout.secondsRoundedUp)),
            connection_memory_bytes: max(4096, limits.headBytesMax))
        guard let raw = docket_mhd_start(&options) else {
            context.release()
            throw .cannotStart(address: address.description)
        }
        self.daemon = Mutex(UInt(bitPattern: raw))
        self.sweeper = Task { await core.sweep() }
    }

    deinit { stop() }

    /// Connections accepted since the start.
    package var connectionCount: Int { core.connections.withLock { $0.acceptedCount } }

    /// Closes the address and all connections, cancels the handlers, and waits for the thread.
    ///
    /// A second call does nothing.
    package func stop() {
        daemon.withLock { daemon in
            guard let raw = daemon.take().flatMap(OpaquePointer.init(bitPattern:)) else { return }
            sweeper.cancel()
            core.stop()
            MHD_stop_daemon(raw)
            if let path { unlink(path) }
            Unmanaged.passUnretained(core).release()
        }
    }
}

extension Duration {
    fileprivate var secondsRoundedUp: Int64 {
        components.seconds + (components.attoseconds > 0 ? 1 : 0)
    }
}
