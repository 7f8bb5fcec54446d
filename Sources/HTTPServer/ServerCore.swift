import CMicroHTTPD
import Glibc
import Synchronization

/// What the callbacks, the handlers' tasks and the sweeper share.
///
/// Two locks, never held together: `connections` is taken in callbacks that libmicrohttpd may
/// make from within its own locks; `suspended` is held around the resuming of a connection, so
/// that none can be resumed after the daemon is gone, nor stay suspended when it goes.
final class ServerCore: Sendable {
    let limits: HTTPServerLimits
    let connections = Mutex(ConnectionTable())
    private let handler: HTTPServer.Handler
    private let suspended = Mutex(Suspended())

    private struct Suspended {
        var isStopping = false
        var exchanges: [ConnectionHandle: Exchange] = [:]
    }

    init(limits: HTTPServerLimits, handler: @escaping HTTPServer.Handler) {
        (self.limits, self.handler) = (limits, handler)
    }

    /// Suspends the connection and gives the request to the handler.
    ///
    /// - Returns: False where the server is stopping.
    func handle(_ exchange: Exchange) -> Bool {
        guard suspend(exchange) else { return false }
        let deadline = ContinuousClock.now + limits.handlerTimeout
        connections.withLock {
            $0.enter(.handling(exchange), exchange.connection, until: deadline)
        }
        let request = exchange.takeRequest()
        exchange.state.withLock { $0.step = .handling(nil) }
        let task = Task { [handler] in
            let response = await handler(request)
            self.answer(exchange, .answered(response))
        }
        exchange.state.withLock {
            if case .handling = $0.step { $0.step = .handling(task) }
        }
        return true
    }

    /// Suspends the connection and resumes it later.
    ///
    /// - Returns: False where the server is stopping.
    func pause(_ exchange: Exchange, for duration: Duration) -> Bool {
        guard suspend(exchange) else { return false }
        Task {
            try? await Task.sleep(for: duration)
            self.suspended.withLock { self.resume(exchange, &$0) }
        }
        return true
    }

    /// Lets the sending of the answer begin; only the first answer counts.
    func answer(_ exchange: Exchange, _ step: Exchange.Step) {
        suspended.withLock { suspended in
            let isFirst = exchange.state.withLock { state in
                guard case .handling = state.step else { return false }
                state.step = step
                return true
            }
            if isFirst { resume(exchange, &suspended) }
        }
    }

    /// Resumes every connection, which the daemon demands before it can be stopped.
    func stop() {
        let exchanges = suspended.withLock { suspended in
            suspended.isStopping = true
            return Array(suspended.exchanges.values)
        }
        for exchange in exchanges {
            exchange.cancel()
            answer(exchange, .dropped)
            suspended.withLock { resume(exchange, &$0) }
        }
    }

    /// Ends what takes too long, until the task is cancelled.
    func sweep() async {
        let shortest = min(limits.requestTimeout, limits.handlerTimeout, limits.responseTimeout)
        let interval = max(Limits.sweepIntervalMin, shortest / 4)
        while (try? await Task.sleep(for: interval)) != nil { endOverdue(at: .now) }
    }

    private func endOverdue(at now: ContinuousClock.Instant) {
        let stuck = connections.withLock { table in
            var stuck: [Exchange] = []
            for entry in table.entries.values where entry.deadline <= now {
                if case .handling(let exchange) = entry.phase {
                    stuck.append(exchange)
                } else {
                    // The polling thread sees the end of the stream and closes the connection.
                    shutdown(entry.socket, Int32(SHUT_RDWR))
                }
            }
            return stuck
        }
        for exchange in stuck {
            exchange.cancel()
            answer(exchange, .answered(HTTPResponse(status: 503, text: "took too long\n")))
        }
    }

    private func suspend(_ exchange: Exchange) -> Bool {
        suspended.withLock { suspended in
            guard !suspended.isStopping, let raw = exchange.connection.raw else { return false }
            suspended.exchanges[exchange.connection] = exchange
            MHD_suspend_connection(raw)
            return true
        }
    }

    private func resume(_ exchange: Exchange, _ suspended: inout Suspended) {
        let handle = exchange.connection
        guard suspended.exchanges[handle] === exchange, let raw = handle.raw else { return }
        suspended.exchanges[handle] = nil
        MHD_resume_connection(raw)
    }
}
