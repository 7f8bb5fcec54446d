import FoundationEssentials
import Store
import Telemetry

/// Decides on what has vanished from a scope, once all of it has been read.
struct Settler: Sendable {
    let plan: ConnectorPlan
    let context: IngestContext

    /// Makes tombstones of what no stream of the scope shows any more, or holds them.
    func settle(_ scope: String, since startedAt: Date) async throws(StoreError) {
        let settlement = try await context.store.settleRemovals(
            connector: plan.name, scope: scope, passStartedAt: startedAt,
            holdAbove: plan.holdAbove)
        if case .held(let documents, let total) = settlement {
            context.log.warning(
                "\(documents) of \(total) documents vanished; see docket deletions list",
                ["connector": plan.name, "scope": scope])
        }
    }
}
