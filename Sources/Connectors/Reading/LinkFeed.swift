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
        case .start: call = place.asked(first, builder.feed.paging)
        case .delta(let link): call = continuation(link, first)
        case .next(let text):
            if let known = Place(text) {
                place = known
                call = place.asked(first, builder.feed.paging)
            } else {
                call = continuation(text, first)
            }
        }
        let format = builder.feed.format
        let list = builder.feed.records
        let answer = try await requester.send(call) { (response) throws(Unreadable) in
            try RecordList.read(response, format: format, at: list, paging: builder.feed.paging)
        }
        let batch = try builder.batch(
            answer.value.items, texts: answer.value.texts, url: answer.url)
        var page = Page(
            records: batch.records, containers: batch.containers,
            cursor: try next(cursor, place, answer, base))
        page.concernsAll = batch.concernsAll
        return page
    }

    private func continuation(_ link: String, _ first: Call) -> Call {
        var call = Call(url: link, headers: first.headers, scope: first.scope)
        call.isContinuation = true
        return call
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
        case .page, .offset, .cursor, .cursorHeader:
            if place.pass(list, builder.feed.paging) { onward = place.text }
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
}
