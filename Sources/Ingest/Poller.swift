import Lifecycle

/// Reads one connector again and again, at its interval.
package struct Poller: Service {
    package let name: String
    private let plan: ConnectorPlan
    private let context: IngestContext

    package init(plan: ConnectorPlan, context: IngestContext) {
        name = "poller \(plan.name)"
        (self.plan, self.context) = (plan, context)
    }

    package func run() async throws {
        let clock = ContinuousClock()
        while true {
            let startedAt = clock.now
            _ = await ConnectorPass(plan: plan, context: context, kind: .due).run()
            try Task.checkCancellation()
            try await clock.sleep(until: startedAt + max(plan.interval, Limits.intervalMin))
        }
    }
}
