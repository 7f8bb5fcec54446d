package import Domain
import FoundationEssentials
import HTTPClient
package import JSON

/// What belongs to a record and has to be asked for: its bytes, its attachments, its readers.
package struct Extras: Sendable {
    /// Bytes on their way to text.
    package struct Content: Sendable {
        /// A file that only this process reads; whoever is done with it removes it.
        package let path: String
        package let byteCount: Int
        /// As the endpoint or the record names it; nil: unknown.
        package let mediaType: String?
        package let fileName: String?
    }

    /// A record within the record.
    package struct Child: Sendable {
        package let record: Record
        package let mapping: Mapping
        package let content: Result<Content?, ContentFailure>
    }

    /// Why there are no bytes though there should be.
    package struct ContentFailure: Error, Sendable {
        /// A word to group by.
        package let reason: String
        package let message: String
    }

    package var content: Result<Content?, ContentFailure> = .success(nil)
    /// The content is as it was when the record was last filed.
    package var isContentKnown = false
    /// All of them; nil where they were not asked for.
    package var children: [Child]?
    /// Nil where it was not asked for.
    package var access: JSON?
}

extension ConnectorReader {
    /// Whether records of a stream may need ``extras(of:in:filed:)`` at all.
    package func hasExtras(in stream: Stream) -> Bool {
        let values = values(of: stream)
        return definition.content.map { isWanted($0.when, values) } ?? false
            || definition.access.map { settings.flag($0.when) } ?? false
            || definition.children.contains { isAsked($0) }
    }

    /// Whether records may have had children that the scope does not ask for, or no longer.
    package var hasUnaskedChildren: Bool { definition.children.contains { !isAsked($0) } }

    /// Asks for what belongs to a whole record.
    ///
    /// - Parameters:
    ///   - record: The record, merged where it came in part.
    ///   - stream: Where it is.
    ///   - filed: The payload as it was last filed, with its content; nil where it is new.
    /// - Throws: What keeps the page from being read: throttling, sign-in, cancellation. What
    ///   concerns the record alone is part of the result.
    package func extras(
        of record: Record, in stream: Stream, filed: JSON?
    ) async throws(ConnectorError) -> Extras {
        var extras = Extras()
        var values = values(of: stream)
        values["id"] = record.key
        if let source = definition.content, isWanted(source.when, values),
            !source.skip.contains(where: { $0.holds(of: record.payload) })
        {
            if let hash = source.hash?.first(in: record.payload)?.scalarText,
                let old = filed.flatMap({ source.hash?.first(in: $0)?.scalarText }), hash == old
            {
                extras.isContentKnown = true
            } else {
                extras.content = try await content(source, of: record.payload, values, stream)
            }
        }
        for list in definition.children where isAsked(list) {
            let children = try await children(list, of: record, values, stream)
            extras.children = (extras.children ?? []) + children
        }
        if let list = definition.access, settings.flag(list.when) {
            extras.access = try await access(list, values, stream)
        }
        return extras
    }

    private func isWanted(_ when: String?, _ values: [String: String]) -> Bool {
        when.map { values[$0] != nil } ?? true
    }

    private func isAsked(_ list: ChildList) -> Bool { list.when.map(settings.flag) ?? true }

    private func children(
        _ list: ChildList, of record: Record, _ values: [String: String], _ stream: Stream
    ) async throws(ConnectorError) -> [Extras.Child] {
        var items: [JSON] = []
        if let inside = list.inside {
            items = inside.values(in: record.payload).flatMap { $0.arrayValue ?? [$0] }
        } else if let request = list.request,
            !list.unless.contains(where: { $0.holds(of: record.payload) })
        {
            do {
                items = try await self.items(
                    request, values, at: list.records, next: list.next,
                    scope: stream.scope)
            } catch {
                // Gone with its record between the listing and now.
                guard case .missing = error else { throw error }
            }
        }
        let mapping = list.mapping.mapping(values)
        var children: [Extras.Child] = []
        for item in items.prefix(Limits.childrenMax)
        where !list.skip.contains(where: { $0.holds(of: item) }) {
            guard let id = list.id.first(in: item)?.scalarText else { continue }
            var values = values
            values["child"] = id
            let filedAs = list.sourceID?.expand(values, isEncoded: false) ?? id
            var content: Result<Extras.Content?, Extras.ContentFailure> = .success(nil)
            if let source = list.content, !source.skip.contains(where: { $0.holds(of: item) }) {
                content = try await self.content(source, of: item, values, stream)
            }
            children.append(
                Extras.Child(
                    record: Record(
                        sourceID: "\(record.sourceID)#\(filedAs)", key: id, change: .changed,
                        payload: item),
                    mapping: mapping, content: content))
        }
        return children
    }

    /// Who may read, as an object of lists: `{"user": [...], "group": [...]}`.
    private func access(
        _ list: AccessList, _ values: [String: String], _ stream: Stream
    ) async throws(ConnectorError) -> JSON? {
        let permissions: [JSON]
        do {
            permissions = try await items(
                list.request, values, at: list.records, next: list.next, scope: stream.scope)
        } catch {
            // Unknown is not the same as nobody.
            switch error {
            case .missing, .forbidden: return nil
            default: throw error
            }
        }
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
