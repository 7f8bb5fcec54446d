import JSON

/// Entities in the JSON of version 4 (OData JSON Format 4.0 and 4.01).
struct V4JSON: Sendable {
    let links: ERPLinks
    /// Numbers as texts, so that nothing is rounded on its way.
    let hasTextNumbers: Bool
    /// Whether removals take the form of 4.01.
    let hasRemovedMember: Bool

    func page(_ page: ERPPage, set: ERPEntitySet, address: String) -> JSON {
        let context = "\(links.serviceURL)$metadata#\(address)"
        var members: [(name: String, value: JSON)] = [
            ("@odata.context", .string(page.isDelta ? context + "/$delta" : context)),
            ("@odata.metadataEtag", .string("W/\"20260115080000\"")),
        ]
        if let count = page.count { members.append(("@odata.count", JSON(count))) }
        let removals = page.removals.map { removal -> JSON in
            guard hasRemovedMember else {
                return [
                    "@odata.context": .string("\(context)/$deletedEntity"),
                    "id": .string(removal.path), "reason": "deleted",
                ]
            }
            return ["@removed": ["reason": "deleted"], "@id": .string(removal.path)]
        }
        members.append(("value", .array(page.entities.map(entity) + removals)))
        if let next = page.next {
            members.append(("@odata.nextLink", .string(links.next(next))))
        }
        if let delta = page.delta {
            members.append(("@odata.deltaLink", .string(links.next(delta))))
        }
        return .object(JSON.Members(members))
    }

    func single(_ entity: ERPEntity) -> JSON {
        let context = "\(links.serviceURL)$metadata#\(entity.set.name)/$entity"
        guard case .object(let members) = self.entity(entity) else { return .null }
        return .object(JSON.Members([("@odata.context", .string(context))] + members.pairs))
    }

    func entity(_ entity: ERPEntity) -> JSON {
        var members: [(name: String, value: JSON)] = [("@odata.etag", .string(entity.etag))]
        if let type = entity.mediaType {
            members += [
                ("@odata.mediaReadLink", .string(entity.path + "/$value")),
                ("@odata.mediaContentType", .string(type)),
            ]
        }
        members += entity.properties.map { ($0.property.name, value($0.value, $0.property.type)) }
        for neighbour in entity.neighbours {
            let name = neighbour.navigation.name
            switch neighbour.content {
            case .deferred: break
            case .one(let one): members.append((name, one.map(self.entity) ?? .null))
            case .many(let many, let next):
                members.append((name, .array(many.map(self.entity))))
                if let next {
                    members.append(("\(name)@odata.nextLink", .string(links.next(next))))
                }
            }
        }
        return .object(JSON.Members(members))
    }

    func value(_ value: ERPValue, _ type: EdmType) -> JSON {
        switch value {
        case .null: .null
        case .text(let text): .string(text)
        case .number(let digits):
            hasTextNumbers && type == .decimal ? .string(digits) : .number(digits)
        case .flag(let flag): .bool(flag)
        case .moment, .time: .string(Self.text(value, type))
        }
    }

    static func text(_ value: ERPValue, _ type: EdmType) -> String {
        switch value {
        case .moment(let ticks) where type == .dateTime:
            return String(ERPValue.iso(ticks).prefix(10))
        case .time(let seconds):
            let clock = ERPValue.clock(seconds)
            return "\(clock.hours):\(clock.minutes):\(clock.seconds)"
        default: return V2Atom.text(value, type)
        }
    }
}
