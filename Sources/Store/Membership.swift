import Foundation
import Synchronization

/// This daemon's place among those that share the database: which instance it is as of now.
///
/// An instance whose lease lapsed, or whose claims may have been made without an answer, is never
/// used again: another takes its place, and what the old one has in flight is refused by its
/// tokens.
package final class Membership: Sendable {
    /// A quarter of the lease, so that three beats may be lost.
    private static let beatInterval = Limits.leaseDuration / 4
    /// About an hour of beats between two looks for old passes and instances.
    private static let beatsPerPrune = 480

    private let store: Store
    private let host: String
    private let version: String
    private let report: @Sendable (String) -> Void
    private let state: Mutex<State>

    private struct State {
        var instance: Instance
        /// It may hold what nobody knows of.
        var isDoubted = false
    }

    /// Registers the first instance.
    ///
    /// - Parameters:
    ///   - store: The database.
    ///   - host: This machine's name.
    ///   - version: This program's.
    ///   - report: Told what went wrong, for the log.
    /// - Throws: ``StoreError/database(_:)``.
    package init(
        store: Store, host: String, version: String, report: @escaping @Sendable (String) -> Void
    ) async throws(StoreError) {
        (self.store, self.host, self.version, self.report) = (store, host, version, report)
        let first = Instance(id: UUID(), host: host, version: version)
        state = Mutex(State(instance: first))
        try await store.register(first)
    }

    package var now: Instance { state.withLock { $0.instance } }

    /// Has the next beat become another instance: after an end that could not be told to the
    /// database, for what has ended would be held here for as long as this instance lives.
    package func doubt() { state.withLock { $0.isDoubted = true } }

    /// Beats until cancelled, and now and then forgets what is old.
    package func beat() async {
        var beats = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.beatInterval)
            guard !Task.isCancelled else { return }
            if state.withLock({ $0.isDoubted }) {
                await renew()
                continue
            }
            do {
                try await store.heartbeat(now)
                if beats % Self.beatsPerPrune == 0 { try await store.prune() }
                beats += 1
            } catch .instanceLost {
                report("the lease lapsed; registering anew")
                await renew()
            } catch {
                report("no heartbeat: \(error)")
            }
        }
    }

    /// Gives back what the instance holds and becomes another: after any claim whose answer did
    /// not come, since nobody knows what was claimed.
    package func renew() async {
        let former = now
        let next = Instance(id: UUID(), host: host, version: version)
        do {
            try await store.register(next)
            state.withLock { $0 = State(instance: next) }
            try await store.unregister(former)
        } catch {
            // What the former one holds is free when its lease has lapsed; if it is still the
            // present one, that is not yet.
            if now == former { doubt() }
            report("cannot register: \(error)")
        }
    }

    /// Gives back everything held: the end of an orderly stop.
    package func leave() async {
        do { try await store.unregister(now) } catch { report("cannot unregister: \(error)") }
    }
}
