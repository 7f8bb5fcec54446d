package import Inference
package import JSON

/// Holds a written answer to the form that was asked for, whoever wrote it.
package enum FieldCheck {
    /// The fields of an answer, in the form's order.
    ///
    /// - Parameters:
    ///   - text: A JSON object; a server may put it between code fences.
    ///   - form: What it must have, no more and no less.
    /// - Returns: The object, its texts cleaned; nil for anything else.
    package static func fields(in text: String, _ form: Inference.Form) -> JSON? {
        guard let json = try? JSON.parse(Array(unfenced(text).utf8), limits: Limits.answerJSON),
            let members = json.objectMembers, members.pairs.count == form.fields.count
        else { return .none }
        var fields = JSON.Members()
        for field in form.fields {
            guard let value = members[field.name].flatMap({ checked($0, field.kind) }) else {
                return .none
            }
            fields[field.name] = value
        }
        return .object(fields)
    }

    private static func unfenced(_ text: String) -> Substring {
        guard let open = text.firstIndex(of: "{"), let close = text.lastIndex(of: "}"),
            open < close
        else { return text[...] }
        return text[open...close]
    }

    /// A value that is of a kind, cleaned; nil where it is not.
    private static func checked(_ value: JSON, _ kind: Inference.Form.Kind) -> JSON? {
        switch kind {
        case .string(let length): text(value, length)
        case .integer: kept(value) { $0.intValue != nil && !isText($0) }
        case .number: kept(value) { $0.doubleValue != nil && !isText($0) }
        case .boolean: kept(value) { $0.boolValue != nil }
        case .choice(let choices): kept(value) { choices.contains($0.stringValue ?? "") }
        case .strings(let length, let items): list(value, items) { text($0, length) }
        case .choices(let choices, let items):
            list(value, items) { kept($0) { choices.contains($0.stringValue ?? "") } }
        }
    }

    // Spelt out, since JSON takes `nil` for its own null.
    private static func kept(_ value: JSON, _ isFit: (JSON) -> Bool) -> JSON? {
        isFit(value) ? .some(value) : .none
    }

    private static func isText(_ value: JSON) -> Bool { value.stringValue != nil }

    /// A list of what fits, nothing twice: small models say the same again when they run out of
    /// words.
    private static func list(
        _ value: JSON, _ countMax: Int, _ element: (JSON) -> JSON?
    ) -> JSON? {
        guard let items = value.arrayValue, items.count <= countMax else { return .none }
        let checked = items.compactMap(element)
        guard checked.count == items.count else { return .none }
        var seen: Set<String> = []
        return .some(.array(checked.filter { seen.insert($0.serialized()).inserted }))
    }

    private static func text(_ value: JSON, _ lengthMax: Int) -> JSON? {
        guard let text = value.stringValue else { return .none }
        let clean = OutputCheck.cleaned(text)
        return clean.unicodeScalars.count <= lengthMax ? .some(.string(clean)) : .none
    }
}
