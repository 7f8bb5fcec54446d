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
        _ told: Record, filed: FiledRecord?
    ) async throws -> PageNormalizer.Outcome {
        var outcome = PageNormalizer.Outcome()
        guard filed?.isForgotten != true else { return outcome }
        let old = filed.flatMap { try? JSON.parse($0.record) }
        var failures: [RecordFailure] = []
        guard let record = try await whole(told, filed, old, &failures) else {
            // Gone between the listing and now.
            outcome.removals.append(told.sourceID)
            return outcome
        }
        if let old, plan.reader.definition.isOlder(record.payload, than: old) {
            // The older state changes nothing, but it was seen.
            return try normalized(record.with(payload: old), known(filed), acl: nil)
        }
        if let paths, let name = mapping.title.first?.values(in: record.payload).first?.scalarText,
            !paths.isWanted(name, in: record.containerID)
        {
            outcome.removals.append(record.sourceID)
            return outcome
        }
        return try await outcomeOf(record, told: told, filed, old, failures)
    }

    /// Nil where the endpoint no longer has it; as much of it as there is where that is not known.
    private func whole(
        _ record: Record, _ filed: FiledRecord?, _ old: JSON?, _ failures: inout [RecordFailure]
    ) async throws -> Record? {
        guard Normalizer.isPartial(record, mapping: mapping) else { return record }
        let merged = old.map { record.with(payload: $0.merging(record.payload)) }
        // Where something failed, what is filed may be no more than a part itself.
        if let merged, filed?.hasContent == true { return merged }
        let told = merged ?? record
        return value(
            of: try await plan.reader.record(told, in: stream), told, else: told, &failures)
    }

    /// What was asked for of a record; another value where that failed, which is noted.
    private func value<Value>(
        of result: Result<Value, Extras.ContentFailure>, _ record: Record, else other: Value,
        _ failures: inout [RecordFailure]
    ) -> Value {
        switch result {
        case .success(let value): return value
        case .failure(let failure):
            failures.append(failure.ofRecord(record))
            return other
        }
    }

    private func outcomeOf(
        _ record: Record, told: Record, _ filed: FiledRecord?, _ old: JSON?,
        _ earlier: [RecordFailure]
    ) async throws -> PageNormalizer.Outcome {
        var failures = earlier
        let access = value(
            of: try await plan.reader.access(to: record, in: stream), record, else: nil, &failures)
        let content: ContentText?
        if let old, filed?.hasContent == true,
            plan.reader.isSameContent(record.payload, as: old, of: nil)
        {
            content = known(filed)
        } else {
            content = text(
                of: try await plan.reader.content(of: record, in: stream), record, &failures)
        }
        var outcome = try normalized(record, content, acl: access)
        // An update in part that does not speak of children leaves them as they are.
        let isPart = Normalizer.isPartial(told, mapping: mapping) && filed?.isDeleted == false
        if !isPart || plan.reader.tellsChildren(told.payload),
            // Without an answer they stay as they are too.
            let children = value(
                of: try await plan.reader.children(of: record, in: stream), record, else: nil,
                &failures)
        {
            outcome += try await outcomeOf(children, of: record, acl: access)
        }
        outcome.failures += failures
        return outcome
    }

    private func outcomeOf(
        _ children: [Extras.Child], of record: Record, acl: JSON?
    ) async throws -> PageNormalizer.Outcome {
        var outcome = PageNormalizer.Outcome()
        let filed = try await filing.filed(
            connector: stream.connector, sourceIDs: children.map(\.record.sourceID))
        for child in children {
            let known = filed[child.record.sourceID]
            guard known?.isForgotten != true else { continue }
            let payload = child.record.payload
            let content: ContentText?
            if let known, known.hasContent, let old = try? JSON.parse(known.record),
                plan.reader.isSameContent(payload, as: old, of: child)
            {
                content = self.known(known)
            } else {
                content = text(
                    of: try await plan.reader.content(of: record, child: child, in: stream),
                    child.record, &outcome.failures)
            }
            try outcome.add(
                child.record, child.mapping, content, parent: record.sourceID, acl: acl)
        }
        outcome.families[record.sourceID] = children.map(\.record.sourceID)
        return outcome
    }

    private func normalized(
        _ record: Record, _ content: ContentText?, acl: JSON?
    ) throws(StoreError) -> PageNormalizer.Outcome {
        var outcome = PageNormalizer.Outcome()
        try outcome.add(record, mapping, content, acl: acl)
        return outcome
    }

    /// The content as it was read before.
    private func known(_ filed: FiledRecord?) -> ContentText? {
        // Without facts the body was made of the record.
        guard let filed, let facts = filed.contentFacts.flatMap({ try? JSON.parse($0) }) else {
            return nil
        }
        return ContentText(text: filed.body, isTruncated: filed.isTruncated, facts: facts)
    }

    /// The text of fetched bytes; the file is gone afterwards.
    private func text(
        of result: Result<Extras.Content?, Extras.ContentFailure>, _ record: Record,
        _ failures: inout [RecordFailure]
    ) -> ContentText? {
        switch result {
        case .success(nil): return nil
        case .success(let content?):
            defer { try? FileManager.default.removeItem(atPath: content.path) }
            var facts = JSON.Members([(name: "bytes", value: JSON(content.byteCount))])
            if let type = content.mediaType { facts["media_type"] = .string(type) }
            let text = extracted(content)
            if text == nil { facts["state"] = "unread" }
            return ContentText(
                text: text?.text ?? "", isTruncated: text?.isTruncated ?? false,
                facts: Normalizer.storable(.object(facts)))
        case .failure(let failure):
            failures.append(failure.ofRecord(record))
            return ContentText(
                text: "", isTruncated: false, facts: ["state": .string(failure.reason)])
        }
    }

    private func extracted(_ content: Extras.Content) -> ExtractedText? {
        guard FileText.canRead(mediaType: content.mediaType, fileName: content.fileName),
            let data = FileManager.default.contents(atPath: content.path)
        else { return nil }
        return FileText.read(
            Array(data), mediaType: content.mediaType, fileName: content.fileName)
    }
}

extension Extras.ContentFailure {
    fileprivate func ofRecord(_ record: Record) -> RecordFailure {
        RecordFailure(
            sourceID: record.sourceID, stage: "content", reason: reason, message: message,
            record: nil)
    }
}
