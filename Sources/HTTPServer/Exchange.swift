import Synchronization

/// One request and its answer, shared by the polling thread and the handler's task.
final class Exchange: Sendable {
    enum Step: Sendable {
        /// The request line is there.
        case opened
        /// The head is there, the body is on its way.
        case receiving
        /// The handler has the request; the connection is suspended.
        case handling(Task<Void, Never>?)
        case answered(HTTPResponse)
        /// Nothing will be answered: the server stops.
        case dropped
    }

    struct State {
        var step = Step.opened
        var method = ""
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []
        var bodyBytesDropped = 0
    }

    let target: String
    let connection: ConnectionHandle
    let remoteAddress: String?
    let state = Mutex(State())

    init(target: String, connection: ConnectionHandle, remoteAddress: String?) {
        (self.target, self.connection) = (target, connection)
        self.remoteAddress = remoteAddress
    }

    /// The request, once its body is whole; the body moves out.
    func takeRequest() -> HTTPRequest {
        let parts = target.split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return state.withLock { state in
            defer { state.body = [] }
            return HTTPRequest(
                method: state.method, path: String(parts[0]),
                query: parts.count > 1 ? String(parts[1]) : nil, headers: state.headers,
                body: state.body, remoteAddress: remoteAddress)
        }
    }

    /// Adds a piece of the body.
    ///
    /// - Returns: False where the client sends so much more than the limit that it is not worth
    ///   reading on for the sake of a proper 413.
    func receive(_ bytes: UnsafeRawBufferPointer, bytesMax: Int) -> Bool {
        state.withLock { state in
            if state.bodyBytesDropped == 0, bytes.count <= bytesMax - state.body.count {
                state.body.append(contentsOf: bytes)
                return true
            }
            state.bodyBytesDropped += bytes.count
            return state.bodyBytesDropped <= Limits.drainBytesMax
        }
    }

    /// Cancels the handler, if it still runs.
    func cancel() {
        let task: Task<Void, Never>? = state.withLock { state in
            guard case .handling(let task) = state.step else { return nil }
            return task
        }
        task?.cancel()
    }
}
