import Connectors
import Domain
import JSON
import Normalize
import Store

/// Makes the documents of a page: completes partial updates, applies the mapping, and sets aside
/// what cannot become a document.
struct PageNormalizer: Sendable {
    let plan: ConnectorPlan
    let stream: Domain.Stream
    let store: Store

    func commit(for page: Page) async throws -> PageCommit {
        let mapping = plan.reader.definition.mapping
        let records = try await completed(lastOfEach(page.records), mapping)
        var documents: [StoredDocument] = []
        var removals: [String] = []
        var failures: [RecordFailure] = []
        for record in records {
            guard record.change == .changed else {
                removals.append(record.sourceID)
                continue
            }
            let text = record.payloadText
            let document: Document
            do {
                document = try Normalizer.document(from: record, mapping: mapping)
            } catch {
                failures.append(
                    RecordFailure(
                        sourceID: record.sourceID, stage: "normalize", reason: error.reason,
                        message: error.description, record: text))
                continue
            }
            documents.append(try StoredDocument(document, record: text))
        }
        return PageCommit(
            cursor: page.cursor, isRoundComplete: page.cursor.isDelta, documents: documents,
            removals: removals, failures: failures, rules: plan.rules)
    }

    /// A page may hold a record more than once; the last state counts.
    private func lastOfEach(_ records: [Record]) -> [Record] {
        var seen: Set<String> = []
        return records.reversed().filter { seen.insert($0.sourceID).inserted }.reversed()
    }

    /// Lays partial updates over what is filed, or asks for the whole record where nothing is.
    ///
    /// A property that an update does not carry has not changed; it has not become empty.
    private func completed(_ records: [Record], _ mapping: Mapping) async throws -> [Record] {
        let partial = records.filter {
            $0.change == .changed && Normalizer.isPartial($0, mapping: mapping)
        }
        guard !partial.isEmpty else { return records }
        let filed = try await store.records(
            connector: stream.connector, sourceIDs: partial.map(\.sourceID))
        let partialIDs = Set(partial.map(\.sourceID))
        var result: [Record] = []
        for record in records {
            guard partialIDs.contains(record.sourceID) else {
                result.append(record)
                continue
            }
            if let text = filed[record.sourceID], let whole = try? JSON.parse(text) {
                let merged = Record(
                    sourceID: record.sourceID, change: .changed,
                    payload: whole.merging(record.payload))
                result.append(merged)
            } else if let whole = try await plan.reader.record(record.sourceID, in: stream) {
                result.append(whole)
            } else {
                // Gone between the listing and now.
                result.append(
                    Record(sourceID: record.sourceID, change: .removed, payload: record.payload))
            }
        }
        return result
    }
}

extension Cursor {
    fileprivate var isDelta: Bool { if case .delta = self { true } else { false } }
}
