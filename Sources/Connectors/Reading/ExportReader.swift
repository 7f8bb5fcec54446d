import Domain
import FoundationEssentials
import HTTPClient
import JSON

/// Reads many records by a job of the endpoint, part by part.
///
/// The job's id is in the cursor, so that a crash goes on with it.
struct ExportReader: Sendable {
    let builder: RecordBuilder
    let describer: Describer

    struct Part {
        var records: [Record] = []
        /// Why there are none.
        var problems: [Page.Problem] = []
        /// By the endpoint's clock; nil: there is more.
        var endedAt: Date?
    }

    /// The next part; nil where the records are few, or there can be no job: page by page then, as
    /// behind a part that says that the job failed.
    func page(_ position: inout WatermarkPosition) async throws(ConnectorError) -> Part? {
        guard let export = builder.feed.export, !position.isExportBarred else { return nil }
        guard let job = position.job else { return try await begin(export, &position) }
        var values = builder.values
        values["job"] = job
        do {
            if position.locator == nil, let reason = try await failure(of: export, values) {
                _ = barred(&position)
                return Part(problems: [
                    Page.Problem(
                        sourceID: builder.stream.key, reason: "export",
                        message: "the export job failed, so records are read page by page: "
                            + quoted(reason))
                ])
            }
            return try await results(export, values, &position)
        } catch .missing {
            return barred(&position)
        }
    }

    /// Removes a job; one that stays goes by itself in time.
    func remove(_ job: String?) async {
        guard let job, let request = builder.feed.export?.remove,
            let base = try? await builder.requester.base()
        else { return }
        let values = builder.values.merging(["job": job]) { $1 }
        let call = Call(request, base: base, values, scope: builder.stream.scope)
        _ = try? await builder.requester.send(call) { _ in }
    }

    private func begin(
        _ export: Export, _ position: inout WatermarkPosition
    ) async throws(ConnectorError) -> Part? {
        let requester = builder.requester
        let base = try await requester.base()
        var values = builder.values.merging(try await describer.values()) { $1 }
        values["from"] = position.from
        guard try await isWanted(export, position, base, values) else { return nil }
        let created: Answer<JSON>
        do {
            created = try await requester.json(
                Call(export.create, base: base, values, scope: builder.stream.scope))
        } catch {
            // Some records cannot be had by a job, or not by everybody.
            switch error {
            case .unexpected, .forbidden, .missing, .changedMembers: return barred(&position)
            default: throw error
            }
        }
        guard let job = export.id.first(in: created.value)?.scalarText else {
            throw .unexpected(
                url: withoutQuery(created.url), reason: "a job without `\(export.id)`")
        }
        let now = builder.reader.surroundings.now()
        let begunAt = created.date(now: now) ?? now
        position.job = job
        position.high = instantText(begunAt)
        position.deletedFrom = position.deletedFrom ?? begunAt
        return Part()
    }

    /// Whether there are many records, or more names to ask for than an address has room for.
    private func isWanted(
        _ export: Export, _ position: WatermarkPosition, _ base: String, _ values: [String: String]
    ) async throws(ConnectorError) -> Bool {
        let address = builder.feed.request.address(base: base, values)
        if address.utf8.count > Limits.addressBytesMax { return true }
        guard position.from == nil else { return false }
        let count = try await builder.requester.json(
            Call(export.count, base: base, values, scope: builder.stream.scope))
        return export.countPath.first(in: count.value)?.intValue ?? 0 > export.over
    }

    private func barred(_ position: inout WatermarkPosition) -> Part? {
        if position.job != nil { position.high = position.from }
        (position.job, position.locator) = (nil, nil)
        position.isExportBarred = true
        return nil
    }

    /// Waits for the job.
    ///
    /// - Returns: Why it failed; nil where it is done.
    /// - Throws: ``ConnectorError/parked(until:reason:)`` where it takes long.
    private func failure(
        of export: Export, _ values: [String: String]
    ) async throws(ConnectorError) -> String? {
        let surroundings = builder.reader.surroundings
        var pause = Limits.exportPauseMin
        for _ in 0..<Limits.exportPollsMax {
            let answer = try await builder.requester.json(
                Call(
                    export.status, base: try await builder.requester.base(), values,
                    scope: builder.stream.scope))
            let state = export.state.first(in: answer.value)?.scalarText ?? ""
            if export.done.contains(state) { return nil }
            if export.failed.contains(state) {
                return export.message?.first(in: answer.value)?.scalarText ?? state
            }
            do { try await surroundings.sleep(pause) } catch { throw .cancelled }
            pause = min(pause * 2, Limits.exportPauseMax)
        }
        throw .parked(
            until: surroundings.now().addingTimeInterval(Limits.exportPauseMax / .seconds(1)),
            reason: "the export job is not done yet")
    }

    private func results(
        _ export: Export, _ values: [String: String], _ position: inout WatermarkPosition
    ) async throws(ConnectorError) -> Part {
        let requester = builder.requester
        var call = Call(
            export.results, base: try await requester.base(), values,
            scope: builder.stream.scope)
        if let locator = position.locator {
            let mark = call.url.contains("?") ? "&" : "?"
            call = Call(
                url: call.url + "\(mark)\(export.locatorParameter)="
                    + PercentEncoding.segment(locator),
                headers: call.headers, scope: call.scope)
        }
        let answer = try await requester.send(call) { (response) throws(Unreadable) in
            try CSVRecords.items(response.body)
        }
        let batch = try builder.batch(answer.value, url: answer.url)
        let next = answer.headers[export.locatorHeader]
        if let next, next != "null", !next.isEmpty {
            guard next != position.locator else { throw .endless(url: builder.stream.name) }
            position.locator = next
            return Part(records: batch.records)
        }
        position.locator = nil
        let now = builder.reader.surroundings.now()
        return Part(records: batch.records, endedAt: answer.date(now: now) ?? now)
    }
}
