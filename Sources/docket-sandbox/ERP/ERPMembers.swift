import JSON

/// The members of an entity as a client or a test writes them, as values of the table.
enum ERPMembers {
    /// - Throws: ``ControlError`` for a property that is not there or a value of another type.
    static func values(
        _ json: JSON, _ properties: [ERPProperty]
    ) throws(ControlError) -> [String: ERPValue] {
        guard let members = json.objectMembers else { throw ControlError("not a JSON object") }
        var values: [String: ERPValue] = [:]
        for pair in members.pairs {
            guard let property = properties.first(where: { $0.name == pair.name }) else {
                throw ControlError("unknown property \"\(pair.name)\"")
            }
            guard let value = value(pair.value, property.type) else {
                throw ControlError("\(pair.name) is not an Edm.\(property.type.rawValue)")
            }
            if let length = property.length, property.type == .string,
                (value.text?.count ?? 0) > length
            {
                throw ControlError("\(pair.name) is longer than \(length)")
            }
            values[pair.name] = value
        }
        return values
    }

    private static func value(_ json: JSON, _ type: EdmType) -> ERPValue? {
        guard !json.isNull else { return .null }
        switch type {
        case .string, .guid: return json.stringValue.map { .text($0) }
        case .boolean: return json.boolValue.map { .flag($0) }
        case .int32: return json.intValue.map { .number("\($0)") }
        case .decimal:
            if case .number(let digits) = json, ExactNumber(digits) != nil {
                return .number(digits)
            }
            guard let text = json.stringValue, ExactNumber(text) != nil else { return nil }
            return .number(text)
        case .time:
            let parts = (json.stringValue ?? "").split(separator: ":").compactMap { Int($0) }
            guard parts.count == 3, parts.allSatisfy({ (0..<60).contains($0) }), parts[0] < 24
            else { return nil }
            return .time(parts[0] * 3600 + parts[1] * 60 + parts[2])
        case .dateTime, .dateTimeOffset:
            guard let text = json.stringValue else { return nil }
            if let match = text.wholeMatch(of: /\/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\//) {
                return Int64(match.1).map { .moment($0 * 10_000) }
            }
            return ERPValue.ticks(text).map { .moment($0) }
        }
    }
}
