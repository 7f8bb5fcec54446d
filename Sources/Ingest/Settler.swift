import FoundationEssentials
import Store
import Telemetry

/// Decides on what has vanished from a scope, once all of it has been read.
struct Settler: Sendable {
    let plan: ConnectorPlan
    let context: IngestContext

    /// Makes tombstones of what no stream of the scope shows any more, or holds them.
    ///
    /// - Parameters:
    ///   - scope: All of whose streams have been read.
    ///   - startedAt: When that was begun, by the database's clock.
    ///   - moment: What was removed later may have been moved to a stream that was read before.
    /// - Throws: ``StoreError/database(_:)``.
    func settle(
        _ scope: String, since startedAt: Date, removedBefore moment: Date? = nil
    ) async throws(StoreError) {
        let settlement = try await context.store.settleRemovals(
            connector: plan.name, scope: scope, passStartedAt: startedAt, removedBefore: moment,
            holdAbove: plan.holdAbove)
        if case .held(let documents, let total) = settlement {
            context.log.warning(
                "\(documents) of \(total) documents vanished; see docket deletions list",
                ["connector": plan.name, "scope": scope])
        }
    }
}
