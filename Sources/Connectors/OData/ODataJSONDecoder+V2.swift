import JSON

// Version 2: everything within `d`, annotations within `__metadata`.
extension ODataJSONDecoder {
    func oldAnswer(_ data: JSON) throws(ODataError) -> ODataAnswer {
        var answer = ODataAnswer()
        let content = Self.unwrapped(data)
        var entities: [JSON] = []
        switch content {
        case .null: break
        case .array(let values): entities = values
        case .object(let members):
            if let results = members["results"], members["__metadata"] == nil {
                entities = results.arrayValue ?? (results.isNull ? [] : [results])
            } else {
                entities = [content]
            }
            answer.next = try link(members["__next"])
            answer.delta = try link(members["__delta"])
        default: throw .malformed("`d` is neither an object nor an array")
        }
        for (index, entity) in entities.enumerated() {
            let record = try oldRecord(entity, index)
            if !ODataChange.isBeforeImage(record.payload) { answer.records.append(record) }
        }
        return answer
    }

    /// A function's result stands within its name.
    private static func unwrapped(_ data: JSON) -> JSON {
        guard let members = data.objectMembers, members.pairs.count == 1,
            let pair = members.pairs.first, pair.name != "results"
        else { return data }
        let isResult =
            pair.value.arrayValue != nil || pair.value["__metadata"] != nil
            || pair.value["results"]?.arrayValue != nil
        return isResult ? pair.value : data
    }

    private func link(_ value: JSON?) throws(ODataError) -> String? {
        guard let text = value?.stringValue, !text.isEmpty else { return nil }
        return try place.absolute(text)
    }

    private func oldRecord(_ entity: JSON, _ index: Int) throws(ODataError) -> ODataRecord {
        guard entity.objectMembers != nil else {
            throw .malformed("record \(index) is no object")
        }
        let notes = entity["__metadata"]
        var links: [ODataRecord.OpenLink] = []
        let payload = try plain(entity, at: .root, &links)
        let address = notes?["uri"]?.stringValue ?? notes?["id"]?.stringValue
        return ODataRecord(
            key: try key(address: address, payload, version: 2, index: index),
            isRemoved: notes?["deleted"]?.boolValue == true || ODataChange.isRemoval(payload),
            payload: payload, openLinks: links)
    }

    /// The value without annotations; collections as arrays.
    ///
    /// The path is the place in the payload; the root is the entity itself.
    private func plain(
        _ value: JSON, at path: ODataPath, _ links: inout [ODataRecord.OpenLink]
    ) throws(ODataError) -> JSON {
        switch value {
        case .array(let values): return try plain(values, at: path, &links)
        case .object(let members):
            if !path.isRoot, members["__metadata"] == nil,
                let results = members["results"]?.arrayValue
            {
                if let url = try link(members["__next"]) {
                    links.append(try path.openLink(url))
                }
                return try plain(results, at: path, &links)
            }
            var pairs: [(name: String, value: JSON)] = []
            for pair in members.pairs where pair.name != "__metadata" {
                let inner = pair.value
                if inner["__deferred"] != nil || inner["__mediaresource"] != nil { continue }
                pairs.append((pair.name, try plain(inner, at: path.adding(pair.name), &links)))
            }
            return .object(JSON.Members(pairs))
        default: return value
        }
    }

    private func plain(
        _ values: [JSON], at path: ODataPath, _ links: inout [ODataRecord.OpenLink]
    ) throws(ODataError) -> JSON {
        var elements: [JSON] = []
        elements.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            elements.append(try plain(value, at: path.adding(index), &links))
        }
        return .array(elements)
    }
}
