import Connectors
import Domain
import Extraction
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
    let filing: any Filing
    private let mapping: Mapping
    private let hasExtras: Bool

    init(plan: ConnectorPlan, stream: Domain.Stream, filing: any Filing) {
        (self.plan, self.stream, self.filing) = (plan, stream, filing)
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

        mutating func setAside(_ record: Record, _ error: NormalizeError) {
            failures.append(
                RecordFailure(
                    sourceID: record.sourceID, stage: "normalize", reason: error.reason,
                    message: error.description, record: record.payloadText))
        }

        /// Normalizes a record; one that makes no document is set aside.
        mutating func add(
            _ record: Record, _ mapping: Mapping, _ content: ContentText? = nil,
            parent: String? = nil, acl: JSON? = nil
        ) throws(StoreError) {
            let text = record.payloadText
            let document: Document
            do {
                document = try Normalizer.document(
                    from: record, mapping: mapping, content: content)
            } catch {
                setAside(record, error)
                return
            }
            let isPlain = parent == nil && acl == nil
            documents.append(
                try StoredDocument(
                    isPlain ? document : document.with(parentSourceID: parent, acl: acl),
                    record: text, containerID: record.containerID))
        }
    }

    /// Normalizes the records that are whole and stand alone, on all cores.
    func prepare(_ page: Page) async throws(StoreError) -> Prepared {
        var prepared = Prepared(page: page.withStorableContainers())
        let records = lastOfEach(page.records)
        var whole: [Record] = []
        for record in records {
            do {
                try Normalizer.check(id: record.sourceID)
            } catch {
                // Nothing is filed under an id like that which could be removed.
                if record.change != .removed { prepared.outcome.setAside(record, error) }
                continue
            }
            if record.change == .removed {
                prepared.outcome.removals.append(record.sourceID)
            } else if needsMore(record) {
                prepared.open.append(record)
            } else {
                whole.append(record)
            }
        }
        prepared.outcome += try await normalized(whole)
        return prepared
    }

    /// Completes what is open and puts the page together.
    ///
    /// - Parameters:
    ///   - prepared: After everything before it is committed.
    ///   - streamID: Whose containers count.
    ///   - isReadAgain: Something may be filed that is not asked for any more.
    /// - Returns: What to store, and the paths its records were judged by; nil where all are
    ///   wanted.
    /// - Throws: What keeps the page from being read.
    func complete(
        _ prepared: Prepared, in streamID: Domain.Stream.ID, isReadAgain: Bool
    ) async throws -> (commit: PageCommit, paths: ContainerPaths?) {
        var outcome = prepared.outcome
        let paths = try await paths(for: prepared, streamID)
        if !prepared.open.isEmpty {
            outcome += try await RecordCompleter(
                plan: plan, stream: stream, filing: filing, mapping: mapping, paths: paths
            ).complete(prepared.open)
        }
        if isReadAgain { outcome.leaveUnaskedChildren(plan.reader) }
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
        for prepared: Prepared, _ streamID: Domain.Stream.ID
    ) async throws -> ContainerPaths? {
        guard let filter = plan.reader.pathFilter else { return nil }
        let ids = Set(
            prepared.open.compactMap(\.containerID)
                + prepared.page.containers.flatMap { [$0.id, $0.parentID].compactMap(\.self) })
        let known = try await filing.containers(around: ids.sorted(), in: streamID)
        return ContainerPaths(known: known, told: prepared.page.containers, filter: filter)
    }

    private func normalized(_ records: [Record]) async throws(StoreError) -> Outcome {
        guard records.count > Limits.recordsPerTask else { return try normalize(records[...]) }
        let parts = await withTaskGroup(of: (Int, Result<Outcome, StoreError>).self) { group in
            var start = 0
            while start < records.count {
                let end = min(start + Limits.recordsPerTask, records.count)
                let (part, index) = (records[start..<end], start)
                group.addTask {
                    (index, Result { () throws(StoreError) in try normalize(part) })
                }
                start = end
            }
            var parts: [(Int, Result<Outcome, StoreError>)] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }
        }
        var outcome = Outcome()
        for part in parts { outcome += try part.1.get() }
        return outcome
    }

    private func normalize(_ records: ArraySlice<Record>) throws(StoreError) -> Outcome {
        var outcome = Outcome()
        outcome.documents.reserveCapacity(records.count)
        for record in records {
            try outcome.add(record, mapping)
        }
        return outcome
    }

    /// A page may hold a record more than once: the last state counts, unless it says that it is
    /// older; one that carries only what changed is laid over the one before.
    private func lastOfEach(_ records: [Record]) -> [Record] {
        var places: [String: Int] = [:]
        places.reserveCapacity(records.count)
        var states: [Record?] = []
        states.reserveCapacity(records.count)
        for record in records {
            var record = record
            if let place = places[record.sourceID], let before = states[place],
                before.change == .changed, record.change == .changed
            {
                if plan.reader.definition.isOlder(record.payload, than: before.payload) { continue }
                if Normalizer.isPartial(record, mapping: mapping) {
                    record = Record(
                        sourceID: before.sourceID, key: before.key, change: .changed,
                        payload: before.payload.merging(record.payload),
                        containerID: record.containerID ?? before.containerID,
                        isPartial: before.isPartial)
                }
            }
            if let place = places.updateValue(states.count, forKey: record.sourceID) {
                states[place] = nil
            }
            states.append(record)
        }
        return states.compactMap(\.self)
    }
}

extension PageNormalizer.Outcome {
    /// Children that the scope no longer asks for go, though their parents stay.
    fileprivate mutating func leaveUnaskedChildren(_ reader: ConnectorReader) {
        guard reader.hasUnaskedChildren else { return }
        // Of those it may not be known which children they have.
        let failed = Set(failures.map(\.sourceID))
        for document in documents.map(\.document)
        where document.parentSourceID == nil && families[document.sourceID] == nil
            && !failed.contains(document.sourceID)
        {
            families[document.sourceID] = []
        }
    }
}

extension Page {
    /// Without containers that the database cannot keep, and control characters in their names.
    fileprivate func withStorableContainers() -> Page {
        var page = self
        page.containers = containers.compactMap { container in
            for id in [container.id, container.parentID].compactMap(\.self) {
                guard (try? Normalizer.check(id: id)) != nil else { return nil }
            }
            return Container(
                id: container.id, parentID: container.parentID,
                name: PlainText.withoutControls(container.name), isRemoved: container.isRemoved)
        }
        return page
    }
}

extension Cursor {
    fileprivate var isDelta: Bool { if case .delta = self { true } else { false } }
}
