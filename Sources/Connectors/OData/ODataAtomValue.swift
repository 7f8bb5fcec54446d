import JSON
import XML

/// Properties as Atom writes them: elements, their types and nulls in attributes.
enum ODataAtomValue {
    static func members(_ element: XMLElement) -> [(name: String, value: JSON)] {
        element.elements.filter { ODataNamespace.isData($0.namespace) }
            .map { ($0.name, value($0)) }
    }

    /// Text but for null, truth values and numbers that fit in 32 bits, as in JSON; what has
    /// elements is a complex value, or a collection.
    private static func value(_ element: XMLElement) -> JSON {
        if metadata("null", element) == "true" { return .null }
        let type = metadata("type", element) ?? ""
        if type.contains("Collection(") {
            return .array(element.elements.map(value))
        }
        let members = members(element)
        if !members.isEmpty { return .object(JSON.Members(members)) }
        let text = element.text
        switch type.hasPrefix("Edm.") ? type.dropFirst(4) : type[...] {
        case "Boolean":
            switch text.trimmed {
            case "true", "1": return .bool(true)
            case "false", "0": return .bool(false)
            default: return .string(text)
            }
        case "Byte", "SByte", "Int16", "Int32":
            return Int(text.trimmed).map { JSON($0) } ?? .string(text)
        default: return .string(text)
        }
    }

    private static func metadata(_ name: String, _ element: XMLElement) -> String? {
        element.attributes.first {
            $0.name == name && ODataNamespace.isMetadata($0.namespace)
        }?.value
    }
}
