extension Form {
    /// How ``init(text:)`` wants its fields.
    package static let textHelp = "NAME:KIND,... with KIND \(Kind.textHelp)"

    /// Reads a form as a person writes it in one line: `name:string(40),state:enum(open|done)`.
    ///
    /// - Parameter text: Fields as ``textHelp`` says; those without a bound get
    ///   ``Limits/formTextScalarsDefault`` and ``Limits/formItemsDefault``.
    /// - Throws: ``InferenceError/invalidRequest(reason:)``, naming the field.
    package init(text: String) throws(InferenceError) {
        var fields: [Field] = []
        for part in Self.parts(text) {
            guard let colon = part.firstIndex(of: ":"),
                let kind = Kind(text: part[part.index(after: colon)...])
            else {
                throw .invalidRequest(
                    reason: "field \(String(part).excerpt) has no kind; write \(Self.textHelp)")
            }
            fields.append(Field(String(part[..<colon]), kind))
        }
        try self.init(fields)
    }

    /// What stands between commas, but for those in parentheses.
    private static func parts(_ text: String) -> [Substring] {
        var depth = 0
        return text.split(omittingEmptySubsequences: false) { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            return character == "," && depth == 0
        }
    }
}

extension Form.Kind {
    /// How ``init(text:)`` wants it.
    package static let textHelp =
        "string, string(MAX), integer, number, boolean or enum(A|B|...); "
        + "string and enum with [] or [MAX] are arrays"

    /// Reads a kind as a person writes it, such as `string(40)` or `enum(open|done)[2]`.
    ///
    /// - Parameter text: As ``textHelp`` says, nil for anything else; those without a bound get
    ///   ``Limits/formTextScalarsDefault`` and ``Limits/formItemsDefault``.
    package init?(text: some StringProtocol) {
        guard let kind = Self.kind(Substring(text)) else { return nil }
        self = kind
    }

    private static func kind(_ text: Substring) -> Self? {
        var text = text
        var items: Int?
        if text.hasSuffix("]") {
            guard let open = text.lastIndex(of: "[") else { return nil }
            let number = text[text.index(after: open)...].dropLast()
            guard let count = number.isEmpty ? Limits.formItemsDefault : Int(number) else {
                return nil
            }
            items = count
            text = text[..<open]
        }
        var argument: Substring?
        if text.hasSuffix(")") {
            guard let open = text.firstIndex(of: "(") else { return nil }
            argument = text[text.index(after: open)...].dropLast()
            text = text[..<open]
        }
        switch (text, argument, items) {
        case ("integer", nil, nil): return .integer
        case ("number", nil, nil): return .number
        case ("boolean", nil, nil): return .boolean
        case ("string", _, _):
            guard let length = argument.map({ Int($0) }) ?? Limits.formTextScalarsDefault else {
                return nil
            }
            return items.map { .strings(maxLength: length, maxItems: $0) }
                ?? .string(maxLength: length)
        case ("enum", .some(let list), _):
            let values = list.split(separator: "|").map(String.init)
            return items.map { .choices(values, maxItems: $0) } ?? .choice(values)
        default: return nil
        }
    }
}

extension Limits {
    /// Scalars of a text whose length nobody bounds.
    package static let formTextScalarsDefault = 200
    /// Items of an array whose length nobody bounds.
    package static let formItemsDefault = 8
}
