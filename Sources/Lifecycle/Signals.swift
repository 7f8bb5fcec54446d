@preconcurrency import Dispatch
import Glibc

/// Signals of the process as an asynchronous sequence, in the order they came.
///
/// From the return of the call on, the program decides what a signal means; until then it has its
/// default action, so that none is lost in between.
package enum Signals {
    private static let queue = DispatchQueue(label: "docket.signals")

    package static func stream(of numbers: [Int32]) -> AsyncStream<Int32> {
        AsyncStream { continuation in
            let registered = DispatchSemaphore(value: 0)
            let sources = numbers.map { number in
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler { continuation.yield(number) }
                source.setRegistrationHandler { registered.signal() }
                source.resume()
                return source
            }
            for _ in sources { registered.wait() }
            continuation.onTermination = { _ in
                for source in sources { source.cancel() }
            }
        }
    }

    /// Keeps a write to a closed pipe or socket an error instead of the process's end.
    package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }
}
