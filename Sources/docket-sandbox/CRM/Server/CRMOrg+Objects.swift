import HTTPServer
import JSON

/// What stands below `sobjects`.
extension CRMOrg {
    func objectList(_ request: CRMRequest) -> HTTPResponse {
        let describe = CRMDescription(hidden: data.hidden, base: request.base)
        let objects = CRMSchema.objects.map { describe.summary(of: $0) }
        return request.json([
            "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": .array(objects),
        ])
    }

    /// Answers `sobjects/NAME/...`.
    func object(_ request: CRMRequest) throws(CRMError) -> HTTPResponse {
        guard let number = CRMSchema.number(of: request.path[1]) else { throw .notFound }
        let object = CRMSchema.objects[number]
        let describe = CRMDescription(hidden: data.hidden, base: request.base)
        switch (request.path.count, request.path.last ?? "") {
        case (2, _):
            return request.json([
                "objectDescribe": describe.summary(of: object), "recentItems": [],
            ])
        case (3, "describe"): return description(number, describe, request)
        case (3, "deleted"), (3, "updated"):
            let feed = CRMReplication(data: data, switches: switches, object: number)
            return request.json(
                request.path[2] == "deleted"
                    ? try feed.deleted(request) : try feed.updated(request))
        case (3, let id): return try record(id, number, request)
        case (4, let field): return try content(request.path[2], field, number)
        default: throw .notFound
        }
    }

    private func description(
        _ number: Int, _ describe: CRMDescription, _ request: CRMRequest
    ) -> HTTPResponse {
        let changedAt = data.describedAt[number]
        let headers = [("Last-Modified", changedAt.httpDate)]
        if let header = request.request.header("if-modified-since"),
            let since = CRMTime.parse(httpDate: header), changedAt <= since
        {
            return HTTPResponse(status: 304, headers: headers)
        }
        return request.json(describe.description(of: CRMSchema.objects[number]), headers: headers)
    }

    /// - Throws: ``CRMError`` NOT_FOUND or ENTITY_IS_DELETED.
    private func find(_ id: String, _ number: Int) throws(CRMError) -> CRMRecord {
        guard let short = CRMID.short(id), let (object, row) = data.place(of: short),
            object == number, !data.tables[object][row].isHeld
        else { throw .notFound }
        let record = data.tables[object][row]
        guard !record.isDeleted else { throw record.isPurged ? .notFound : .deleted }
        return record
    }

    private func record(
        _ id: String, _ number: Int, _ request: CRMRequest
    ) throws(CRMError) -> HTTPResponse {
        let record = try find(id, number)
        let object = CRMSchema.objects[number]
        let planner = SOQLPlanner(hidden: data.hidden)
        var names = object.fields.filter { planner.isVisible($0, of: object) }.map(\.name)
        if let fields = request.query("fields") {
            names = fields.split(separator: ",").map { String($0.filter { $0 != " " }) }
        }
        var query = SOQLQuery(text: names.joined(separator: ","))
        query.items = names.map { .path(SOQLToken(kind: .word, text: $0, column: 1)) }
        query.object = SOQLToken(kind: .word, text: object.name, column: 1)
        let plan = try planner.plan(query)
        guard let (_, row) = data.place(of: record.id) else { throw .notFound }
        var writer = CRMRowWriter(
            data, base: request.base, isAll: false, now: request.now, childPageSize: 1,
            hidesChildren: true, nextCursor: 0)
        writer.write(rows: CollectionOfOne(row), plan)
        return request.json(Array(writer.bytes.dropFirst().dropLast()))
    }

    /// The bytes of a file or an attachment.
    private func content(
        _ id: String, _ field: String, _ number: Int
    ) throws(CRMError) -> HTTPResponse {
        let object = CRMSchema.objects[number]
        guard let known = object.field(field), known.kind == .base64,
            SOQLPlanner(hidden: data.hidden).isVisible(known, of: object)
        else { throw .notFound }
        let record = try find(id, number)
        let type = data.value("FileType", of: record, number)
        guard type != .text("LINK"), let bytes = data.blobs[record.id] else { throw .notFound }
        let response = HTTPResponse(
            status: 200, headers: [("Content-Type", "application/octetstream")], body: bytes)
        return switches.fileBytes.map { response.truncated(after: $0) } ?? response
    }
}
