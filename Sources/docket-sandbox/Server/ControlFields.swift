import JSON

/// The members of a control request, read strictly: an unknown one is a mistake.
struct ControlFields {
    let json: JSON

    init(_ json: JSON, known: [String]) throws(ControlError) {
        guard let members = json.objectMembers else { throw ControlError("not a JSON object") }
        for pair in members.pairs where !known.contains(pair.name) {
            throw ControlError(
                "unknown member \"\(pair.name)\"; known: \(known.joined(separator: ", "))")
        }
        self.json = json
    }

    func text(_ name: String) throws(ControlError) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw ControlError("\(name) is not a text") }
        return text
    }

    func required(_ name: String) throws(ControlError) -> String {
        guard let text = try text(name) else { throw ControlError("\(name) is missing") }
        return text
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(ControlError) -> Int? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let number = value.intValue, range.contains(number) else {
            throw ControlError("\(name) is not a whole number in \(range)")
        }
        return number
    }

    func flag(_ name: String) throws(ControlError) -> Bool? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let flag = value.boolValue else { throw ControlError("\(name) is not true or false") }
        return flag
    }
}
