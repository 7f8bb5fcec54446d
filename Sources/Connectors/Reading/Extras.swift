package import Domain
import FoundationEssentials
import HTTPClient
package import JSON

/// What belongs to a record and has to be asked for: its bytes, its attachments, its readers.
package enum Extras {
    /// Bytes on their way to text.
    package struct Content: Sendable {
        /// A file that only this process reads; whoever is done with it removes it.
        package let path: String
        package let byteCount: Int
        /// As the endpoint or the record names it; nil: unknown.
        package let mediaType: String?
        package let fileName: String?
    }

    /// Why something of a record could not be had: its bytes, its attachments, its readers.
    package struct ContentFailure: Error, Sendable {
        /// A word to group by.
        package let reason: String
        package let message: String

        init(reason: String, message: String) { (self.reason, self.message) = (reason, message) }

        /// Nil where the error concerns more than the record.
        init?(_ error: ConnectorError) {
            guard let message = error.ofRecord else { return nil }
            self.init(reason: "content", message: message)
        }
    }

    /// A record within a record.
    package struct Child: Sendable {
        package let record: Record
        package let mapping: Mapping
        let source: ContentSource?
    }
}

extension ConnectorReader {
    /// Whether records of a stream may have anything beside themselves.
    package func hasExtras(in stream: Stream) -> Bool {
        definition.content.map { isWanted($0.when, values(of: stream)) } ?? false
            || definition.access.map { settings.flag($0.when) } ?? false
            || definition.children.contains { isAsked($0) }
    }

    /// Whether a record that came in part may have other children than before: it names what
    /// tells whether it has any.
    package func tellsChildren(_ payload: JSON) -> Bool {
        definition.children.contains { list in
            isAsked(list)
                && (list.unless.contains { $0.path.exists(in: payload) }
                    || list.inside?.exists(in: payload) ?? false)
        }
    }

    /// Whether records may have had children that the scope does not ask for, or no longer.
    package var hasUnaskedChildren: Bool { definition.children.contains { !isAsked($0) } }

    /// Whether the bytes of a record are those that were filed with an earlier state of it.
    ///
    /// - Parameters:
    ///   - payload: The record now.
    ///   - filed: The record then.
    ///   - child: The child it is; nil: no child.
    /// - Returns: Whether both hashes are there and equal; where the definition names no
    ///   hash, whether the records are equal.
    package func isSameContent(_ payload: JSON, as filed: JSON, of child: Extras.Child?) -> Bool {
        guard let hash = child.map({ $0.source?.hash }) ?? definition.content?.hash else {
            return payload == filed
        }
        guard let new = hash.first(in: payload)?.scalarText,
            let old = hash.first(in: filed)?.scalarText
        else { return false }
        return new == old
    }

    /// The children of a whole record.
    ///
    /// - Returns: Nil where the connector does not ask for any; what concerns the record alone is
    ///   a failure of its own.
    /// - Throws: What keeps the page from being read: throttling, sign-in, cancellation.
    package func children(
        of record: Record, in stream: Stream
    ) async throws(ConnectorError) -> Result<[Extras.Child]?, Extras.ContentFailure> {
        var values = values(of: stream)
        values["id"] = record.key
        var children: [Extras.Child]?
        for list in definition.children where isAsked(list) {
            let items: [JSON]
            do { items = try await self.items(list, of: record, values, stream) } catch {
                guard let failure = Extras.ContentFailure(error) else { throw error }
                return .failure(failure)
            }
            let mapping = list.mapping.mapping(values)
            let found = items.prefix(Limits.childrenMax).compactMap { item in
                list.id.first(in: item)?.scalarText.map { id in
                    let filedAs =
                        list.sourceID?.expand(
                            values.merging(["child": id]) { $1 }, isEncoded: false) ?? id
                    return Extras.Child(
                        record: Record(
                            sourceID: "\(record.sourceID)#\(filedAs)", key: id, change: .changed,
                            payload: item),
                        mapping: mapping, source: list.content)
                }
            }
            children = (children ?? []) + found
        }
        return .success(children)
    }

    private func items(
        _ list: ChildList, of record: Record, _ values: [String: String], _ stream: Stream
    ) async throws(ConnectorError) -> [JSON] {
        var items: [JSON] = []
        if let inside = list.inside {
            items = inside.values(in: record.payload).flatMap { $0.arrayValue ?? [$0] }
        } else if let request = list.request,
            !list.unless.contains(where: { $0.holds(of: record.payload) })
        {
            do {
                items = try await self.items(
                    request, values, at: list.records, next: list.next, scope: stream.scope)
            } catch {
                // Gone with its record between the listing and now.
                guard case .missing = error else { throw error }
            }
        }
        return items.filter { item in !list.skip.contains { $0.holds(of: item) } }
    }

    /// The bytes of a record, or of a child of it.
    ///
    /// - Returns: Nil where it has none; what concerns it alone is a failure of its own.
    /// - Throws: What keeps the page from being read: throttling, sign-in, cancellation.
    package func content(
        of record: Record, child: Extras.Child? = nil, in stream: Stream
    ) async throws(ConnectorError) -> Result<Extras.Content?, Extras.ContentFailure> {
        var values = values(of: stream)
        values["id"] = record.key
        values["child"] = child?.record.key
        let payload = child?.record.payload ?? record.payload
        guard let source = child.map(\.source) ?? definition.content,
            isWanted(source.when, values), !source.skip.contains(where: { $0.holds(of: payload) })
        else { return .success(nil) }
        return try await content(source, of: payload, values, stream)
    }

    /// Who may read a record.
    ///
    /// - Returns: Nil where the connector does not ask, or may not know; what else concerns the
    ///   record alone is a failure of its own.
    /// - Throws: What keeps the page from being read: throttling, sign-in, cancellation.
    package func access(
        to record: Record, in stream: Stream
    ) async throws(ConnectorError) -> Result<JSON?, Extras.ContentFailure> {
        guard let list = definition.access, settings.flag(list.when) else { return .success(nil) }
        var values = values(of: stream)
        values["id"] = record.key
        do {
            return .success(try await access(list, values, stream))
        } catch {
            // Unknown is not the same as nobody.
            switch error {
            case .missing, .forbidden: return .success(nil)
            default: break
            }
            guard let failure = Extras.ContentFailure(error) else { throw error }
            return .failure(failure)
        }
    }

    private func isWanted(_ when: String?, _ values: [String: String]) -> Bool {
        when.map { values[$0] != nil } ?? true
    }

    private func isAsked(_ list: ChildList) -> Bool { list.when.map(settings.flag) ?? true }

    /// Who may read, as an object of lists: `{"user": [...], "group": [...]}`.
    private func access(
        _ list: AccessList, _ values: [String: String], _ stream: Stream
    ) async throws(ConnectorError) -> JSON {
        let permissions = try await items(
            list.request, values, at: list.records, next: list.next, scope: stream.scope)
        var members = JSON.Members()
        for (kind, paths) in list.principals.sorted(by: { $0.key < $1.key }) {
            var names: Set<String> = []
            for permission in permissions {
                for path in paths {
                    names.formUnion(path.values(in: permission).compactMap(\.scalarText))
                }
            }
            members[kind] = .array(names.sorted().map(JSON.string))
        }
        return .object(members)
    }
}
