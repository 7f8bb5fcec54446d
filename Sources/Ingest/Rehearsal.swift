import Connectors
package import Domain
import Store

/// Reads a first page of a stream and makes the documents that would be filed; files nothing.
package struct Rehearsal: Sendable {
    /// What a first page would become.
    package struct Result: Sendable {
        /// Those of attachments and members too, each after its parent.
        package let documents: [Document]
        /// What could not be read of it, as `SOURCE_ID: message`.
        package let failures: [String]
        /// Records looked at, of how many on the page.
        package let records: Int
        package let recordsOnPage: Int
    }

    private let plan: ConnectorPlan
    private let recordsMax: Int

    /// - Parameters:
    ///   - plan: What to read.
    ///   - recordsMax: Of how many records documents are made.
    package init(plan: ConnectorPlan, recordsMax: Int) {
        (self.plan, self.recordsMax) = (plan, recordsMax)
    }

    /// - Parameter stream: One of the reader's.
    /// - Returns: What is on the first page that has something on it; empty where none has.
    /// - Throws: ``ConnectorError``, and where the task is cancelled.
    package func read(_ stream: Domain.Stream) async throws -> Result {
        let normalizer = PageNormalizer(plan: plan, stream: stream, filing: NothingFiled())
        let feed = plan.reader.feed(of: stream, filed: NothingMarked())
        var cursor = plan.reader.rehearsalCursor(of: stream)
        var containers: [Container] = []
        for _ in 1...Limits.rehearsedPagesMax {
            try Task.checkCancellation()
            let page = try await feed.page(at: cursor)
            containers += page.containers
            let changed = page.records.filter { $0.change == .changed }
            let few = Page(
                records: Array(changed.prefix(recordsMax)), containers: containers,
                problems: page.problems, cursor: page.cursor)
            let prepared = try await normalizer.prepare(few)
            let (commit, _) = try await normalizer.complete(
                prepared, in: Domain.Stream.ID(0), isReadAgain: false)
            if !commit.documents.isEmpty || !commit.failures.isEmpty {
                return Result(
                    documents: commit.documents.map(\.document),
                    failures: commit.failures.map { "\($0.sourceID): \($0.message)" },
                    records: few.records.count, recordsOnPage: changed.count)
            }
            guard case .next = page.cursor else { break }
            cursor = page.cursor
        }
        return Result(documents: [], failures: [], records: 0, recordsOnPage: 0)
    }
}

private struct NothingMarked: Filed {
    func marks() -> [String: String] { [:] }
}
