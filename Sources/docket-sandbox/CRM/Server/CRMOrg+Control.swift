import HTTPServer
import JSON

/// What a test or a rehearsal asks of the org behind its back: `/sandbox/crm/...`.
extension CRMOrg {
    /// - Throws: ``ControlError`` where the request names nothing that can be done.
    mutating func control(
        _ request: HTTPRequest, _ path: [String], _ body: JSON, now: Timestamp
    ) throws(ControlError) -> JSON {
        switch (request.method, path.first ?? "", path.count) {
        case ("GET", "state", 1): return state(now)
        case ("GET", "switches", 1): return switches.json
        case ("POST", "switches", 1):
            try switches.set(body)
            return switches.json
        case ("DELETE", "switches", 1):
            switches = CRMSwitches()
            return switches.json
        case ("POST", "expire-sessions", 1):
            sessions.expireAll()
            return [:]
        case ("POST", "reset-quota", 1):
            sessions.resetUse()
            return [:]
        case ("POST", "hide", 1): return try hide(body, now)
        case ("POST", "generate", 1): return try generate(body, now)
        case ("POST", "files", 1): return try storeFile(body, now)
        case ("POST", "attachments", 1): return try attach(body, now)
        case (_, "records", 2...): return try records(request, path, body, now)
        default:
            throw ControlError(
                "no \(request.method) /sandbox/crm/\(path.joined(separator: "/"))", status: 404)
        }
    }

    private mutating func state(_ now: Timestamp) -> JSON {
        let objects = CRMSchema.objects.indices.map { number -> JSON in
            let records = data.tables[number].records
            return [
                "object": .string(CRMSchema.objects[number].name),
                "live": JSON(records.count { $0.isLive }),
                "deleted": JSON(records.count { $0.isDeleted && !$0.isPurged }),
                "purged": JSON(records.count { $0.isPurged }),
                "held": JSON(records.count { $0.isHeld }),
            ]
        }
        return [
            "objects": .array(objects), "sessions": JSON(sessions.count),
            "locators": JSON(cursors.count), "quota_used": JSON(sessions.used(switches, now: now)),
            "jobs": .array(jobs.map { $0.json(isWhole: true) }), "switches": switches.json,
            "hidden": .array(data.hidden.sorted().map { .string($0) }),
        ]
    }

    private func object(_ name: String) throws(ControlError) -> Int {
        guard let number = CRMSchema.number(of: name) else {
            throw ControlError("no object \"\(name)\"", status: 404)
        }
        return number
    }

    /// A record of any object that was ever made, by either form of its id.
    private func record(_ text: String, of object: Int? = nil) throws(ControlError) -> String {
        guard let id = CRMID.short(text), let place = data.place(of: id),
            object == nil || object == place.object
        else { throw ControlError("no record \"\(text)\"", status: 404) }
        return id
    }

    private mutating func hide(_ body: JSON, _ now: Timestamp) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["object", "field", "hidden"])
        let number = try object(try fields.required("object"))
        let name = try fields.required("field")
        guard let field = CRMSchema.objects[number].field(name), field.kind != .id else {
            throw ControlError("no field \"\(name)\" that could be hidden", status: 404)
        }
        data.hide(field, of: number, try fields.flag("hidden") ?? true, now: now)
        return ["hidden": .array(data.hidden.sorted().map { .string($0) })]
    }

    // Records

    private mutating func records(
        _ request: HTTPRequest, _ path: [String], _ body: JSON, _ now: Timestamp
    ) throws(ControlError) -> JSON {
        let number = try object(path[1])
        switch (request.method, path.count, path.count > 3 ? path[3] : "") {
        case ("GET", 2, _):
            return .array(
                data.tables[number].records.prefix(Limits.crmListedMax).map { summary($0, number) })
        case ("POST", 2, _): return try create(number, body, now)
        case ("GET", 3, _): return try summary(record(path[2], of: number))
        case ("PATCH", 3, _):
            let fields = try ControlFields(body, known: ["fields", "system", "stamp_age"])
            let id = try record(path[2], of: number)
            data.update(
                id, try values(fields, number), now: now,
                bySystem: try fields.flag("system") ?? false)
            try restamp(id, fields, now)
            return try summary(id)
        case ("DELETE", 3, _):
            let id = try record(path[2], of: number)
            let age = request.queryItem("age").flatMap(Int64.init) ?? 0
            guard (0...Int64(Limits.switchMax)).contains(age) else {
                throw ControlError("age is out of range")
            }
            if request.queryItem("hard") == "true" {
                data.purge(id, now: now.advanced(by: -age))
            } else {
                data.delete(id, now: now.advanced(by: -age))
            }
            return try summary(id)
        case ("POST", 4, "undelete"):
            let id = try record(path[2], of: number)
            guard data.undelete(id, now: now) else {
                throw ControlError("the record is not in the recycle bin", status: 409)
            }
            return try summary(id)
        case ("POST", 4, "commit"):
            let id = try record(path[2], of: number)
            data.commit(id)
            return try summary(id)
        case ("POST", 4, "merge"):
            let fields = try ControlFields(body, known: ["loser"])
            let id = try record(path[2], of: number)
            data.merge(id, try record(try fields.required("loser"), of: number), now: now)
            return try summary(id)
        default: throw ControlError("no such control of records", status: 404)
        }
    }

    private mutating func create(
        _ number: Int, _ body: JSON, _ now: Timestamp
    ) throws(ControlError) -> JSON {
        let name = CRMSchema.objects[number].name
        guard !["ContentVersion", "ContentDocument", "Attachment"].contains(name) else {
            throw ControlError("use /sandbox/crm/files or /sandbox/crm/attachments")
        }
        let fields = try ControlFields(body, known: ["fields", "commit", "stamp_age"])
        guard data.tables[number].records.count < Limits.crmRecordsMax else {
            throw ControlError("more than \(Limits.crmRecordsMax) records")
        }
        let isCommitted = try fields.flag("commit") ?? true
        let id = data.create(number, try values(fields, number), now: now, isHeld: !isCommitted)
        try restamp(id, fields, now)
        return try summary(id)
    }

    private mutating func restamp(
        _ id: String, _ fields: ControlFields, _ now: Timestamp
    ) throws(ControlError) {
        guard let age = try fields.number("stamp_age", in: 0...Limits.switchMax) else { return }
        data.restamp(id, now.advanced(by: -Int64(age)))
    }

    private func summary(_ id: String) throws(ControlError) -> JSON {
        guard let (object, row) = data.place(of: id) else {
            throw ControlError("no record \"\(id)\"", status: 404)
        }
        return summary(data.tables[object][row], object)
    }

    private func summary(_ record: CRMRecord, _ number: Int) -> JSON {
        let object = CRMSchema.objects[number]
        let name = object.nameField.flatMap { data.value($0, of: record, number).text }
        return [
            "id": .string(CRMID.full(record.id)), "name": name.map { .string($0) } ?? .null,
            "stamp": .string(record.stamp.iso()), "deleted": .bool(record.isDeleted),
            "purged": .bool(record.isPurged), "held": .bool(record.isHeld),
        ]
    }

    private func values(
        _ fields: ControlFields, _ number: Int
    ) throws(ControlError) -> [String: CRMValue] {
        var values: [String: CRMValue] = [:]
        let object = CRMSchema.objects[number]
        for (name, json) in (fields.json["fields"] ?? [:]).objectMembers?.pairs ?? [] {
            guard let field = object.field(name), case .slot = field.source,
                let value = Self.value(json, field)
            else { throw ControlError("no field \"\(name)\", or not with such a value") }
            values[field.name] = value
        }
        return values
    }

    static func value(_ json: JSON, _ field: CRMField) -> CRMValue? {
        if json.isNull { return .null }
        switch field.kind {
        case .boolean: return json.boolValue.map { .flag($0) }
        case .int, .double, .currency: return json.doubleValue.map { .number($0) }
        case .reference: return json.stringValue.flatMap { CRMID.short($0) }.map { .id($0) }
        case .datetime:
            return json.stringValue.flatMap { CRMTime.parse($0) }.map { .moment($0) }
        case .date: return json.stringValue.flatMap { CRMTime.isDay($0) ? .text($0) : nil }
        case .base64, .address, .id: return nil
        default: return json.stringValue.map { .text($0) }
        }
    }

    // Files

    private mutating func storeFile(_ body: JSON, _ now: Timestamp) throws(ControlError) -> JSON {
        let fields = try ControlFields(
            body, known: ["title", "path", "content", "document", "location", "description"])
        let content = Array((try fields.text("content") ?? "").utf8)
        guard content.count <= Limits.fileBytesMax else {
            throw ControlError("content is too long")
        }
        var file = CRMData.File(
            title: try fields.required("title"), path: try fields.required("path"), bytes: content)
        if let document = try fields.text("document") { file.document = try record(document) }
        if let location = try fields.text("location") { file.location = try record(location) }
        file.description = try fields.text("description")
        guard let id = data.store(file, now: now), let version = data.record(id),
            let number = CRMSchema.number(ofID: id),
            let document = data.value("ContentDocumentId", of: version, number).text
        else { throw ControlError("the file could not be stored") }
        return ["id": .string(CRMID.full(id)), "document": .string(CRMID.full(document))]
    }

    private mutating func attach(_ body: JSON, _ now: Timestamp) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["parent", "name", "content_type", "content"])
        let content = Array((try fields.text("content") ?? "").utf8)
        guard content.count <= Limits.fileBytesMax else {
            throw ControlError("content is too long")
        }
        let id = data.attach(
            content, name: try fields.required("name"),
            contentType: try fields.text("content_type") ?? "text/plain",
            to: try record(try fields.required("parent")), now: now)
        return ["id": id.map { .string(CRMID.full($0)) } ?? .null]
    }

    private mutating func generate(_ body: JSON, _ now: Timestamp) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["object", "count", "body_bytes", "seconds"])
        let number = try object(try fields.text("object") ?? "Case")
        let left = Limits.crmRecordsMax - data.tables[number].records.count
        guard left > 0, let count = try fields.number("count", in: 1...left) else {
            throw ControlError("count is missing")
        }
        guard Self.isGenerated(number) else { throw ControlError("no synthetic records of it") }
        generate(
            number, count: count,
            bodyBytes: try fields.number("body_bytes", in: 0...Limits.bodyBytesMax) ?? 2500,
            seconds: try fields.number("seconds", in: 0...Limits.switchMax) ?? 0, now: now)
        return ["records": JSON(data.tables[number].records.count { $0.isLive })]
    }
}
