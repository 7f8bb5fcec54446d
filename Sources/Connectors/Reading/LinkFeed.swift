import Domain
import FoundationEssentials
import HTTPClient
import JSON

/// Pages that lead to one another, and at the end a link to later changes or nothing.
///
/// Without such a link each pass reads everything, and what it does not show is gone.
struct LinkFeed: PageFeed {
    let builder: RecordBuilder
    /// Where the link to later changes is; nil where there is none.
    let delta: Path?

    func startsAnew(at cursor: Cursor, now: Date) -> Bool {
        if case .delta = cursor { delta == nil } else { false }
    }

    func page(at cursor: Cursor) async throws(ConnectorError) -> Page {
        let requester = builder.requester
        let base = try await requester.base()
        let first = Call(
            builder.feed.request, base: base, builder.values, scope: builder.stream.scope)
        var place = Place()
        var call = first
        switch cursor {
        case .start: call = try asked(first, place)
        case .delta(let link):
            call = Call(url: link, headers: first.headers, scope: first.scope)
        case .next(let text):
            if let known = Place(text) {
                place = known
                call = try asked(first, place)
            } else {
                call = Call(url: text, headers: first.headers, scope: first.scope)
            }
        }
        let format = builder.feed.format
        let list = builder.feed.records
        let answer = try await requester.send(call) { (response) throws(Unreadable) in
            try RecordList.read(response, format: format, at: list, paging: builder.feed.paging)
        }
        let batch = try builder.batch(answer.value.items, url: answer.url)
        var page = Page(
            records: batch.records, containers: batch.containers,
            cursor: try next(cursor, place, answer, base))
        page.concernsAll = batch.concernsAll
        return page
    }

    private func next(
        _ cursor: Cursor, _ place: Place, _ answer: Answer<RecordList>, _ base: String
    ) throws(ConnectorError) -> Cursor {
        let list = answer.value
        var place = place
        var onward: String?
        switch builder.feed.paging {
        case .none: break
        case .link, .linkHeader:
            onward = try list.next.map { (link) throws(ConnectorError) in
                let link = try kept(link, from: answer.url)
                // Now and not when it is followed: stored as the cursor it would end the stream.
                _ = try builder.requester.own(link, base)
                return link
            }
        case .page, .offset:
            if !list.items.isEmpty {
                place.page += 1
                place.offset += list.items.count
                onward = place.text
            }
        case .cursor, .cursorHeader:
            if let next = list.next, !next.isEmpty {
                place.cursor = next
                onward = place.text
            }
        }
        if let onward {
            guard cursor != .next(onward) else { throw .endless(url: builder.stream.name) }
            return .next(onward)
        }
        guard let delta else { return .delta("") }
        guard let link = list.link(delta) else {
            let names = [paginationName, "\(delta)"].compactMap(\.self)
            throw .unexpected(
                url: withoutQuery(answer.url),
                reason: "neither `\(names.joined(separator: "` nor `"))`")
        }
        let keptLink = try kept(link, from: answer.url)
        _ = try builder.requester.own(keptLink, base)
        return .delta(keptLink)
    }

    private var paginationName: String? {
        if case .link(let path) = builder.feed.paging { "\(path)" } else { nil }
    }

    /// The first request with the parameters of a place.
    private func asked(_ first: Call, _ place: Place) throws(ConnectorError) -> Call {
        let added: (name: String, value: String)? =
            switch builder.feed.paging {
            case .page(let parameter, let number): (parameter, "\(place.page + number)")
            case .offset(let parameter) where place.offset > 0: (parameter, "\(place.offset)")
            case .cursor(_, let parameter), .cursorHeader(_, let parameter):
                place.cursor.map { (parameter, $0) }
            case .offset, .none, .link, .linkHeader: nil
            }
        guard let added else { return first }
        let mark = first.url.contains("?") ? "&" : "?"
        let url = first.url + "\(mark)\(added.name)=\(PercentEncoding.segment(added.value))"
        return Call(
            first.method, url: url, headers: first.headers, body: first.body, scope: first.scope)
    }
}

/// Where a round stands that no link leads on.
private struct Place {
    /// Pages and records before it.
    var page = 0
    var offset = 0
    var cursor: String?

    init() {}

    /// - Parameter text: What ``text`` wrote; nil for a link.
    init?(_ text: String) {
        guard text.hasPrefix("{"), let json = try? JSON.parse(text) else { return nil }
        page = max(0, json["page"]?.intValue ?? 0)
        offset = max(0, json["offset"]?.intValue ?? 0)
        cursor = json["cursor"]?.stringValue
    }

    var text: String {
        var members: JSON.Members = .init([
            (name: "page", value: JSON(page)), (name: "offset", value: JSON(offset)),
        ])
        if let cursor { members["cursor"] = .string(cursor) }
        return JSON.object(members).serialized()
    }
}
