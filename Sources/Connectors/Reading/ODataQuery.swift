import Domain
import FoundationEssentials
import HTTPClient
import JSON

/// Asks an OData service, in the words of its version, and reads what it says.
struct ODataQuery: Sendable {
    let builder: RecordBuilder
    let odata: OData
    /// What ids have before them where several services have a set of this name.
    private let prefix: String

    init(builder: RecordBuilder, odata: OData) {
        (self.builder, self.odata) = (builder, odata)
        let isShared = builder.reader.sharesElementName(builder.stream)
        prefix = isShared ? "\(builder.values["path"] ?? "")/" : ""
    }

    private var values: [String: String] { builder.values }
    private var version: Int { values["odata"] == "4" ? 4 : 2 }
    /// The property that holds the time of the last change.
    var modified: String? { values["modified"] }

    /// The page where a position stands.
    ///
    /// - Throws: ``ConnectorError/lostPlace(url:reason:)`` for a link that is not known any more.
    func answer(
        at position: ODataPosition, _ set: ODataSchema.EntitySet?
    ) async throws(ConnectorError) -> Answer<ODataAnswer> {
        let base = try await builder.requester.base()
        var call = Call(builder.feed.request, base: base, values, scope: builder.stream.scope)
        call.headers += headers(position)
        if let link = position.link {
            call = Call(url: link, headers: call.headers, scope: call.scope)
            call.isContinuation = true
        } else {
            call = with(options(position, set), call)
        }
        return try await answer(call, set)
    }

    /// What a request is answered with; parts of other records need no key.
    private func answer(
        _ call: Call, _ set: ODataSchema.EntitySet?, isPart: Bool = false
    ) async throws(ConnectorError) -> Answer<ODataAnswer> {
        let service = try await service()
        var call = call
        call.bytesMax = Limits.odataBytesMax
        let answer = try await builder.requester.send(call) { (response) throws(Unreadable) in
            do {
                return try ODataAnswer.decode(
                    body: response.body, contentType: response.headers["Content-Type"],
                    requestURL: response.url, serviceURL: service, set: set, needsKeys: !isPart)
            } catch {
                throw Unreadable(reason: "\(error)")
            }
        }
        // Rows may be missing from it, and would count as gone.
        if let errors = notices(in: answer.headers, .error) {
            throw .refused(url: withoutQuery(answer.url), status: 200, reason: errors)
        }
        return answer
    }

    /// The records of an answer, expanded collections completed; changes may lack what has not
    /// changed.
    ///
    /// A record whose collections cannot be completed has none of them, as if they had not
    /// changed, and is a problem too.
    func records(
        _ answer: ODataAnswer, isDelta: Bool, _ set: ODataSchema.EntitySet?
    ) async throws(ConnectorError) -> (records: [Record], problems: [Page.Problem]) {
        var records: [Record] = []
        var problems: [Page.Problem] = []
        for item in answer.records {
            let sourceID = builder.sourceID(of: prefix + item.key)
            let payload: JSON
            var isPart = false
            do { payload = try await completed(item, depth: 0) } catch {
                guard let message = error.ofRecord else { throw error }
                problems.append(
                    Page.Problem(sourceID: sourceID, reason: "expansion", message: message))
                payload = item.withoutOpenCollections
                isPart = true
            }
            let isRemoved =
                item.isRemoved || builder.feed.removed.contains { $0.holds(of: payload) }
            if !isRemoved, builder.feed.skip.contains(where: { $0.holds(of: payload) }) { continue }
            records.append(
                Record(
                    sourceID: sourceID, key: ODataKey.encoded(item.key),
                    change: isRemoved ? .removed : .changed, payload: payload,
                    isPartial: isPart || isDelta && isPartial(payload, set)))
        }
        return (records, problems)
    }

    /// The record that is filed under an id, its key being what the id is made of; nil where that
    /// cannot be told.
    func record(_ sourceID: String, _ payload: JSON) -> Record? {
        let around = builder.sourceID(of: prefix + "\0")
            .split(separator: "\0", omittingEmptySubsequences: false)
        guard around.count == 2, sourceID.hasPrefix(around[0]), sourceID.hasSuffix(around[1]) else {
            return nil
        }
        let key = sourceID.dropFirst(around[0].count).dropLast(around[1].count)
        return Record(
            sourceID: sourceID, key: ODataKey.encoded(String(key)), change: .changed,
            payload: payload)
    }

    /// Whether something is absent that an entity always has, be it null; so it may be where
    /// nobody says what that is.
    private func isPartial(_ payload: JSON, _ set: ODataSchema.EntitySet?) -> Bool {
        guard let set, !set.properties.isEmpty else { return true }
        let expanded = values["expand"]?.split(separator: ",").map { navigation in
            String(navigation.prefix { $0 != "/" && $0 != "(" })
        }
        let declared = set.properties.filter { $0.value != "Edm.Stream" }.map(\.key)
        return (declared + (expanded ?? [])).contains { payload[$0] == nil }
    }

    /// The latest time a record says it was changed at.
    func time(of payload: JSON) -> Date? {
        modified.flatMap { payload[$0]?.scalarText }.flatMap { Timestamp($0)?.date }
    }

    /// The key of a record, property by property; nil where it lacks one.
    func key(of payload: JSON, _ set: ODataSchema.EntitySet?) -> JSON? {
        guard let names = set?.keys.map(\.name), !names.isEmpty else { return nil }
        let members = names.compactMap { name in payload[name].map { (name: name, value: $0) } }
        return members.count == names.count ? .object(JSON.Members(members)) : nil
    }

    /// A link on our own origin; one to the same service under another host's name or path, as
    /// services behind a proxy write them, is brought there.
    func own(_ link: String, _ url: String) async throws(ConnectorError) -> String {
        let base = try await builder.requester.base()
        let link = try kept(link, from: url)
        do {
            return try builder.requester.own(link, base)
        } catch {
            let service = withoutQuery(base + odata.service.expand(values))
            guard let name = service.split(separator: "/").last, let path = path(of: link),
                let found = path.firstRange(of: "/\(name)/")
            else { throw error }
            return "\(service)/\(path[found.upperBound...])"
        }
    }

    /// The link to later changes where the service keeps it in a set of its own.
    ///
    /// Source: operational data provisioning by OData, `DeltaLinksOf<Set>`.
    func separateLink(
        _ answer: Answer<ODataAnswer>
    ) async throws(ConnectorError) -> String? {
        guard
            answer.headers["Preference-Applied"]?.contains("odata.track-changes") == true,
            let set = values[builder.reader.definition.scopes.variable]
        else { return nil }
        let service = try await service()
        let call = Call(
            url: "\(service)/DeltaLinksOf\(PercentEncoding.segment(set))?$format=json",
            headers: headers(.untracked), scope: builder.stream.scope)
        let links: Answer<JSON>
        do { links = try await builder.requester.json(call) } catch {
            if case .cancelled = error { throw error }
            return nil
        }
        let list = links.value["d"]?["results"]?.arrayValue ?? links.value["value"]?.arrayValue
        let token = list?.compactMap { $0["DeltaToken"]?.stringValue }.max()
        return token.map { "\(service)/\(set)?!deltatoken='\($0)'" }
    }

    /// Warnings beside an answer; one problem, for it is the stream's.
    func problems(in headers: HTTPHeaders) -> [Page.Problem] {
        notices(in: headers, .warning).map { text in
            [Page.Problem(sourceID: builder.stream.key, reason: "notice", message: text)]
        } ?? []
    }

    /// What messages of a severity say that came with an answer; nil where there are none.
    private func notices(in headers: HTTPHeaders, _ severity: ODataNotice.Severity) -> String? {
        let notices = odata.noticeHeaders.compactMap { headers[$0] }.flatMap(ODataNotice.read)
            .filter { $0.severity == severity }
        return notices.isEmpty ? nil : notices.map(\.description).joined(separator: "; ")
    }

    // What is asked.

    private func headers(_ position: ODataPosition) -> [(String, String)] {
        var headers: [(String, String)] = []
        if version == 4 {
            // Without it large and exact numbers come as floating point.
            headers.append(("Accept", "application/json;IEEE754Compatible=true"))
            headers.append(("OData-MaxVersion", "4.01"))
        } else {
            // In JSON many services tell no deletions.
            let accept = position.isDelta ? "application/atom+xml, " : ""
            headers.append(("Accept", accept + "application/json"))
            headers.append(("MaxDataServiceVersion", "2.0"))
        }
        var preferences = ["odata.maxpagesize=\(position.portion ?? Limits.odataPageSize)"]
        if !position.isUntracked, !position.isDelta { preferences.append("odata.track-changes") }
        headers.append(("Prefer", preferences.joined(separator: ", ")))
        return headers
    }

    private func options(
        _ position: ODataPosition, _ set: ODataSchema.EntitySet?
    ) -> [(String, String)] {
        var options: [(String, String)] = []
        var conditions: [String] = []
        if let from = position.from, let modified,
            let literal = literal(from, set?.properties[modified])
        {
            // Equal too: the latest time may belong to records that were not seen.
            conditions.append("\(modified) ge \(literal)")
        }
        if position.isByKey, let set, !set.keys.isEmpty {
            let names = set.keys.map(\.name)
            options.append(("$orderby", names.joined(separator: ",")))
            options.append(("$top", "\(position.portion ?? Limits.odataPageSize)"))
            if let after = position.after, let behind = behind(after, set.keys) {
                conditions.append(behind)
            }
        }
        if !conditions.isEmpty {
            options.append(("$filter", conditions.joined(separator: " and ")))
        }
        return options
    }

    /// Of a date alone the whole day is read again.
    private func literal(_ date: Date, _ type: String?) -> String? {
        let type = type ?? (version == 4 ? "Edm.DateTimeOffset" : "Edm.DateTime")
        var text = instantText(date)
        if type == "Edm.Date" { text = String(text.prefix(10)) }
        return ODataLiteral.write(.string(text), type: type, version: version)
    }

    /// Whether the service can be asked for what is behind a key.
    func canAsk(behind key: JSON, _ set: ODataSchema.EntitySet?) -> Bool {
        set.flatMap { behind(key, $0.keys) } != nil
    }

    /// `(A gt 'x') or (A eq 'x' and B gt 'y')`; nil where a value cannot be written.
    private func behind(_ after: JSON, _ keys: [ODataSchema.Key]) -> String? {
        var alternatives: [String] = []
        var equal: [String] = []
        for key in keys {
            guard let value = after[key.name],
                let literal = ODataLiteral.write(value, type: key.type, version: version)
            else { return nil }
            alternatives.append(
                "(" + (equal + ["\(key.name) gt \(literal)"]).joined(separator: " and ") + ")")
            equal.append("\(key.name) eq \(literal)")
        }
        return "(" + alternatives.joined(separator: " or ") + ")"
    }

    /// A filter of the definition and one of ours hold both.
    private func with(_ options: [(String, String)], _ call: Call) -> Call {
        var url = call.url
        for (name, value) in options {
            let encoded = PercentEncoding.segment(value)
            if name == "$filter", let own = url.firstRange(of: "$filter=") {
                let end = url[own.upperBound...].firstIndex(of: "&") ?? url.endIndex
                let condition = url[own.upperBound..<end]
                url.replaceSubrange(
                    own.upperBound..<end, with: "%28\(condition)%29%20and%20\(encoded)")
            } else {
                url += (url.contains("?") ? "&" : "?") + "\(name)=\(encoded)"
            }
        }
        return Call(
            call.method, url: url, headers: call.headers, body: call.body, scope: call.scope)
    }

    // What is known.

    private var keyNames: [String]? {
        values["key"]?.split(separator: ",").map(String.init)
    }

    /// As the schema has it, or as the connector says.
    func entitySet() async throws(ConnectorError) -> ODataSchema.EntitySet? {
        guard let name = values[builder.reader.definition.scopes.variable] else { return nil }
        let schema = try await builder.reader.schemas.schema(
            of: try await service(), builder.requester, scope: builder.stream.scope)
        if let set = schema?.sets[name] { return set }
        return keyNames.map { names in
            ODataSchema.EntitySet(
                name: name, keys: names.map { .init(name: $0, type: "Edm.String") })
        }
    }

    /// A record, or part of one, with the rest of its expanded collections that go on elsewhere.
    private func completed(
        _ item: ODataRecord, depth: Int
    ) async throws(ConnectorError) -> JSON {
        var payload = item.payload
        guard depth < Limits.expansionDepthMax else { return payload }
        for link in item.openLinks {
            let items = try await rest(behind: link.url, depth: depth + 1)
            payload = payload.appending(
                items, at: link.path.split(separator: "/").map(String.init)[...])
        }
        return payload
    }

    private func rest(behind link: String, depth: Int) async throws(ConnectorError) -> [JSON] {
        var items: [JSON] = []
        var next: String? = link
        var pages = 0
        let service = try await service()
        while let url = next {
            pages += 1
            guard pages <= Limits.listingPagesMax else { throw .endless(url: withoutQuery(url)) }
            let call = Call(
                url: try await own(url, service), headers: headers(.untracked),
                scope: builder.stream.scope)
            let answer = try await answer(call, nil, isPart: true)
            for item in answer.value.records {
                items.append(try await completed(item, depth: depth))
            }
            next = answer.value.next
        }
        return items
    }

    private func service() async throws(ConnectorError) -> String {
        try await builder.requester.base() + odata.service.expand(values)
    }

    private func path(of url: String) -> String? {
        url.firstRange(of: "://").flatMap { scheme in
            url[scheme.upperBound...].firstIndex(of: "/").map { String(url[$0...]) }
        }
    }
}

extension ODataRecord {
    fileprivate var withoutOpenCollections: JSON {
        let open = openLinks.compactMap { $0.path.split(separator: "/").first.map(String.init) }
        let members = payload.objectMembers?.pairs.filter { !open.contains($0.name) } ?? []
        return .object(JSON.Members(members))
    }
}

extension JSON {
    /// This value with more elements in a list within it; names and indices lead there.
    fileprivate func appending(_ items: [JSON], at path: ArraySlice<String>) -> JSON {
        guard let first = path.first else {
            return .array((arrayValue ?? []) + items)
        }
        if let index = Int(first), var elements = arrayValue, elements.indices.contains(index) {
            elements[index] = elements[index].appending(items, at: path.dropFirst())
            return .array(elements)
        }
        guard var members = objectMembers else { return self }
        members[first] = (members[first] ?? .array([])).appending(items, at: path.dropFirst())
        return .object(members)
    }
}
