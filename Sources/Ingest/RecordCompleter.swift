import Connectors
import Domain
import Extraction
import FoundationEssentials
import JSON
import Normalize
import Store

/// Makes documents of records that need more than themselves.
///
/// Partial updates are laid over what is filed, or the whole record is asked for; bytes,
/// attachments and readers are fetched. A property that an update does not carry has not changed;
/// it has not become empty.
struct RecordCompleter: Sendable {
    let plan: ConnectorPlan
    let stream: Domain.Stream
    let filing: any Filing
    let mapping: Mapping
    /// Nil where every path is wanted.
    let paths: ContainerPaths?

    /// - Throws: What concerns more than one record: throttling, sign-in, the database.
    func complete(_ records: [Record]) async throws -> PageNormalizer.Outcome {
        let filed = try await filing.filed(
            connector: stream.connector, sourceIDs: records.map(\.sourceID))
        let parts = try await withThrowingTaskGroup(
            of: (Int, PageNormalizer.Outcome).self
        ) { group in
            var parts: [(Int, PageNormalizer.Outcome)] = []
            for (index, record) in records.enumerated() {
                if index >= plan.reader.concurrency, let part = try await group.next() {
                    parts.append(part)
                }
                group.addTask {
                    (index, try await complete(record, filed: filed[record.sourceID]))
                }
            }
            for try await part in group { parts.append(part) }
            return parts
        }
        var outcome = PageNormalizer.Outcome()
        for part in parts.sorted(by: { $0.0 < $1.0 }) { outcome += part.1 }
        return outcome
    }

    private func complete(
        _ record: Record, filed: FiledRecord?
    ) async throws -> PageNormalizer.Outcome {
        var outcome = PageNormalizer.Outcome()
        let old = filed.flatMap { try? JSON.parse($0.record) }
        guard let record = try await whole(record, old) else {
            // Gone between the listing and now.
            outcome.removals.append(record.sourceID)
            return outcome
        }
        if let old, plan.reader.definition.isOlder(record.payload, than: old) {
            // The older state changes nothing, but it was seen.
            return normalized(record, old, known(filed), acl: nil)
        }
        if let paths, let name = mapping.title.first?.values(in: record.payload).first?.scalarText,
            !paths.isWanted(name, in: record.containerID)
        {
            outcome.removals.append(record.sourceID)
            return outcome
        }
        let extras = try await plan.reader.extras(
            of: record, in: stream, filed: filed?.hasContent == true ? old : nil)
        return try await outcomeOf(record, extras, filed)
    }

    private func whole(_ record: Record, _ old: JSON?) async throws -> Record? {
        guard Normalizer.isPartial(record, mapping: mapping) else { return record }
        if let old {
            return record.with(
                payload: old.merging(record.payload), containerID: record.containerID)
        }
        return try await plan.reader.record(record, in: stream)
    }

    private func outcomeOf(
        _ record: Record, _ extras: Extras, _ filed: FiledRecord?
    ) async throws -> PageNormalizer.Outcome {
        var failures: [RecordFailure] = []
        let content: ContentText? =
            extras.isContentKnown
            ? known(filed)
            : self.content(extras.content, of: record, into: &failures)
        var outcome = normalized(record, record.payload, content, acl: extras.access)
        outcome.failures += failures
        for child in extras.children ?? [] {
            var failures: [RecordFailure] = []
            let content = self.content(child.content, of: child.record, into: &failures)
            do {
                let document = try Normalizer.document(
                    from: child.record, mapping: child.mapping, content: content
                ).with(parentSourceID: record.sourceID, acl: extras.access)
                outcome.documents.append(
                    StoredDocument(
                        document, record: child.record.payload.serialized(),
                        containerID: record.containerID))
            } catch {
                failures.append(
                    RecordFailure(error, of: child.record, child.record.payload.serialized()))
            }
            outcome.failures += failures
        }
        if let children = extras.children {
            outcome.families[record.sourceID] = children.map(\.record.sourceID)
        }
        return outcome
    }

    private func normalized(
        _ record: Record, _ payload: JSON, _ content: ContentText?, acl: JSON?
    ) -> PageNormalizer.Outcome {
        var outcome = PageNormalizer.Outcome()
        let record = record.with(payload: payload, containerID: record.containerID)
        let text = payload.serialized()
        do {
            let document = try Normalizer.document(
                from: record, mapping: mapping, content: content
            ).with(parentSourceID: nil, acl: acl)
            outcome.documents.append(
                StoredDocument(document, record: text, containerID: record.containerID))
        } catch {
            outcome.failures.append(RecordFailure(error, of: record, text))
        }
        return outcome
    }

    /// The content as it was read before.
    private func known(_ filed: FiledRecord?) -> ContentText? {
        guard let filed, plan.reader.hasExtras(in: stream) else { return nil }
        let facts = filed.contentFacts.flatMap { try? JSON.parse($0) }
        guard facts != nil || !filed.body.isEmpty else { return nil }
        return ContentText(text: filed.body, isTruncated: false, facts: facts)
    }

    /// The text of fetched bytes; the file is gone afterwards.
    private func content(
        _ result: Result<Extras.Content?, Extras.ContentFailure>, of record: Record,
        into failures: inout [RecordFailure]
    ) -> ContentText? {
        switch result {
        case .success(nil): return nil
        case .success(let content?):
            defer { try? FileManager.default.removeItem(atPath: content.path) }
            var facts = JSON.Members([(name: "bytes", value: JSON(content.byteCount))])
            if let type = content.mediaType { facts["media_type"] = .string(type) }
            let text = text(of: content)
            if text == nil { facts["state"] = "unread" }
            return ContentText(
                text: text?.text ?? "", isTruncated: text?.isTruncated ?? false,
                facts: Normalizer.storable(.object(facts)))
        case .failure(let failure):
            failures.append(
                RecordFailure(
                    sourceID: record.sourceID, stage: "content", reason: failure.reason,
                    message: failure.message, record: nil))
            return ContentText(
                text: "", isTruncated: false, facts: ["state": .string(failure.reason)])
        }
    }

    private func text(of content: Extras.Content) -> ExtractedText? {
        guard FileText.canRead(mediaType: content.mediaType, fileName: content.fileName),
            let data = FileManager.default.contents(atPath: content.path)
        else { return nil }
        return FileText.read(
            Array(data), mediaType: content.mediaType, fileName: content.fileName)
    }
}
