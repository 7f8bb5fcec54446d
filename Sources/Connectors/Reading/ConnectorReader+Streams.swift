package import Domain
import FoundationEssentials
import JSON

extension ConnectorReader {
    /// A collection found in a listing, before it is known whether it is wanted.
    private struct Found {
        let key: String
        let name: String
        /// Keys of the collections around it, outermost first.
        let ancestors: [String]
        let hasChildren: Bool
    }

    /// The streams of a scope: every collection, nested ones too, that the scope selects.
    package func streams(of scope: String) async throws(ConnectorError) -> [Stream] {
        let list = definition.streams
        let variables = [definition.scopes.variable: scope]
        var found: [Found] = []
        // Pages of a listing overlap when something is added meanwhile.
        var keys: Set<String> = []
        var open: [Found?] = [nil]
        while let parent = open.popLast() {
            for child in try await children(of: parent, variables)
            where keys.insert(child.key).inserted {
                found.append(child)
                guard found.count <= Limits.streamsMax else { throw .endless(url: list.path.text) }
                if child.hasChildren && child.ancestors.count < Limits.nestingMax {
                    open.append(child)
                }
            }
        }
        return try await chosen(found, variables).map { item in
            var variables = variables
            variables["stream"] = item.key
            return Stream(
                connector: settings.name, scope: scope, key: item.key, name: item.name,
                variables: variables)
        }
    }

    /// A collection that vanishes while its scope is listed has no children.
    private func children(
        of parent: Found?, _ variables: [String: String]
    ) async throws(ConnectorError) -> [Found] {
        do {
            return try await collections(in: parent, variables)
        } catch {
            if case .missing = error, parent != nil { return [] }
            throw error
        }
    }

    private func collections(
        in parent: Found?, _ variables: [String: String]
    ) async throws(ConnectorError) -> [Found] {
        let list = definition.streams
        var variables = variables
        variables["stream"] = parent?.key
        guard let template = parent == nil ? list.path : list.children else { return [] }
        var url: String? = address(template, variables)
        var found: [Found] = []
        var pages = 0
        while let current = url {
            pages += 1
            guard pages <= Limits.listingPagesMax else {
                throw .endless(url: withoutQuery(current))
            }
            let body = try await requester.get(current)
            guard let items = list.records.first(in: body)?.arrayValue else {
                throw .unexpected(
                    url: withoutQuery(current), reason: "no list at `\(list.records)`")
            }
            found += items.compactMap { collection($0, in: parent) }
            url = list.next.first(in: body)?.stringValue
            guard url != current else { throw .endless(url: withoutQuery(current)) }
        }
        return found
    }

    private func collection(_ item: JSON, in parent: Found?) -> Found? {
        let list = definition.streams
        let isSkipped = list.skip.contains { rule in
            rule.path.first(in: item)?.scalarText == rule.equals
        }
        guard !isSkipped, let key = list.key.first(in: item)?.stringValue else { return nil }
        let name = list.name.first(in: item)?.stringValue ?? key
        let count = list.childCount.flatMap { $0.first(in: item)?.intValue }
        return Found(
            key: key, name: parent.map { "\($0.name)/\(name)" } ?? name,
            ancestors: (parent?.ancestors ?? []) + (parent.map { [$0.key] } ?? []),
            hasChildren: list.children != nil && count != 0)
    }

    /// What the scope selects: a collection alone, or with `/*` after it also what is below it.
    private func chosen(
        _ found: [Found], _ variables: [String: String]
    ) async throws(ConnectorError) -> [Found] {
        let list = definition.streams
        let selection = list.select.flatMap { settings.lists[$0] } ?? []
        if selection.isEmpty {
            var excluded: Set<String> = []
            for name in list.exclude {
                if let key = try await wellKnownKey(name, variables) { excluded.insert(key) }
            }
            return found.filter { excluded.isDisjoint(with: $0.ancestors + [$0.key]) }
        }
        var alone: Set<String> = []
        var trees: Set<String> = []
        for choice in selection {
            let isTree = choice.hasSuffix("/*")
            let name = isTree ? String(choice.dropLast(2)) : choice
            guard let key = try await key(of: name, in: found, variables) else {
                // Endpoints make some of them when they are first used.
                if isWellKnown(name) { continue }
                throw .missing(
                    url: withoutQuery(address(list.path, variables)),
                    reason: "no collection is called `\(quoted(name))`")
            }
            alone.insert(key)
            if isTree { trees.insert(key) }
        }
        return found.filter { alone.contains($0.key) || !trees.isDisjoint(with: $0.ancestors) }
    }

    /// The key of a collection named by path, the first part of which may be a well-known name.
    private func key(
        of choice: String, in found: [Found], _ variables: [String: String]
    ) async throws(ConnectorError) -> String? {
        if let exact = found.first(where: { $0.name == choice }) { return exact.key }
        let parts = choice.split(separator: "/", maxSplits: 1).map(String.init)
        guard let first = parts.first, let key = try await wellKnownKey(first, variables) else {
            return found.first { $0.name.lowercased() == choice.lowercased() }?.key
        }
        guard parts.count == 2 else { return key }
        guard let base = found.first(where: { $0.key == key }) else { return nil }
        let name = "\(base.name)/\(parts[1])".lowercased()
        return found.first { $0.name.lowercased() == name }?.key
    }

    private func isWellKnown(_ name: String) -> Bool {
        definition.streams.wellKnown?.names.contains(name.lowercased()) ?? false
    }

    private func wellKnownKey(
        _ name: String, _ variables: [String: String]
    ) async throws(ConnectorError) -> String? {
        guard let wellKnown = definition.streams.wellKnown, isWellKnown(name) else { return nil }
        var variables = variables
        variables["name"] = name.lowercased()
        do {
            let body = try await requester.get(address(wellKnown.lookup, variables))
            return definition.streams.key.first(in: body)?.stringValue
        } catch {
            if case .missing = error { return nil }
            throw error
        }
    }
}

extension JSON {
    /// A scalar as text, for comparison with a definition's.
    fileprivate var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let text): text
        case .bool(let value): value ? "true" : "false"
        default: nil
        }
    }
}
