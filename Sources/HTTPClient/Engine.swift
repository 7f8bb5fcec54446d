import CCurl
import Glibc
import Synchronization

/// The client's thread, and the box through which all others speak to it.
final class Engine: Sendable {
    enum Command: Sendable {
        case start(Transfer, Sink)
        case resume(Transfer)
        case cancel(Transfer)
    }

    private struct Inbox {
        /// The address of the `CURLM`, until the thread is told to end.
        ///
        /// Waking it is the one thing that libcurl allows from other threads.
        var multi: UInt?
        var thread: pthread_t?
        var commands: [Command] = []
    }

    private let inbox: Mutex<Inbox>

    init(_ options: HTTPClientOptions) throws(HTTPClientError) {
        inbox = Mutex(Inbox())
        guard isCurlReady, let loop = TransferLoop(options) else {
            throw .badOption(name: "libcurl", reason: "it cannot be initialised")
        }
        inbox.withLock { $0.multi = loop.multiBits }
        let seed = Unmanaged.passRetained(ThreadSeed(engine: self, loop: loop))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { seed in
                guard let seed else { return nil }
                let owned = Unmanaged<ThreadSeed>.fromOpaque(seed).takeRetainedValue()
                owned.loop.run { owned.engine.takeCommands() }
                return nil
            }, seed.toOpaque())
        guard code == 0 else {
            seed.release()
            throw .badOption(name: "libcurl", reason: "no thread can be started for it")
        }
        inbox.withLock { $0.thread = thread }
    }

    func start(_ transfer: Transfer, _ sink: Sink) {
        if !post(.start(transfer, sink)) { sink.fail(.closed) }
    }

    func resume(_ transfer: Transfer) { post(.resume(transfer)) }

    func cancel(_ transfer: Transfer) {
        transfer.isCancelled.store(true, ordering: .releasing)
        post(.cancel(transfer))
    }

    func close() {
        let thread = inbox.withLock { inbox in
            wake(inbox.multi)
            inbox.multi = nil
            return inbox.thread.take()
        }
        if let thread { pthread_join(thread, nil) }
    }

    /// What was posted since the last call, and whether the thread shall end.
    private func takeCommands() -> (commands: [Command], isClosing: Bool) {
        inbox.withLock { inbox in
            defer { inbox.commands = [] }
            return (inbox.commands, inbox.multi == nil)
        }
    }

    @discardableResult
    private func post(_ command: Command) -> Bool {
        inbox.withLock { inbox in
            guard inbox.multi != nil else { return false }
            inbox.commands.append(command)
            wake(inbox.multi)
            return true
        }
    }

    private func wake(_ multi: UInt?) {
        guard let multi, let raw = UnsafeMutableRawPointer(bitPattern: multi) else { return }
        curl_multi_wakeup(raw)
    }
}

/// Carries the loop over to its thread.
private final class ThreadSeed {
    let engine: Engine
    let loop: TransferLoop

    init(engine: Engine, loop: TransferLoop) { (self.engine, self.loop) = (engine, loop) }
}

/// Initialises libcurl once in the process.
let isCurlReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
