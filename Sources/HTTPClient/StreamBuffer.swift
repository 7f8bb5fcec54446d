import Synchronization

/// What was read of an answer and not yet taken, between the client's thread and one reader.
final class StreamBuffer: Sendable {
    struct Head: Sendable {
        let status: Int
        let headers: HTTPHeaders
    }

    private struct State {
        var head: Head?
        var chunks: [[UInt8]] = []
        var byteCount = 0
        var isPaused = false
        var end: Result<Void, HTTPClientError>?
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    // From the client's thread.

    func begin(_ head: Head) { change { $0.head = head } }

    /// Takes a piece of the body, unless the reader is so far behind that the transfer has to
    /// pause.
    func offer(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let chunk = [UInt8](bytes)
        return change { state in
            guard state.byteCount < Limits.streamBufferBytes else {
                state.isPaused = true
                return false
            }
            state.chunks.append(chunk)
            state.byteCount += chunk.count
            return true
        }
    }

    /// Ends the stream; only the first end counts.
    func end(_ error: HTTPClientError?) {
        change { state in
            if state.end == nil { state.end = error.map { .failure($0) } ?? .success(()) }
        }
    }

    // From the reader.

    /// Waits for what was read since the last call, nil at the end.
    ///
    /// `resume` is called where the transfer is paused and has room again.
    func next(_ resume: () -> Void) async throws(HTTPClientError) -> [UInt8]? {
        while true {
            let (chunk, wasPaused) = takeAll()
            if wasPaused { resume() }
            if let chunk { return chunk }
            if let end = state.withLock({ $0.chunks.isEmpty ? $0.end : nil }) {
                try end.get()
                return nil
            }
            await wait { $0.chunks.isEmpty && $0.end == nil }
        }
    }

    func head() async throws(HTTPClientError) -> Head {
        await wait { $0.head == nil && $0.end == nil }
        let (head, end) = state.withLock { ($0.head, $0.end) }
        if let head { return head }
        try end?.get()
        throw .closed
    }

    private func takeAll() -> ([UInt8]?, wasPaused: Bool) {
        state.withLock { state in
            let wasPaused = state.isPaused
            guard !state.chunks.isEmpty else { return (nil, false) }
            let chunk = state.chunks.count == 1 ? state.chunks[0] : Array(state.chunks.joined())
            (state.chunks, state.byteCount, state.isPaused) = ([], 0, false)
            return (chunk, wasPaused)
        }
    }

    private func change<R>(_ body: (inout State) -> R) -> R {
        let (result, waiter) = state.withLock { state in
            let result = body(&state)
            return (result, state.waiter.take())
        }
        waiter?.resume()
        return result
    }

    private func wait(while isPending: @Sendable @escaping (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                guard isPending(state) else { return true }
                precondition(state.waiter == nil, "a stream has one reader")
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }
}
