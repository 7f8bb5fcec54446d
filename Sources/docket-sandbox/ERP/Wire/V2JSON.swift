import JSON

/// Entities in the JSON of version 2 (MS-ODATA 2.2.6.3).
struct V2JSON: Sendable {
    let links: ERPLinks
    let namespace: String
    let hasTombstones: Bool
    /// Minutes behind a moment with a zone, four digits.
    let dateOffset: Int

    func page(_ page: ERPPage) -> JSON {
        var results = page.entities.map(entity)
        if hasTombstones {
            results += page.removals.map { removal in
                let uri = links.serviceURL + removal.path
                return ["__metadata": ["uri": .string(uri), "deleted": true]]
            }
        }
        var members: [(name: String, value: JSON)] = []
        if let count = page.count { members.append(("__count", .string("\(count)"))) }
        members.append(("results", .array(results)))
        if let next = page.next { members.append(("__next", .string(links.next(next)))) }
        if let delta = page.delta { members.append(("__delta", .string(links.next(delta)))) }
        return ["d": .object(JSON.Members(members))]
    }

    func entity(_ entity: ERPEntity) -> JSON {
        let uri = links.serviceURL + entity.path
        var metadata: [(name: String, value: JSON)] = [
            ("id", .string(uri)), ("uri", .string(uri)),
            ("type", .string("\(namespace).\(entity.set.typeName)")),
            ("etag", .string(entity.etag)),
        ]
        if let type = entity.mediaType {
            metadata += [
                ("content_type", .string(type)), ("media_src", .string(uri + "/$value")),
                ("edit_media", .string(uri + "/$value")),
            ]
        }
        var members: [(name: String, value: JSON)] = [
            ("__metadata", .object(JSON.Members(metadata)))
        ]
        members += entity.properties.map { ($0.property.name, value($0.value, $0.property.type)) }
        members += entity.neighbours.map { neighbour in
            let value: JSON
            switch neighbour.content {
            case .deferred:
                let deferred = "\(uri)/\(neighbour.navigation.name)"
                value = ["__deferred": ["uri": .string(deferred)]]
            case .one(let one): value = one.map(self.entity) ?? .null
            case .many(let many, let next):
                var members: [(name: String, value: JSON)] = [
                    ("results", .array(many.map(self.entity)))
                ]
                if let next { members.append(("__next", .string(links.next(next)))) }
                value = .object(JSON.Members(members))
            }
            return (neighbour.navigation.name, value)
        }
        return .object(JSON.Members(members))
    }

    func value(_ value: ERPValue, _ type: EdmType) -> JSON {
        switch value {
        case .null: .null
        case .text(let text): .string(text)
        case .number(let digits): type == .int32 ? .number(digits) : .string(digits)
        case .flag(let flag): .bool(flag)
        case .moment(let ticks):
            .string(
                "/Date(\(ERPValue.milliseconds(ticks))"
                    + (type == .dateTimeOffset ? offset : "") + ")/")
        case .time(let seconds):
            .string(Self.duration(seconds))
        }
    }

    static func duration(_ seconds: Int) -> String {
        let clock = ERPValue.clock(seconds)
        return "PT\(clock.hours)H\(clock.minutes)M\(clock.seconds)S"
    }

    private var offset: String {
        let digits = String(abs(dateOffset))
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        return (dateOffset < 0 ? "-" : "+") + zeros + digits
    }

    /// The same text with `\/` where a date has its slashes.
    static func escapingDates(_ bytes: [UInt8]) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        return Array(
            text.replacing(#""/Date("#, with: #""\/Date("#).replacing(#")/""#, with: #")\/""#).utf8)
    }
}
