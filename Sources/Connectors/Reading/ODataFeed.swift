import Domain
import FoundationEssentials
import HTTPClient
import JSON

/// Pages of an entity set.
///
/// Changes are asked for in the best way the service has: by its delta links; else by the
/// property that holds the time of the last change, from a little before the latest one; else
/// everything is read each time. Some services answer in pages and some with everything at once;
/// too much of that is asked for again in portions, in the order of the key. So are sets that
/// come in pages and without delta links: behind such pages often stands a count of rows to leave
/// out, and a row that is deleted meanwhile hides another, which would count as gone.
///
/// Source: OData 4.01 Protocol §8.2.8.10 (maxpagesize), §8.2.8.12 (track-changes), §11.3
/// (changes).
struct ODataFeed: PageFeed {
    let builder: RecordBuilder
    let odata: OData
    let query: ODataQuery

    init(builder: RecordBuilder, odata: OData) {
        (self.builder, self.odata) = (builder, odata)
        query = ODataQuery(builder: builder, odata: odata)
    }

    func startsAnew(at cursor: Cursor, now: Date) -> Bool {
        guard case .delta(let text) = cursor else { return false }
        let position = ODataPosition(text)
        if position.isDelta { return false }
        // Older systems do not have the property: everything is read then, and compared.
        guard query.modified != nil, position.high != nil else { return true }
        guard let reconcile = odata.reconcile, let begun = position.epochAt else { return false }
        return now.timeIntervalSince(begun) > reconcile / .seconds(1)
    }

    func page(at cursor: Cursor) async throws(ConnectorError) -> Page {
        var position = await position(at: cursor)
        do {
            return try await pageThatFits(&position)
        } catch .unexpected(let url, let reason) {
            guard let other = alternative(to: position, cursor) else {
                throw .unexpected(url: url, reason: reason)
            }
            let page = try await page(other)
            if other.isKeyBarred {
                await builder.reader.paging.note(.byLink, of: builder.stream.scope)
            }
            return page
        }
    }

    /// The page at a position, or at one that asks for less where that is too much.
    private func pageThatFits(_ position: inout ODataPosition) async throws(ConnectorError) -> Page
    {
        while true {
            do {
                return try await page(position)
            } catch .tooLarge(let url) {
                // Changes come as the service likes, but the whole can be had in portions.
                if position.isDelta { throw .expired(url: url, reason: "too many changes at once") }
                let keys = try await query.entitySet()?.keys ?? []
                guard !keys.isEmpty, let less = position.askingForLess() else {
                    throw .tooLarge(url: url)
                }
                position = less
            }
        }
    }

    /// Some refuse to be asked for what they do not have.
    private func alternative(to position: ODataPosition, _ cursor: Cursor) -> ODataPosition? {
        if position.isByKey, position.after == nil, position.link == nil {
            return position.beginningByLink()
        }
        guard cursor == .start, !position.isUntracked else { return nil }
        var other = position
        other.isUntracked = true
        return other
    }

    private func position(at cursor: Cursor) async -> ODataPosition {
        switch cursor {
        case .start:
            var position = ODataPosition()
            position.epochAt = builder.reader.surroundings.now()
            switch await builder.reader.paging.way(of: builder.stream.scope) {
            case .byKey: return position.beginningByKey()
            case .byLink: position.isKeyBarred = true
            case nil: break
            }
            return position
        case .next(let text): return ODataPosition(text)
        case .delta(let text):
            let position = ODataPosition(text)
            return position.isDelta ? position : position.nextRound(overlap: odata.overlap)
        }
    }

    private func page(_ position: ODataPosition) async throws(ConnectorError) -> Page {
        let now = builder.reader.surroundings.now
        let askedAt = now()
        let set = try await query.entitySet()
        let answer = try await query.answer(at: position, set)
        let (records, problems) = try await query.records(
            answer.value, isDelta: position.isDelta, set)
        var position = position
        if position.begunAt == nil {
            let answeredAt = now()
            position.begunAt = (answer.date(now: answeredAt) ?? answeredAt)
                .addingTimeInterval(askedAt.timeIntervalSince(answeredAt))
        }
        for record in records {
            guard let time = query.time(of: record.payload), time > position.high ?? .distantPast
            else { continue }
            position.high = time
        }
        return Page(
            records: records, problems: problems + query.problems(in: answer.headers),
            cursor: try await next(position, answer, set))
    }

    private func next(
        _ position: ODataPosition, _ answer: Answer<ODataAnswer>, _ set: ODataSchema.EntitySet?
    ) async throws(ConnectorError) -> Cursor {
        var position = position
        if position.isByKey, let last = answer.value.records.last {
            guard let key = query.key(of: last.payload, set), key != position.after,
                query.canAsk(behind: key, set)
            else {
                // Nothing can be asked for behind it, or the service does not heed that.
                await builder.reader.paging.note(.byLink, of: builder.stream.scope)
                return .next(position.beginningByLink().text)
            }
            (position.after, position.link) = (key, nil)
            return .next(position.text)
        }
        if let next = answer.value.next {
            let link = try await query.own(next, answer.url)
            guard link != position.link else { throw .endless(url: builder.stream.name) }
            (position.link, position.hasLinks) = (link, true)
            return .next(position.text)
        }
        // One that belongs to a part of the set tells the changes of that part alone.
        let isWhole = !position.isByKey && position.from == nil
        if isWhole, let delta = answer.value.delta {
            position.link = try await query.own(delta, answer.url)
            position.isDelta = true
            return .delta(position.text)
        }
        if position.isDelta {
            throw .expired(
                url: withoutQuery(answer.url), reason: "changes without a link to later ones")
        }
        position.link = nil
        if isWhole, !position.isUntracked, let link = try await query.separateLink(answer) {
            position.link = link
            position.isDelta = true
            return .delta(position.text)
        }
        let canGoByKey = !position.isByKey && !position.isKeyBarred && set?.keys.isEmpty == false
        if position.hasLinks, canGoByKey {
            await builder.reader.paging.note(.byKey, of: builder.stream.scope)
            return .next(position.beginningByKey().text)
        }
        return .delta(position.text)
    }
}
