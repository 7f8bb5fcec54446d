import Connectors
import Domain
import FoundationEssentials
import Store
import Telemetry

/// Reads one scope: lists its streams, reads them one after the other, and then settles what was
/// removed, because only then is it known what was merely moved.
struct ScopePass: Sendable {
    let plan: ConnectorPlan
    let scope: Scope
    let context: IngestContext
    let kind: PassKind

    func run() async -> PassReport {
        var report = PassReport()
        let store = context.store
        do {
            if kind == .due, try await store.isParked(connector: plan.name, scope: scope.name) {
                return report
            }
            // The database's clock, which what it has noted is compared with.
            let startedAt = try await store.now()
            if let streams = try await streams(startedAt, &report) {
                try await readAll(streams, startedAt, &report)
            }
        } catch {
            fail(.availability, "\(error)", &report)
        }
        log(report)
        return report
    }

    private func readAll(
        _ streams: [Domain.Stream], _ startedAt: Date, _ report: inout PassReport
    ) async throws {
        let store = context.store
        var startedAt = startedAt
        try await read(streams, kind, startedAt, &report)
        // What is gone from one may be in another that had been read before it was moved.
        if streams.count > 1,
            try await store.hasRemovals(connector: plan.name, scope: scope.name, since: startedAt)
        {
            startedAt = try await store.now()
            try await read(streams, .now, startedAt, &report)
        }
        try await Settler(plan: plan, context: context).settle(
            scope.name, since: startedAt, removedBefore: streams.count > 1 ? startedAt : nil)
    }

    /// - Returns: Nil where they cannot be listed, which is noted.
    private func streams(
        _ startedAt: Date, _ report: inout PassReport
    ) async throws -> [Domain.Stream]? {
        let streams: [Domain.Stream]
        do { streams = try await plan.reader.streams(of: scope) } catch {
            await note(error, startedAt, &report)
            return nil
        }
        try await context.store.ensure(
            connector: plan.name, scope: scope.name, streams: streams)
        return streams
    }

    private func read(
        _ streams: [Domain.Stream], _ kind: PassKind, _ startedAt: Date,
        _ report: inout PassReport
    ) async throws {
        for stream in streams {
            try Task.checkCancellation()
            report += try await StreamPass(
                plan: plan, stream: stream,
                fingerprint: try plan.reader.fingerprint(of: stream), context: context,
                startedAt: startedAt, kind: kind
            ).run()
        }
    }

    /// The streams could not even be listed.
    private func note(
        _ error: ConnectorError, _ startedAt: Date, _ report: inout PassReport
    ) async {
        guard error.kind != .cancelled else { return }
        fail(error.kind, error.description, &report)
        let outcome: PassOutcome =
            if case .parked(let until, _) = error { .parked(until: until) } else {
                .failed(error.description)
            }
        try? await context.store.recordFailure(
            connector: plan.name, scope: scope.name, outcome: outcome, startedAt: startedAt)
    }

    private func fail(_ kind: ConnectorError.Kind, _ message: String, _ report: inout PassReport) {
        report.failures.append(
            .init(
                connector: plan.name, scope: scope.name, stream: nil, kind: kind, message: message))
    }

    private func log(_ report: PassReport) {
        for failure in report.failures {
            context.log.error(
                failure.message,
                ["connector": plan.name, "scope": scope.name, "stream": failure.stream])
        }
        let counts = report.counts
        guard counts.created + counts.updated + counts.deleted + counts.failed > 0 else { return }
        context.log.info(
            "scope read",
            [
                "connector": plan.name, "scope": scope.name, "pages": "\(report.pages)",
                "created": "\(counts.created)", "updated": "\(counts.updated)",
                "deleted": "\(counts.deleted)", "failed": "\(counts.failed)",
            ])
    }
}
