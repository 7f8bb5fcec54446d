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

    /// The streams of a scope: every collection, nested ones too, that the scope selects; or the
    /// scope itself.
    package func streams(of scope: Scope) async throws(ConnectorError) -> [Stream] {
        guard let list = definition.streams else {
            return [stream(in: scope, key: scope.name, name: scope.name)]
        }
        let (choice, values) = try choice(for: scope, list)
        var found: [Found] = []
        // Pages of a listing overlap when something is added meanwhile.
        var keys: Set<String> = []
        var open: [Found?] = [nil]
        while let parent = open.popLast() {
            for child in try await children(of: parent, choice, values, scope.name)
            where keys.insert(child.key).inserted {
                found.append(child)
                guard found.count <= Limits.streamsMax else {
                    throw .endless(url: choice.request.path.text)
                }
                if child.hasChildren && child.ancestors.count < Limits.nestingMax {
                    open.append(child)
                }
            }
        }
        return try await chosen(found, choice, values, scope.name).map { item in
            stream(in: scope, key: item.key, name: item.name)
        }
    }

    /// A stream of a scope as it is configured now, if the endpoint has one of this key.
    package func stream(in scope: Scope, key: String, name: String) -> Stream {
        var variables = scope.values
        if definition.streams != nil { variables["stream"] = key }
        return Stream(
            connector: settings.name, scope: scope.name, key: key, name: name,
            variables: variables)
    }

    /// The request for a scope of this form, and what its templates may name.
    private func choice(
        for scope: Scope, _ list: StreamList
    ) throws(ConnectorError) -> (StreamList.Choice, [String: String]) {
        let values = common.merging(scope.values) { $1 }
        for choice in list.choices {
            guard let form = choice.form else { return (choice, values) }
            if let matched = form.match(scope.name) {
                return (choice, values.merging(matched) { $1 })
            }
        }
        let forms = list.choices.compactMap(\.form?.text).joined(separator: ", ")
        throw .missing(
            url: scope.name, reason: "it has none of the forms \(forms.isEmpty ? "known" : forms)")
    }

    /// A collection that vanishes while its scope is listed has no children.
    private func children(
        of parent: Found?, _ choice: StreamList.Choice, _ values: [String: String], _ scope: String
    ) async throws(ConnectorError) -> [Found] {
        do {
            return try await collections(in: parent, choice, values, scope)
        } catch {
            if case .missing = error, parent != nil { return [] }
            throw error
        }
    }

    private func collections(
        in parent: Found?, _ choice: StreamList.Choice, _ values: [String: String], _ scope: String
    ) async throws(ConnectorError) -> [Found] {
        var values = values
        values["stream"] = parent?.key
        guard let list = definition.streams,
            let request = parent == nil ? choice.request : list.children
        else { return [] }
        return try await items(request, values, at: list.records, next: list.next, scope: scope)
            .compactMap { collection($0, in: parent, list) }
    }

    /// Everything a request lists, page by page; an answer that is no list is one thing itself.
    ///
    /// - Throws: ``ConnectorError/endless(url:)`` where pages repeat themselves.
    func items(
        _ request: RequestTemplate, _ values: [String: String], at records: Path?, next: Path?,
        scope: String
    ) async throws(ConnectorError) -> [JSON] {
        var call: Call? = Call(request, base: try await requester.base(), values, scope: scope)
        var items: [JSON] = []
        var pages = 0
        while let current = call {
            pages += 1
            guard pages <= Limits.listingPagesMax else {
                throw .endless(url: withoutQuery(current.url))
            }
            let answer = try await requester.json(current)
            let listed = records.map { $0.first(in: answer.value) } ?? answer.value
            guard let page = listed?.arrayValue ?? single(answer.value) else {
                let place = records.map { " at `\($0)`" } ?? ""
                throw .unexpected(url: withoutQuery(answer.url), reason: "no list\(place)")
            }
            items += page
            call = nil
            if let link = next?.first(in: answer.value)?.onwardText {
                let link = try kept(link, from: answer.url)
                guard link != current.url else { throw .endless(url: withoutQuery(answer.url)) }
                call = Call(url: link, headers: current.headers, scope: scope)
            }
        }
        return items
    }

    private func single(_ answer: JSON) -> [JSON]? {
        guard let key = definition.streams?.key, key.first(in: answer)?.scalarText != nil else {
            return nil
        }
        return [answer]
    }

    private func collection(_ item: JSON, in parent: Found?, _ list: StreamList) -> Found? {
        guard !list.skip.contains(where: { $0.holds(of: item) }),
            let key = list.key.first(in: item)?.scalarText
        else { return nil }
        let name = list.name.first(in: item)?.scalarText ?? key
        let count = list.childCount.flatMap { $0.first(in: item)?.intValue }
        return Found(
            key: key, name: parent.map { "\($0.name)/\(name)" } ?? name,
            ancestors: (parent?.ancestors ?? []) + (parent.map { [$0.key] } ?? []),
            hasChildren: list.children != nil && count != 0)
    }

    /// What the scope selects: a collection alone, or with `/*` after it also what is below it.
    private func chosen(
        _ found: [Found], _ choice: StreamList.Choice, _ values: [String: String], _ scope: String
    ) async throws(ConnectorError) -> [Found] {
        guard let list = definition.streams else { return found }
        let selection = list.select.map(settings.texts) ?? []
        if selection.isEmpty {
            var excluded: Set<String> = []
            for name in list.exclude {
                if let key = try await wellKnownKey(name, values, scope) { excluded.insert(key) }
            }
            return found.filter { excluded.isDisjoint(with: $0.ancestors + [$0.key]) }
        }
        var alone: Set<String> = []
        var trees: Set<String> = []
        for selected in selection {
            let isTree = selected.hasSuffix("/*")
            let name = isTree ? String(selected.dropLast(2)) : selected
            guard let key = try await key(of: name, in: found, values, scope) else {
                // Endpoints make some of them when they are first used.
                if isWellKnown(name) { continue }
                let base = try await requester.base()
                throw .missing(
                    url: withoutQuery(choice.request.address(base: base, values)),
                    reason: "no collection is called `\(quoted(name))`")
            }
            alone.insert(key)
            if isTree { trees.insert(key) }
        }
        return found.filter { alone.contains($0.key) || !trees.isDisjoint(with: $0.ancestors) }
    }

    /// The key of a collection named by path, the first part of which may be a well-known name.
    private func key(
        of choice: String, in found: [Found], _ values: [String: String], _ scope: String
    ) async throws(ConnectorError) -> String? {
        if let exact = found.first(where: { $0.name == choice }) { return exact.key }
        let parts = choice.split(separator: "/", maxSplits: 1).map(String.init)
        guard let first = parts.first, let key = try await wellKnownKey(first, values, scope) else {
            return found.first { $0.name.lowercased() == choice.lowercased() }?.key
        }
        guard parts.count == 2 else { return key }
        guard let base = found.first(where: { $0.key == key }) else { return nil }
        let name = "\(base.name)/\(parts[1])".lowercased()
        return found.first { $0.name.lowercased() == name }?.key
    }

    private func isWellKnown(_ name: String) -> Bool {
        definition.streams?.wellKnown?.names.contains(name.lowercased()) ?? false
    }

    private func wellKnownKey(
        _ name: String, _ values: [String: String], _ scope: String
    ) async throws(ConnectorError) -> String? {
        guard let list = definition.streams, let wellKnown = list.wellKnown, isWellKnown(name)
        else { return nil }
        var values = values
        values["name"] = name.lowercased()
        do {
            let call = Call(
                wellKnown.lookup, base: try await requester.base(), values, scope: scope)
            return list.key.first(in: try await requester.json(call).value)?.scalarText
        } catch {
            if case .missing = error { return nil }
            throw error
        }
    }
}
