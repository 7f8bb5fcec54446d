import Connectors
import Foundation
import Synchronization

/// A clock that only sleeping moves, at first 8 in the morning of 15 January 2026, and no chance.
final class FixedTime: Sendable {
    static let start = Date(timeIntervalSince1970: 1_768_464_000)
    /// The same as a header has it.
    static let httpStart = "Thu, 15 Jan 2026 08:00:00 GMT"

    private let state = Mutex<(now: Date, sleeps: [Duration])>((start, []))

    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func advance(_ duration: Duration) {
        state.withLock { $0.now.addTimeInterval(duration / .seconds(1)) }
    }

    var surroundings: Surroundings {
        Surroundings(
            now: { self.state.withLock { $0.now } },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { $0.sleeps.append(duration) }
                self.advance(duration)
            }, fraction: { 0.5 })
    }
}
