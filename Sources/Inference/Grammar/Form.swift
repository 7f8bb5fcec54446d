/// What a reply must look like: a flat JSON object with these fields, in this order.
package struct Form: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let kind: Kind

        package init(_ name: String, _ kind: Kind) { (self.name, self.kind) = (name, kind) }
    }

    /// What a field holds.
    package enum Kind: Hashable, Sendable {
        /// Text of so many Unicode scalars at most, none of them a control character.
        case string(maxLength: Int)
        /// A whole number of ``Limits/formDigits`` digits at most.
        case integer
        /// A number with ``Limits/formFractionDigits`` digits after the point at most.
        case number
        case boolean
        /// One of these texts.
        case choice([String])
        /// Texts, none or more.
        case strings(maxLength: Int, maxItems: Int)
        /// Some of these texts, in any order; one may come twice.
        case choices([String], maxItems: Int)
    }

    package let fields: [Field]

    /// - Parameter fields: One to ``Limits/formFields``.
    /// - Throws: ``InferenceError/invalidRequest(reason:)``, naming field and limit.
    package init(_ fields: [Field]) throws(InferenceError) {
        try Self.check("fields", fields.count, 1...Limits.formFields)
        for field in fields {
            let name = "field \(field.name.excerpt)"
            try Self.checkText(field.name, "name of \(name)")
            switch field.kind {
            case .integer, .number, .boolean: break
            case .string(let length):
                try Self.check("maxLength of \(name)", length, 1...Limits.formTextScalars)
            case .strings(let length, let items):
                try Self.check("maxLength of \(name)", length, 1...Limits.formTextScalars)
                try Self.check("maxItems of \(name)", items, 1...Limits.formItems)
            case .choice(let values): try Self.checkChoices(values, name)
            case .choices(let values, let items):
                try Self.checkChoices(values, name)
                try Self.check("maxItems of \(name)", items, 1...Limits.formItems)
            }
        }
        guard Set(fields.map(\.name)).count == fields.count else {
            throw .invalidRequest(reason: "two fields of a form have the same name")
        }
        self.fields = fields
    }

    /// The texts of the form itself.
    var texts: [String] {
        fields.flatMap { field in
            switch field.kind {
            case .choice(let values), .choices(let values, _): return [field.name] + values
            case .string, .integer, .number, .boolean, .strings: return [field.name]
            }
        }
    }

    private static func checkChoices(
        _ values: [String], _ name: String
    ) throws(InferenceError) {
        try check("values of \(name)", values.count, 1...Limits.formChoices)
        for value in values { try checkText(value, "a value of \(name)") }
        guard Set(values).count == values.count else {
            throw .invalidRequest(reason: "two values of \(name) are the same")
        }
    }

    private static func checkText(_ text: String, _ name: String) throws(InferenceError) {
        try check("bytes of \(name)", text.utf8.count, 1...Limits.formNameBytes)
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw .invalidRequest(reason: "\(name) has a control character") }
    }

    private static func check(
        _ name: String, _ value: Int, _ range: ClosedRange<Int>
    ) throws(InferenceError) {
        guard range.contains(value) else {
            throw .invalidRequest(
                reason: "\(name): \(value), allowed are \(range.lowerBound) to \(range.upperBound)")
        }
    }
}

extension Limits {
    /// Fields of one form.
    package static let formFields = 64
    /// Bytes of a field's name, or of a text to choose.
    package static let formNameBytes = 256
    /// Texts to choose from.
    package static let formChoices = 256
    /// Items of an array.
    package static let formItems = 32
    /// Unicode scalars of a text.
    package static let formTextScalars = 4096
    /// Digits before a number's point: every such number is exact as a 64-bit float.
    package static let formDigits = 15
    /// Digits after a number's point.
    package static let formFractionDigits = 6
    /// Forms an engine keeps ready.
    package static let forms = 8
    /// Sets of allowed tokens that are kept of one form: 32 kB each with a large vocabulary.
    package static let formMasks = 64
}
