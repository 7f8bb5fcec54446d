import Connectors
import Domain
import Foundation
import JSON
import Normalize
import Store
import Telemetry

/// Reads one scope of a connector: its streams one after the other, page by page.
///
/// A page is normalized and committed before the next one is asked for, so a crash costs at most
/// the page in hand, and the cursor is never ahead of the documents.
struct ScopePass: Sendable {
    let plan: ConnectorPlan
    let scope: String
    let store: Store
    let instance: Instance
    let log: Log
    let metrics: Metrics

    func run() async -> PassReport {
        var report = PassReport()
        do {
            let streams = try await plan.reader.streams(of: scope)
            try await store.ensure(streams, connector: plan.name, scope: scope)
            var isComplete = true
            for stream in streams {
                do {
                    report.counts += try await StreamPass(scope: self, stream: stream).run()
                } catch let error as ConnectorError {
                    isComplete = false
                    report.failures.append(failure(error, stream: stream.name))
                    guard error.kind != .cancelled else { return report }
                }
            }
            if isComplete {
                report.counts.deleted += try await store.settleRemovals(
                    connector: plan.name, scope: scope)
                report.scopesDone = 1
            }
        } catch {
            report.failures.append(failure(error, stream: nil))
            try? await store.recordScopeFailure(
                connector: plan.name, scope: scope, message: "\(error)")
        }
        return report
    }

    private func failure(_ error: any Error, stream: String?) -> PassReport.Failure {
        let kind = (error as? ConnectorError)?.kind ?? .availability
        if kind != .cancelled {
            log.error(
                "\(error)", ["connector": plan.name, "scope": scope, "stream": stream])
        }
        return PassReport.Failure(scope: scope, stream: stream, kind: kind, message: "\(error)")
    }
}
