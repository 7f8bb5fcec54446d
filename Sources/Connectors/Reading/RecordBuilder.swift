import Domain
import FoundationEssentials
import JSON

/// Makes records and containers of what an answer lists, as the definition says.
struct RecordBuilder: Sendable {
    let reader: ConnectorReader
    let stream: Stream
    private let since: Date?
    private let selected: Set<String>

    init(reader: ConnectorReader, stream: Stream) {
        (self.reader, self.stream) = (reader, stream)
        let feed = reader.definition.records
        since = feed.since.flatMap { reader.settings.date($0.parameter) }
        selected = Set(feed.select.map { reader.settings.texts($0.parameter) } ?? [])
    }

    var feed: RecordFeed { reader.definition.records }
    var requester: Requester { reader.requester }
    var values: [String: String] { reader.values(of: stream) }

    /// What a list of an answer holds: documents to be, and folders they are in.
    struct Batch {
        var records: [Record] = []
        var containers: [Container] = []
        /// See ``Page/concernsAll``.
        var concernsAll = false
    }

    /// - Parameters:
    ///   - items: In the order they came.
    ///   - texts: Each of them as it came; empty where that is not known.
    ///   - url: Where they came from, for errors.
    /// - Returns: The records and the containers, each in that order; without what is skipped.
    /// - Throws: ``ConnectorError/unexpected(url:reason:)`` for an item without an id.
    func batch(
        _ items: [JSON], texts: [String] = [], url: String
    ) throws(ConnectorError) -> Batch {
        var batch = Batch()
        batch.records.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            if let container = try container(item, url: url) {
                batch.containers.append(container)
                // What is gone need not say whether it was a container.
                if !container.isRemoved {
                    batch.concernsAll = batch.concernsAll || spreadsAccess(item)
                    continue
                }
            }
            let text = texts.count == items.count ? texts[index] : nil
            if let record = try record(item, text: text, url: url) {
                batch.records.append(record)
            }
        }
        return batch
    }

    /// - Returns: Nil for what makes no document: skipped, or older than the configured date.
    func record(
        _ item: JSON, text: String? = nil, url: String
    ) throws(ConnectorError) -> Record? {
        let id = try identifier(item, url: url)
        // What is not selected may have been, before the scope was changed.
        let isRemoved = feed.removed.contains { $0.holds(of: item) } || !isSelected(item)
        if !isRemoved {
            guard !feed.skip.contains(where: { $0.holds(of: item) }), !isTooOld(item)
            else { return nil }
        }
        let parent = feed.containers.flatMap { $0.parent.first(in: item)?.scalarText }
        return Record(
            sourceID: sourceID(of: id), key: id, change: isRemoved ? .removed : .changed,
            payload: item, text: text, containerID: parent)
    }

    /// What a record of this id is filed under.
    func sourceID(of id: String) -> String {
        guard let template = feed.sourceID else { return id }
        return template.expand(values.merging(["id": id]) { $1 }, isEncoded: false)
    }

    private func identifier(_ item: JSON, url: String) throws(ConnectorError) -> String {
        guard let id = feed.id.first(in: item)?.scalarText, !id.isEmpty else {
            throw .unexpected(url: withoutQuery(url), reason: "a record without `\(feed.id)`")
        }
        return id
    }

    private func container(_ item: JSON, url: String) throws(ConnectorError) -> Container? {
        guard let rule = feed.containers else { return nil }
        let isRemoved = feed.removed.contains { $0.holds(of: item) }
        guard isRemoved || rule.conditions.contains(where: { $0.holds(of: item) }) else {
            return nil
        }
        let isRoot = rule.root.exists(in: item)
        return Container(
            id: try identifier(item, url: url),
            parentID: isRoot ? nil : rule.parent.first(in: item)?.scalarText,
            name: isRoot ? "" : rule.name.first(in: item)?.scalarText ?? "",
            isRemoved: isRemoved)
    }

    /// What is in a container has other readers now.
    private func spreadsAccess(_ container: JSON) -> Bool {
        guard let access = reader.definition.access, reader.settings.flag(access.when) else {
            return false
        }
        return access.spreads.contains { $0.holds(of: container) }
    }

    private func isSelected(_ item: JSON) -> Bool {
        guard !selected.isEmpty, let path = feed.select?.path else { return true }
        return path.first(in: item)?.scalarText.map(selected.contains) ?? false
    }

    private func isTooOld(_ item: JSON) -> Bool {
        guard let since, let path = feed.since?.path,
            let text = path.first(in: item)?.stringValue, let date = Timestamp(text)?.date
        else { return false }
        return date < since
    }
}
