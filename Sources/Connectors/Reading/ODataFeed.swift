import Domain
import FoundationEssentials
import HTTPClient
import JSON

/// Pages of an entity set.
///
/// Changes are asked for in the best way the service has: by its delta links; else by the
/// property that holds the time of the last change, from a little before the latest one; else
/// everything is read each time. Some services answer in pages and some with everything at once;
/// too much of that is asked for again in portions, in the order of the key.
///
/// Source: OData 4.01 Protocol §8.2.8.10 (maxpagesize), §8.2.8.12 (track-changes), §11.3 (changes).
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
        guard query.modified != nil else { return true }
        guard let reconcile = odata.reconcile, let begun = position.epochAt else { return false }
        return now.timeIntervalSince(begun) > reconcile / .seconds(1)
    }

    func page(at cursor: Cursor) async throws(ConnectorError) -> Page {
        let position = position(at: cursor)
        do {
            return try await page(position)
        } catch .tooLarge(let url) {
            guard position.link == nil, !position.isByKey else { throw .tooLarge(url: url) }
            var portions = position
            (portions.isByKey, portions.isUntracked) = (true, true)
            return try await page(portions)
        } catch .unexpected(let url, let reason) {
            // Some refuse to be asked for what they do not have.
            guard cursor == .start, !position.isUntracked else {
                throw .unexpected(url: url, reason: reason)
            }
            var untracked = position
            untracked.isUntracked = true
            return try await page(untracked)
        }
    }

    private func position(at cursor: Cursor) -> ODataPosition {
        switch cursor {
        case .start:
            var position = ODataPosition()
            position.epochAt = builder.reader.surroundings.now()
            return position
        case .next(let text): return ODataPosition(text)
        case .delta(let text):
            var position = ODataPosition(text)
            if !position.isDelta {
                position.from = position.high.map {
                    $0.addingTimeInterval(-(odata.overlap / .seconds(1)))
                }
                position.after = nil
            }
            return position
        }
    }

    private func page(_ position: ODataPosition) async throws(ConnectorError) -> Page {
        let answer = try await query.answer(at: position)
        var page = try await query.page(answer.value)
        var position = position
        for record in page.records {
            guard let time = query.time(of: record.payload), time > position.high ?? .distantPast
            else { continue }
            position.high = time
        }
        page.problems += query.notices(in: answer.headers)
        return Page(
            records: page.records, problems: page.problems,
            cursor: try await next(position, answer, page.records))
    }

    private func next(
        _ position: ODataPosition, _ answer: Answer<ODataAnswer>, _ records: [Record]
    ) async throws(ConnectorError) -> Cursor {
        var position = position
        if let next = answer.value.next {
            let link = try await query.own(next, answer.url)
            guard link != position.link else { throw .endless(url: builder.stream.name) }
            position.link = link
            return .next(position.text)
        }
        if let delta = answer.value.delta {
            position.link = try await query.own(delta, answer.url)
            position.isDelta = true
            return .delta(position.text)
        }
        if position.isDelta {
            throw .expired(
                url: withoutQuery(answer.url), reason: "changes without a link to later ones")
        }
        position.link = nil
        if position.isByKey, let last = records.last {
            position.after = query.key(of: last.payload)
            return .next(position.text)
        }
        if !position.isUntracked, let link = try await query.separateLink(answer) {
            position.link = link
            position.isDelta = true
        }
        return .delta(position.text)
    }
}
