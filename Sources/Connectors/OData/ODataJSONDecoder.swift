import JSON

/// Reads answers in JSON: what version they are in shows in their outermost names.
struct ODataJSONDecoder {
    let place: ODataPlace
    let set: ODataSchema.EntitySet?

    init(_ place: ODataPlace, _ set: ODataSchema.EntitySet?) {
        (self.place, self.set) = (place, set)
    }

    func answer(_ root: JSON) throws(ODataError) -> ODataAnswer {
        guard let members = root.objectMembers else {
            throw .notOData("a JSON text that is no object")
        }
        if let failure = ODataFailure(json: root), members["value"] == nil, members["d"] == nil {
            throw .refused(failure)
        }
        if let data = members["d"] { return try oldAnswer(data) }
        let isNew = members["value"]?.arrayValue != nil || annotation("context", members) != nil
        guard isNew else {
            let names = members.pairs.prefix(5).map(\.name).joined(separator: ", ")
            throw .notOData("a JSON object of \(ODataBody.words(names))")
        }
        return try newAnswer(root, members)
    }

    /// `@odata.name` as in 4.0, or `@name` as 4.01 allows.
    func annotation(_ name: String, _ members: JSON.Members) -> JSON? {
        members["@odata.\(name)"] ?? members["@\(name)"]
    }

    func key(
        address: String?, _ payload: JSON, version: Int, index: Int
    ) throws(ODataError) -> String {
        if let address, !address.isEmpty {
            return ODataKey.canonical(address, serviceURL: place.serviceURL)
        }
        guard place.needsKeys else { return "" }
        guard let set, let keys = ODataKey.predicate(set.keys, of: payload, version: version)
        else { throw .noKey(index: index) }
        return "\(set.name)(\(keys))"
    }
}
