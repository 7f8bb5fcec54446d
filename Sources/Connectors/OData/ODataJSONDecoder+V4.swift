import JSON

// Version 4: annotations beside the properties, their names with an `@`.
extension ODataJSONDecoder {
    func newAnswer(_ root: JSON, _ members: JSON.Members) throws(ODataError) -> ODataAnswer {
        var answer = ODataAnswer()
        let context = annotation("context", members)?.stringValue
        let isSingle = context?.hasSuffix("/$entity") ?? false
        var entities = [root]
        if !isSingle, let values = members["value"] {
            guard let values = values.arrayValue else {
                throw .malformed("`value` is no array of entities")
            }
            entities = values
            answer.next = try link(annotation("nextLink", members), context)
            answer.delta = try link(annotation("deltaLink", members), context)
        }
        for (index, entity) in entities.enumerated() {
            guard let record = try newRecord(entity, index, context) else { continue }
            if !ODataChange.isBeforeImage(record.payload) { answer.records.append(record) }
        }
        return answer
    }

    private func link(_ value: JSON?, _ context: String?) throws(ODataError) -> String? {
        guard let text = value?.stringValue, !text.isEmpty else { return nil }
        return try place.absolute(text, base: context)
    }

    /// Nil for a change of a link between entities, which is no entity.
    private func newRecord(
        _ entity: JSON, _ index: Int, _ context: String?
    ) throws(ODataError) -> ODataRecord? {
        guard let members = entity.objectMembers else {
            throw .malformed("record \(index) is no object")
        }
        let own = annotation("context", members)?.stringValue
        if own?.hasSuffix("/$link") ?? false || own?.hasSuffix("/$deletedLink") ?? false {
            return nil
        }
        let isTombstone = own?.hasSuffix("/$deletedEntity") ?? false
        let isRemoved = isTombstone || annotation("removed", members) != nil
        let base = own ?? context
        var links: [ODataRecord.OpenLink] = []
        var payload = try plain(entity, at: .root, base, &links)
        var address = annotation("id", members)?.stringValue
        if isTombstone {
            address = address ?? members["id"]?.stringValue
            payload = .object(JSON.Members())
        }
        return ODataRecord(
            key: try key(address: address, payload, version: 4, index: index),
            isRemoved: isRemoved || ODataChange.isRemoval(payload), payload: payload,
            openLinks: links)
    }

    /// The property that goes on elsewhere, where a name says so: `NAME@odata.nextLink`.
    private static func continued(_ name: String) -> String? {
        for ending in ["@odata.nextLink", "@nextLink"] where name.hasSuffix(ending) {
            let property = name.dropLast(ending.count)
            return property.isEmpty ? nil : String(property)
        }
        return nil
    }

    /// The value without annotations, nor the names of actions, which begin with `#`.
    private func plain(
        _ value: JSON, at path: ODataPath, _ base: String?, _ links: inout [ODataRecord.OpenLink]
    ) throws(ODataError) -> JSON {
        switch value {
        case .array(let values):
            var elements: [JSON] = []
            elements.reserveCapacity(values.count)
            for (index, value) in values.enumerated() {
                elements.append(try plain(value, at: path.adding(index), base, &links))
            }
            return .array(elements)
        case .object(let members):
            var pairs: [(name: String, value: JSON)] = []
            for pair in members.pairs where !pair.name.contains("@") && !pair.name.hasPrefix("#") {
                pairs.append(
                    (pair.name, try plain(pair.value, at: path.adding(pair.name), base, &links)))
            }
            for pair in members.pairs {
                guard let name = Self.continued(pair.name), let url = try link(pair.value, base)
                else { continue }
                links.append(try path.adding(name).openLink(url))
            }
            return .object(JSON.Members(pairs))
        default: return value
        }
    }
}
