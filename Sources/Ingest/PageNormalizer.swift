import Connectors
import Domain
import FoundationEssentials
import JSON
import Normalize
import Store

/// Makes the documents of a page, in two steps.
///
/// The first needs nothing but the page, so it runs while the page before is being committed.
/// The second is for records that need more: what is filed of them, or what else the endpoint
/// has, such as their bytes.
struct PageNormalizer: Sendable {
    let plan: ConnectorPlan
    let stream: Domain.Stream
    let store: Store
    private let mapping: Mapping
    private let hasExtras: Bool

    init(plan: ConnectorPlan, stream: Domain.Stream, store: Store) {
        (self.plan, self.stream, self.store) = (plan, stream, store)
        mapping = plan.reader.mapping(of: stream)
        hasExtras = plan.reader.hasExtras(in: stream)
    }

    /// A page as far as it needs nobody else.
    struct Prepared: Sendable {
        let page: Page
        var outcome = Outcome()
        /// Records that are yet to be completed.
        var open: [Record] = []
    }

    /// What became of records.
    struct Outcome: Sendable {
        var documents: [StoredDocument] = []
        var removals: [String] = []
        var failures: [RecordFailure] = []
        var families: [String: [String]] = [:]

        static func += (left: inout Outcome, right: Outcome) {
            left.documents += right.documents
            left.removals += right.removals
            left.failures += right.failures
            left.families.merge(right.families) { $1 }
        }
    }

    /// Normalizes the records that are whole and stand alone, on all cores.
    func prepare(_ page: Page) async -> Prepared {
        var prepared = Prepared(page: page)
        let records = lastOfEach(page.records)
        var whole: [Record] = []
        for record in records {
            if record.change == .removed {
                prepared.outcome.removals.append(record.sourceID)
            } else if needsMore(record) {
                prepared.open.append(record)
            } else {
                whole.append(record)
            }
        }
        prepared.outcome += await normalized(whole)
        return prepared
    }

    /// Completes what is open and puts the page together.
    ///
    /// - Parameters:
    ///   - prepared: After everything before it is committed.
    ///   - lease: Whose containers count.
    /// - Returns: What to store, and the paths its records were judged by; nil where all are
    ///   wanted.
    /// - Throws: What keeps the page from being read.
    func complete(
        _ prepared: Prepared, under lease: StreamLease
    ) async throws -> (commit: PageCommit, paths: ContainerPaths?) {
        var outcome = prepared.outcome
        let paths = try await paths(for: prepared, lease)
        if !prepared.open.isEmpty {
            outcome += try await RecordCompleter(
                plan: plan, stream: stream, store: store, mapping: mapping, paths: paths
            ).complete(prepared.open)
        }
        let page = prepared.page
        outcome.failures += page.problems.map {
            RecordFailure(
                sourceID: $0.sourceID, stage: "read", reason: $0.reason, message: $0.message,
                record: nil)
        }
        var commit = PageCommit(
            cursor: page.cursor, isRoundComplete: page.cursor.isDelta,
            documents: outcome.documents, removals: outcome.removals, failures: outcome.failures,
            rules: plan.rules)
        commit.containers = page.containers
        commit.families = outcome.families
        commit.marks = page.marks
        commit.provesAbsence = page.provesAbsence
        return (commit, paths)
    }

    private func needsMore(_ record: Record) -> Bool {
        hasExtras || plan.reader.definition.isOrdered || plan.reader.pathFilter != nil
            || Normalizer.isPartial(record, mapping: mapping)
    }

    private func paths(
        for prepared: Prepared, _ lease: StreamLease
    ) async throws -> ContainerPaths? {
        guard let filter = plan.reader.pathFilter else { return nil }
        let ids = Set(
            prepared.open.compactMap(\.containerID)
                + prepared.page.containers.flatMap { [$0.id, $0.parentID].compactMap(\.self) })
        let known = try await store.containers(around: ids.sorted(), in: lease.streamID)
        return ContainerPaths(known: known, told: prepared.page.containers, filter: filter)
    }

    private func normalized(_ records: [Record]) async -> Outcome {
        guard records.count > Limits.recordsPerTask else { return normalize(records[...]) }
        return await withTaskGroup(of: (Int, Outcome).self) { group in
            var start = 0
            while start < records.count {
                let end = min(start + Limits.recordsPerTask, records.count)
                let (part, index) = (records[start..<end], start)
                group.addTask { (index, normalize(part)) }
                start = end
            }
            var parts: [(Int, Outcome)] = []
            for await part in group { parts.append(part) }
            var outcome = Outcome()
            for part in parts.sorted(by: { $0.0 < $1.0 }) { outcome += part.1 }
            return outcome
        }
    }

    private func normalize(_ records: ArraySlice<Record>) -> Outcome {
        var outcome = Outcome()
        outcome.documents.reserveCapacity(records.count)
        for record in records {
            let text = record.payload.serialized()
            do {
                let document = try Normalizer.document(from: record, mapping: mapping)
                outcome.documents.append(
                    StoredDocument(document, record: text, containerID: record.containerID))
            } catch {
                outcome.failures.append(RecordFailure(error, of: record, text))
            }
        }
        return outcome
    }

    /// A page may hold a record more than once; the last state counts.
    private func lastOfEach(_ records: [Record]) -> [Record] {
        var seen: Set<String> = []
        seen.reserveCapacity(records.count)
        return records.reversed().filter { seen.insert($0.sourceID).inserted }.reversed()
    }
}

extension RecordFailure {
    init(_ error: NormalizeError, of record: Record, _ text: String) {
        self.init(
            sourceID: record.sourceID, stage: "normalize", reason: error.reason,
            message: error.description, record: text)
    }
}

extension Cursor {
    fileprivate var isDelta: Bool { if case .delta = self { true } else { false } }
}
