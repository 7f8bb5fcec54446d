import Dispatch
import Synchronization

/// What callers hand to the engine's thread, and how they wake it.
final class Inbox: Sendable {
    /// What has come since the thread last looked.
    struct Delivery {
        var requests: [Request] = []
        var cancelled: Set<UInt64> = []
        var isShuttingDown = false
    }

    private struct State {
        var delivery = Delivery()
        var nextID: UInt64 = 0
        /// Requests cancelled and not yet forgotten; one may be cancelled before it is made.
        var cancelled: Set<UInt64> = []
        /// Requests that have come and were not admitted yet.
        var waitingCount = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)

    /// A name for a request that will be made.
    func makeID() -> UInt64 {
        state.withLock {
            $0.nextID += 1
            return $0.nextID
        }
    }

    /// Queues a request, or fails it at once when it is cancelled, or the inbox closed or full.
    func submit(_ request: Request) {
        let error: InferenceError? = state.withLock {
            if $0.isClosed { return .shuttingDown }
            if $0.cancelled.contains(request.id) { return .cancelled }
            guard $0.waitingCount < Limits.waitingRequests else { return .busy }
            $0.waitingCount += 1
            $0.delivery.requests.append(request)
            return nil
        }
        if let error { return request.fail(error) }
        bell.signal()
    }

    /// Makes room for others, once so many requests wait no more.
    func admitted(_ count: Int) { state.withLock { $0.waitingCount -= count } }

    /// Ends the life of a name, once its request has its result.
    func forget(_ id: UInt64) { state.withLock { _ = $0.cancelled.remove(id) } }

    /// Asks for a request to be given up; one that is unknown or finished is left alone.
    func cancel(_ id: UInt64) {
        state.withLock {
            $0.cancelled.insert(id)
            $0.delivery.cancelled.insert(id)
        }
        bell.signal()
    }

    /// Refuses further requests and asks the thread to fail those it has.
    func close() {
        state.withLock {
            $0.isClosed = true
            $0.delivery.isShuttingDown = true
        }
        bell.signal()
    }

    /// Takes what has come; waits for something if `wait` says so.
    func take(wait: Bool) -> Delivery {
        if wait { bell.wait() }
        return state.withLock {
            let delivery = $0.delivery
            $0.delivery.requests = []
            $0.delivery.cancelled = []
            return delivery
        }
    }
}
