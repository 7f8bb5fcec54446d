import Dispatch
import Glibc

/// Waits for what ends the process: a signal, or the end of the process that started it.
struct EndSignals {
    private let sources: [any DispatchSourceSignal]
    private let events: AsyncStream<Void>

    init() {
        let (events, continuation) = AsyncStream.makeStream(of: Void.self)
        self.events = events
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
    }

    /// - Parameter parent: The parent's id at the start, to end with it; nil to outlive it.
    ///
    /// The parent is looked for by polling: the kernel's own death signal comes when the thread
    /// ends that started the process, which for a parent with a thread pool may be long before.
    func wait(forParent parent: pid_t?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [events] in for await _ in events { return } }
            if let parent {
                group.addTask {
                    while getppid() == parent, !Task.isCancelled {
                        try? await Task.sleep(for: .milliseconds(100))
                    }
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
