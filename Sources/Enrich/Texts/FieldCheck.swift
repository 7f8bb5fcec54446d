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
        else { return nil }
        var fields = JSON.Members()
        for field in form.fields {
            guard let value = members[field.name].flatMap({ checked($0, field.kind) }) else {
                return nil
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
        case .string(let length): return value.stringValue.flatMap { text($0, length) }
        case .integer: return value.intValue == nil ? nil : value
        case .number: return value.doubleValue == nil ? nil : value
        case .boolean: return value.boolValue == nil ? nil : value
        case .choice(let choices):
            return value.stringValue.map(choices.contains) == true ? value : nil
        case .strings(let length, let items):
            return list(value, items) { $0.stringValue.flatMap { text($0, length) } }
        case .choices(let choices, let items):
            return list(value, items) { $0.stringValue.map(choices.contains) == true ? $0 : nil }
        }
    }

    private static func list(
        _ value: JSON, _ countMax: Int, _ element: (JSON) -> JSON?
    ) -> JSON? {
        guard let items = value.arrayValue, items.count <= countMax else { return nil }
        let checked = items.compactMap(element)
        return checked.count == items.count ? .array(checked) : nil
    }

    private static func text(_ text: String, _ lengthMax: Int) -> JSON? {
        let clean = OutputCheck.cleaned(text)
        return clean.unicodeScalars.count <= lengthMax ? .string(clean) : nil
    }
}
