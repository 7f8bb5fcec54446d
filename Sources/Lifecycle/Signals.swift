@preconcurrency import Dispatch
import Glibc

/// Signals of the process as an asynchronous sequence, in the order they came.
///
/// The default action of each is switched off for good: from the first call on, the program
/// decides what a signal means.
package enum Signals {
    package static func stream(of numbers: [Int32]) -> AsyncStream<Int32> {
        AsyncStream { continuation in
            let sources = numbers.map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield(number) }
                source.resume()
                return source
            }
            continuation.onTermination = { _ in
                for source in sources { source.cancel() }
            }
        }
    }

    /// Keeps a write to a closed pipe or socket an error instead of the process's end.
    package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }
}
