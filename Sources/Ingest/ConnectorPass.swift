import Connectors
import FoundationEssentials
import Store
import Telemetry

/// One pass over a connector: its scopes, several side by side, none slowing another.
package struct ConnectorPass: Sendable {
    private let plan: ConnectorPlan
    private let context: IngestContext
    private let kind: PassKind

    /// - Parameters:
    ///   - plan: What to read.
    ///   - context: What every pass needs.
    ///   - kind: Which streams are read, and how much of them.
    package init(plan: ConnectorPlan, context: IngestContext, kind: PassKind) {
        (self.plan, self.context, self.kind) = (plan, context, kind)
    }

    /// Reads every scope; a failure stays within its scope and is in the report.
    package func run() async -> PassReport {
        await forgetFormerScopes()
        var report = PassReport()
        var scopes = plan.reader.scopes[...]
        await withTaskGroup(of: PassReport.self) { group in
            for scope in scopes.prefix(plan.reader.concurrency) { start(scope, in: &group) }
            scopes = scopes.dropFirst(plan.reader.concurrency)
            for await part in group {
                report += part
                if let scope = scopes.popFirst(), !Task.isCancelled { start(scope, in: &group) }
            }
        }
        measure(report)
        return report
    }

    private func start(_ scope: Scope, in group: inout TaskGroup<PassReport>) {
        group.addTask {
            await ScopePass(
                plan: plan, scope: scope, context: context, kind: kind
            ).run()
        }
    }

    /// Documents of scopes that the configuration no longer names go the way of deletions: many
    /// at once wait for a person.
    private func forgetFormerScopes() async {
        do {
            let former = try await context.store.retain(
                connector: plan.name, scopes: plan.reader.scopes.map(\.name))
            let settler = Settler(plan: plan, context: context)
            for scope in former {
                try await settler.settle(scope, since: try await context.store.now())
            }
        } catch {
            context.log.error("\(error)", ["connector": plan.name])
        }
    }

    private func measure(_ report: PassReport) {
        let counts = report.counts
        let outcomes = [
            ("created", counts.created), ("updated", counts.updated),
            ("unchanged", counts.unchanged), ("deleted", counts.deleted),
            ("failed", counts.failed),
        ]
        for (outcome, count) in outcomes where count > 0 {
            context.metrics.count(
                "docket_documents_total", "Records read, by what became of them.",
                by: Double(count), ["connector": plan.name, "outcome": outcome])
        }
        context.metrics.count(
            "docket_pages_total", "Pages committed.", by: Double(report.pages),
            ["connector": plan.name])
        context.metrics.count(
            "docket_scope_failures_total", "Scopes and streams that could not be read.",
            by: Double(report.failures.count), ["connector": plan.name])
    }
}
