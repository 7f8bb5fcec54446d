import JSON

/// What a test or a rehearsal asks of the ERP system behind its back.
extension ERPTenant {
    mutating func control(
        _ method: String, _ path: [String], _ body: JSON, now: Timestamp
    ) throws(ControlError) -> JSON {
        switch (method, path.first ?? "", path.count) {
        case ("GET", "state", 1): return state()
        case ("GET", "switches", 1): return switches.json
        case ("POST", "switches", 1):
            try switches.apply(body)
            return switches.json
        case ("POST", "token-lifetime", 1):
            let fields = try ControlFields(body, known: ["seconds"])
            guard let seconds = try fields.number("seconds", in: 0...Limits.tokenLifetimeMax) else {
                throw ControlError("seconds is missing")
            }
            gate.ledger.lifetime = seconds
            return ["seconds": JSON(seconds)]
        case ("POST", "unlock", 1):
            gate.unlock()
            return state()
        case ("POST", "close-sessions", 1):
            gate.closeSessions()
            return state()
        case ("POST", "generate", 1): return try generate(body, now)
        case (_, "entities", 3...4): return try entity(method, Array(path.dropFirst()), body, now)
        default:
            throw ControlError(
                "no \(method) /sandbox/erp/\(path.joined(separator: "/"))", status: 404)
        }
    }

    private func state() -> JSON {
        let services = ERPService.all.filter { $0.root.contains("/sap/opu/odata") }
        let described = services.map { service -> JSON in
            let sets = service.sets.map { set -> JSON in
                [
                    "name": .string(set.name),
                    "entities": JSON(set.view == nil ? tables[set.table].liveCount : 0),
                ]
            }
            return [
                "name": .string(service.name), "root": .string(service.root), "sets": .array(sets),
            ]
        }
        return [
            "services": .array(described), "sessions_opened": JSON(gate.openedCount),
            "sessions_open": JSON(gate.sessionCount), "requests": JSON(requestCount),
            "wrong_passwords": JSON(gate.wrongPasswordCount), "locked": .bool(gate.isLocked),
        ]
    }

    private mutating func generate(_ body: JSON, _ now: Timestamp) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["set", "count", "body_bytes"])
        let name = try fields.required("set")
        let set = ERPService.all.lazy.flatMap { $0.sets }.first {
            $0.view == nil && !$0.isMedia && $0.name == name.split(separator: "/").last ?? ""
        }
        guard let set else { throw ControlError("no set \"\(name)\" to fill", status: 404) }
        guard let count = try fields.number("count", in: 1...ERPLimits.generatedMax) else {
            throw ControlError("count is missing")
        }
        let bodyBytes = try fields.number("body_bytes", in: 0...Limits.bodyBytesMax)
        let hasText = set.properties.contains { $0.name == "LongText" }
        guard bodyBytes == nil || hasText else {
            throw ControlError("\(name) has no long text; A_SalesOrderText, for one, has")
        }
        for _ in 0..<count {
            generatedCount += 1
            tables[set.table].generate(generatedCount, bodyBytes: bodyBytes ?? 2500, at: now)
        }
        return ["entities": JSON(tables[set.table].liveCount)]
    }

    /// Creates, changes or deletes; the path is service, set and key.
    private mutating func entity(
        _ method: String, _ path: [String], _ body: JSON, _ now: Timestamp
    ) throws(ControlError) -> JSON {
        let (name, inner) = Self.key(inSet: path[1])
        guard let service = ERPService.all.first(where: { $0.name == path[0] }),
            let set = service.set(name), set.view == nil
        else { throw ControlError("no set \(path[0])/\(path[1])", status: 404) }
        let (members, media) = try Self.members(body, set)
        if method == "POST", path.count == 2, inner == nil {
            guard let row = tables[set.table].create(members, at: now, media: media) else {
                throw ControlError("the key is taken", status: 409)
            }
            return ["path": .string(address(set, row))]
        }
        let row = try row(inner ?? (path.count > 2 ? path[2] : ""), set)
        let address = address(set, row)
        switch method {
        case "PATCH": tables[set.table].update(row, members, at: now, media: media)
        case "DELETE": tables.delete(row, of: set.table, at: now)
        default: throw ControlError("no \(method) of an entity", status: 404)
        }
        return ["path": .string(address)]
    }

    /// `A_SalesOrderItem(SalesOrder='1',SalesOrderItem='10')` as the set and what is in its
    /// parentheses.
    private static func key(inSet text: String) -> (name: String, key: String?) {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return (text, nil) }
        return (String(text[..<open]), String(text[open...].dropFirst().dropLast()))
    }

    private func row(_ text: String, _ set: ERPEntitySet) throws(ControlError) -> Int {
        var key = [text.replacing("''", with: "'")]
        if text.hasPrefix("'") || text.contains("='") {
            do throws(ERPError) {
                let arguments = try ERPSegment.arguments(text)
                key = set.keyNames.map { name in
                    arguments.first { $0.name == name }?.value ?? arguments[0].value
                }
            } catch {
                throw ControlError(error.message)
            }
        }
        guard let row = tables[set.table].row(key) else {
            throw ControlError("no entity \(set.name)(\(text))", status: 404)
        }
        return row
    }

    /// The members of a body, and the bytes of a media entity, which `content` has as text.
    private static func members(
        _ body: JSON, _ set: ERPEntitySet
    ) throws(ControlError) -> (members: [String: ERPValue], media: [UInt8]?) {
        var rest = body
        var media: [UInt8]?
        if set.isMedia, case .object(var members) = body,
            let content = members["content"]?.stringValue
        {
            members["content"] = nil
            rest = .object(members)
            media = Array(content.utf8)
        }
        var members = try ERPMembers.values(rest, set.properties)
        if let media {
            guard media.count <= ERPLimits.attachmentBytesMax else {
                throw ControlError("content is too large")
            }
            members["FileSize"] = .text("\(media.count)")
        }
        return (members, media)
    }

    private func address(_ set: ERPEntitySet, _ row: Int) -> String {
        ERPAddress.path(set.name, set.keyNames, tables[set.table].key(row))
    }

    /// Every live entity of every set, under the path that its own link has.
    func truth() -> [JSON] {
        var truth: [JSON] = []
        for service in ERPService.all {
            for set in service.sets
            where set.view == nil || set.name == ERPExtraction.setName {
                let table = tables[set.table]
                for row in table.rows.indices where !table.rows[row].isDeleted {
                    truth.append([
                        "source_id": .string(address(set, row)),
                        "scope": .string("\(service.name)/\(set.name)"),
                        "title": .string(table.title(row)),
                        "text": text(of: row, set, table).map(JSON.string) ?? .null,
                    ])
                }
            }
        }
        return truth
    }

    /// The texts of an entity, a line each, or what its media say; nil for a view of others.
    private func text(of row: Int, _ set: ERPEntitySet, _ table: ERPTable) -> String? {
        guard set.view == nil else { return nil }
        // A PDF may be made of ASCII, and is not what it says.
        if set.isMedia, table.value(row, "MimeType").text?.hasPrefix("text/") != true { return nil }
        if set.isMedia { return table.media[row].flatMap { String(validating: $0, as: UTF8.self) } }
        return table.values(row).compactMap(\.text).joined(separator: "\n")
    }
}
