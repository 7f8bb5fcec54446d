extension JSON {
    /// The member of that name; nil as well where this is no object.
    package subscript(name: String) -> JSON? { objectMembers?[name] }

    package var isNull: Bool { if case .null = self { true } else { false } }

    package var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

    package var stringValue: String? { if case .string(let text) = self { text } else { nil } }

    package var arrayValue: [JSON]? { if case .array(let values) = self { values } else { nil } }

    package var objectMembers: Members? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The number where it is a whole one that fits, `1.0` and `1e3` included; never rounded.
    package var intValue: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text) ?? Self.wholeNumber(text)
    }

    /// The nearest double; nil where the number is beyond all of them.
    package var doubleValue: Double? {
        guard case .number(let text) = self, let value = Double(text), value.isFinite else {
            return nil
        }
        return value
    }

    /// This object with the members of a partial one: what the partial does not name stays.
    ///
    /// A partial that is no object replaces everything, as in RFC 7396; but a null member is
    /// kept as a value, since endpoints report emptied properties so.
    package func merging(_ partial: JSON) -> JSON {
        guard case .object(let old) = self, case .object(let new) = partial else {
            return partial
        }
        var names = NameSet()
        for pair in old.pairs { names.append(pair.name, pair.value) }
        for pair in new.pairs { names.append(pair.name, pair.value) }
        return .object(Members(names.finish()))
    }

    private static func wholeNumber(_ text: String) -> Int? {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.lowercased().split(separator: "e", maxSplits: 1)
        guard let mantissa = parts.first, let exponent = Int(parts.count > 1 ? parts[1] : "0")
        else { return nil }
        let point = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = point.count > 1 ? point[1] : ""
        let digits = (point[0] + fraction).drop { $0 == "0" }
        guard !digits.isEmpty else { return 0 }
        let zeroCount = digits.reversed().prefix { $0 == "0" }.count
        // Int has 19 digits at most, and a number's text is far shorter than the bounds here.
        guard (-Limits.exponentMax...Limits.exponentMax).contains(exponent) else { return nil }
        let shift = exponent - fraction.utf8.count + zeroCount
        guard (0..<19).contains(shift) else { return nil }
        return Int(
            (isNegative ? "-" : "") + digits.dropLast(zeroCount)
                + String(repeating: "0", count: shift))
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }

    package init(booleanLiteral value: Bool) { self = .bool(value) }

    package init(integerLiteral value: Int) { self.init(value) }

    package init(floatLiteral value: Double) { self.init(value) }

    package init(nilLiteral: ()) { self = .null }

    package init(arrayLiteral elements: JSON...) { self = .array(elements) }

    package init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(Members(members.map { (name: $0.0, value: $0.1) }))
    }

    package init(_ value: some BinaryInteger) { self = .number(String(value)) }

    /// Null where the value is no finite number: JSON has no word for those.
    package init(_ value: Double) { self = value.isFinite ? .number("\(value)") : .null }
}
