import Foundation
import Store
import Synchronization
import Telemetry

/// Which incarnation this daemon is, as of now, and the heartbeat that keeps it alive.
final class CurrentInstance: Sendable {
    /// A quarter of the lease, so that three beats may be lost.
    private static let beatInterval: Duration = .milliseconds(7500)

    private let store: Store
    private let log: Log
    private let instance: Mutex<Instance>

    init(store: Store, log: Log) async throws {
        (self.store, self.log) = (store, log)
        let first = Self.make()
        instance = Mutex(first)
        try await store.register(first)
    }

    var now: Instance { instance.withLock { $0 } }

    /// Beats until cancelled.
    ///
    /// A lapsed lease means that others may hold what this instance held, so another instance
    /// takes its place; what the old one has in flight is refused by its tokens.
    func beat() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.beatInterval)
            guard !Task.isCancelled else { return }
            do {
                try await store.heartbeat(now)
            } catch .instanceLost {
                log.warning("the lease lapsed; registering anew")
                await renew()
            } catch {
                log.error("no heartbeat: \(error)")
            }
        }
    }

    /// Gives back everything held: the end of an orderly stop.
    func leave() async {
        do { try await store.unregister(now) } catch { log.error("\(error)") }
    }

    private func renew() async {
        let next = Self.make()
        do {
            try await store.register(next)
            instance.withLock { $0 = next }
        } catch {
            log.error("cannot register: \(error)")
        }
    }

    private static func make() -> Instance {
        Instance(
            id: UUID(), host: ProcessInfo.processInfo.hostName, version: Version.number)
    }
}
