import JSON

/// The feeds of deletions and updates between two moments.
struct CRMReplication {
    let data: CRMData
    let switches: CRMSwitches
    /// Its number in the schema.
    let object: Int

    private struct Window {
        let start: Timestamp
        /// The end, or where the feed stands before it.
        let last: Timestamp
        /// The same without its seconds: until when the answer is complete.
        var covered: Timestamp { CRMTime.truncatedToMinute(last) }
    }

    /// - Throws: ``CRMError`` INVALID_REPLICATION_DATE or EXCEEDED_ID_LIMIT.
    func deleted(_ request: CRMRequest) throws(CRMError) -> JSON {
        let window = try window(request, reach: Limits.deletionWindow)
        let earliest = earliest(request.now)
        if switches.refusesEarlier, window.start < earliest {
            throw .replicationDate("startDate before the earliest date of the deletion log")
        }
        var deleted: [(at: Timestamp, id: String)] = []
        for record in data.tables[object].records where !record.isHeld {
            guard let at = record.deletedAt, window.start <= at, at <= window.last,
                at >= earliest
            else { continue }
            deleted.append((at, record.id))
        }
        try check(deleted.count)
        deleted.sort { ($0.at, $0.id) < ($1.at, $1.id) }
        let records = deleted.map { entry -> JSON in
            [
                "deletedDate": .string(CRMTime.json(entry.at)),
                "id": .string(CRMID.full(entry.id)),
            ]
        }
        return [
            "deletedRecords": .array(records),
            "earliestDateAvailable": .string(CRMTime.json(earliest)),
            "latestDateCovered": .string(CRMTime.json(window.covered)),
        ]
    }

    /// - Throws: ``CRMError`` INVALID_REPLICATION_DATE or EXCEEDED_ID_LIMIT.
    func updated(_ request: CRMRequest) throws(CRMError) -> JSON {
        let window = try window(request, reach: Limits.updateWindow)
        let ids = data.tables[object].records.filter { record in
            record.isLive && window.start <= record.stamp && record.stamp <= window.last
        }.map { JSON.string(CRMID.full($0.id)) }
        try check(ids.count)
        return [
            "ids": .array(ids), "latestDateCovered": .string(CRMTime.json(window.covered)),
        ]
    }

    private func check(_ count: Int) throws(CRMError) {
        guard count <= Limits.replicatedIDsMax else {
            throw CRMError(
                status: 400, code: "EXCEEDED_ID_LIMIT",
                message: "too many ids; narrow the time between start and end")
        }
    }

    private func earliest(_ now: Timestamp) -> Timestamp {
        let reach = CRMTime.truncatedToMinute(now.advanced(by: -Limits.deletionWindow))
        return max(reach, switches.earliestAvailable ?? reach)
    }

    /// Both ends without their seconds, which the vendor drops.
    private func window(
        _ request: CRMRequest, reach: Int64
    ) throws(CRMError) -> Window {
        guard CRMSchema.objects[object].isReplicateable else { throw .notFound }
        let start = try moment("start", request)
        let end = try moment("end", request)
        guard end.seconds - start.seconds > 60 else {
            throw .replicationDate("startDate must precede endDate by more than one minute")
        }
        guard start.seconds >= request.now.seconds - reach - 60 else {
            throw .replicationDate(
                "startDate is more than \(reach / 86_400) days ago: the records are not kept")
        }
        var last = min(end, request.now.advanced(by: -Int64(switches.replicationLag)))
        // A transaction that has not ended may yet bring records of its own time.
        let held = data.tables.flatMap { $0.records.filter(\.isHeld).map(\.stamp) }.min()
        if let held { last = min(last, held.advanced(by: -1)) }
        return Window(start: start, last: max(last, start))
    }

    private func moment(
        _ name: String, _ request: CRMRequest
    ) throws(CRMError) -> Timestamp {
        guard let text = request.query(name), let moment = CRMTime.parse(text) else {
            throw .replicationDate(
                "\(name): '\(request.query(name) ?? "")' is not a valid value for the type "
                    + "xsd:dateTime")
        }
        return CRMTime.truncatedToMinute(moment)
    }
}
