import Synchronization

/// Tokens in the order they come.
final class Tokens: Sendable {
    private let state = Mutex<[Int32]>([])
    func append(_ token: Int32) { state.withLock { $0.append(token) } }
    var all: [Int32] { state.withLock { $0 } }
}
