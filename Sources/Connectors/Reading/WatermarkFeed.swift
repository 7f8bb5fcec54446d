import Domain
import FoundationEssentials
import HTTPClient
import JSON

/// Pages in the order of each record's last change, from a little before the last known one.
///
/// Records of one time are told apart by their ids, so that a page may end among them; what was
/// committed late is found by reading an overlap again; what was deleted comes from the records
/// themselves or from a list of its own.
struct WatermarkFeed: PageFeed {
    let builder: RecordBuilder
    let watermark: Watermark
    private let describer: Describer

    init(builder: RecordBuilder, watermark: Watermark) {
        (self.builder, self.watermark) = (builder, watermark)
        describer = Describer(builder: builder)
    }

    func startsAnew(at cursor: Cursor, now: Date) -> Bool {
        guard case .delta(let text) = cursor, let reconcile = watermark.reconcile,
            let begun = WatermarkPosition(text).epochAt
        else { return false }
        return now.timeIntervalSince(begun) > reconcile / .seconds(1)
    }

    func page(at cursor: Cursor) async throws(ConnectorError) -> Page {
        let export = ExportReader(builder: builder, describer: describer)
        var position = await position(at: cursor, export)
        if position.deletedTo != nil { return try await deletions(position) }
        if position.begunAt == nil, let part = try await export.page(&position) {
            guard let endedAt = part.endedAt else {
                return Page(
                    records: part.records, problems: part.problems, cursor: .next(position.text))
            }
            let values = try await describer.values()
            return Page(
                records: part.records, cursor: ended(position, values, now: endedAt))
        }
        for _ in 0..<Limits.describesMax {
            do {
                return try await records(position)
            } catch .lostPlace {
                position.link = nil
            } catch .changedMembers {
                await describer.forget()
                position.link = nil
            }
        }
        return try await records(position)
    }

    private func position(at cursor: Cursor, _ export: ExportReader) async -> WatermarkPosition {
        switch cursor {
        case .start:
            var position = WatermarkPosition()
            position.epochAt = builder.reader.surroundings.now()
            return position
        case .next(let text): return WatermarkPosition(text)
        case .delta(let text):
            let ended = WatermarkPosition(text)
            // All it gave is filed.
            await export.remove(ended.job)
            return ended.nextRound(overlap: watermark.overlap)
        }
    }

    private func records(_ position: WatermarkPosition) async throws(ConnectorError) -> Page {
        var position = position
        let requester = builder.requester
        let base = try await requester.base()
        var values = builder.values
        for (name, value) in try await describer.values() { values[name] = value }
        values["from"] = position.from
        values["at"] = position.at
        values["after"] = position.after.map(watermark.quoting.escaped)
        var call = Call(builder.feed.request, base: base, values, scope: builder.stream.scope)
        if let link = position.link {
            // As it is: what the request asked for, in its headers too, the endpoint remembers.
            call = Call(url: link, scope: call.scope)
        } else {
            call = (position.place ?? Place()).asked(call, builder.feed.paging)
        }
        let (format, list, paging) = (
            builder.feed.format, builder.feed.records, builder.feed.paging
        )
        let answer = try await requester.send(call) { (response) throws(Unreadable) in
            try RecordList.read(response, format: format, at: list, paging: paging)
        }
        let begunAt = position.begunAt ?? date(of: answer)
        position.begunAt = begunAt
        position.deletedFrom = position.deletedFrom ?? begunAt
        let batch = try builder.batch(
            answer.value.items, texts: answer.value.texts, url: answer.url)
        try pass(answer.value.items, &position, begunAt, values, url: answer.url)
        return Page(
            records: batch.records, containers: batch.containers,
            cursor: try next(position, answer, values))
    }

    /// Moves the position behind a page.
    ///
    /// What a link leads to is what the query found when it was made, in its order, but as it is
    /// now: a record that has changed since stands where it stood, with a later time. So only a
    /// record that was last changed well before tells where in the order the page ends.
    private func pass(
        _ items: [JSON], _ position: inout WatermarkPosition, _ begunAt: Date,
        _ values: [String: String], url: String
    ) throws(ConnectorError) {
        let isLinked = position.link != nil
        let settledAt = begunAt.addingTimeInterval(-(watermark.overlap / .seconds(1)))
        let path = watermark.path.complete(values).flatMap(Path.init)
        for item in items.reversed() {
            guard let time = path?.first(in: item)?.scalarText, let date = Timestamp(time)?.date,
                let id = builder.feed.id.first(in: item)?.scalarText
            else {
                throw .unexpected(
                    url: withoutQuery(url),
                    reason: "a record without a time at `\(watermark.path.text)`")
            }
            position.see(time, noLaterThan: begunAt)
            // Where places lead on, the records of a page need not be in any order.
            if builder.feed.paging.hasPlaces { continue }
            if !isLinked || date < settledAt { return position.pass(time, id) }
        }
    }

    private func next(
        _ position: WatermarkPosition, _ answer: Answer<RecordList>, _ values: [String: String]
    ) throws(ConnectorError) -> Cursor {
        var position = position
        if builder.feed.paging.hasPlaces {
            var place = position.place ?? Place()
            let isOnward = place.pass(answer.value, builder.feed.paging)
            guard isOnward else { return ended(position, values, now: date(of: answer)) }
            guard place != position.place else { throw .endless(url: builder.stream.name) }
            position.place = place
            return .next(position.text)
        }
        if let link = answer.value.next {
            let keptLink = try kept(link, from: answer.url)
            guard keptLink != position.link else { throw .endless(url: builder.stream.name) }
            position.link = keptLink
            return .next(position.text)
        }
        position.link = nil
        // Without links the records behind the last one are asked for until there are none.
        if case .none = builder.feed.paging, !answer.value.items.isEmpty, asksBehindLast {
            return .next(position.text)
        }
        return ended(position, values, now: date(of: answer))
    }

    /// Whether the request can ask for less than all since a time.
    private var asksBehindLast: Bool {
        builder.feed.request.names.contains { $0 == "at" || $0 == "after" }
    }

    /// The end of a round, or what is left to be asked: which records were deleted.
    private func ended(
        _ position: WatermarkPosition, _ values: [String: String], now: Date
    ) -> Cursor {
        var position = position
        guard let deleted = watermark.deleted, let from = position.deletedFrom,
            deleted.when.map({ values[$0] != nil }) ?? true,
            now.timeIntervalSince(from) >= deleted.interval / .seconds(1)
        else { return .delta(position.text) }
        position.deletedTo = now
        return .next(position.text)
    }

    private func deletions(_ position: WatermarkPosition) async throws(ConnectorError) -> Page {
        guard let deleted = watermark.deleted, let from = position.deletedFrom,
            let end = position.deletedTo
        else {
            return Page(records: [], cursor: .delta(position.text))
        }
        let requester = builder.requester
        var values = builder.values
        values["start"] = instantText(from)
        values["end"] = instantText(end)
        let call = Call(
            deleted.request, base: try await requester.base(), values,
            scope: builder.stream.scope)
        let answer = try await requester.json(call)
        if let earliest = deleted.earliest?.first(in: answer.value)?.scalarText
            .flatMap({ Timestamp($0)?.date }), earliest > from
        {
            // Nobody can say any more what was deleted before that.
            throw .expired(
                url: withoutQuery(answer.url),
                reason: "deletions are remembered since \(instantText(earliest)) only")
        }
        guard let items = deleted.records.first(in: answer.value)?.arrayValue else {
            throw .unexpected(
                url: withoutQuery(answer.url), reason: "no list at `\(deleted.records)`")
        }
        let records = items.compactMap { item in
            deleted.id.first(in: item)?.scalarText.map { id in
                Record(
                    sourceID: builder.sourceID(of: id), key: id, change: .removed, payload: item)
            }
        }
        var position = position
        position.deletedTo = nil
        if let covered = deleted.covered.first(in: answer.value)?.scalarText
            .flatMap({ Timestamp($0)?.date })
        {
            position.deletedFrom = max(from, covered)
        }
        return Page(records: records, cursor: .delta(position.text))
    }

    /// By the endpoint's own clock where it has one.
    private func date<Value>(of answer: Answer<Value>) -> Date {
        let now = builder.reader.surroundings.now()
        return answer.date(now: now) ?? now
    }
}

extension Watermark.Quoting {
    /// A text as it stands between quotes.
    func escaped(_ text: String) -> String {
        switch self {
        case .backslash:
            text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        case .doubled: text.replacing("'", with: "''")
        }
    }
}
