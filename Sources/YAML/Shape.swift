/// What a field's value looks like, as data: for messages, references and schemas.
package indirect enum Shape: Sendable {
    /// Text with a name of its own, such as `glob`; the pattern is a regular expression.
    case text(name: String, pattern: String?)
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case boolean
    case duration(ClosedRange<Duration>)
    /// In bytes.
    case byteSize(ClosedRange<Int>)
    case percentage
    case url(schemes: [String])
    case path
    case day
    /// A reference and nothing else.
    case secret
    /// Text that may contain references.
    case secretText
    case enumeration([String])
    case list(of: Shape, count: ClosedRange<Int>)
    case mapping(of: Shape, count: ClosedRange<Int>)
    case section([any DeclaredField])
    case oneOf([Shape])
    /// Anything; read by someone else.
    case any
}

extension Shape {
    /// Whether a node of this kind can be meant for this shape.
    func accepts(_ kind: Node.Kind) -> Bool {
        switch self {
        case .text, .duration, .byteSize, .percentage, .url, .path, .day, .secretText:
            kind == .text
        // A literal is refused whatever it looks like, and never quoted.
        case .secret: [.text, .integer, .number, .boolean].contains(kind)
        case .integer: kind == .integer
        case .number: kind == .integer || kind == .number
        case .boolean: kind == .boolean
        case .enumeration: kind == .text || kind == .integer
        case .list: kind == .list
        case .mapping, .section: kind == .mapping || kind == .null
        case .oneOf(let shapes): shapes.contains { $0.accepts(kind) }
        case .any: true
        }
    }

    /// Whether references in the value stay unresolved here.
    var keepsReferences: Bool {
        switch self {
        case .secret, .secretText, .any: true
        case .oneOf(let shapes): shapes.contains(where: \.keepsReferences)
        default: false
        }
    }

    /// The fields below, if any: of a section, or of the sections in a list or mapping.
    package var fields: [any DeclaredField] {
        switch self {
        case .section(let fields): fields
        case .list(let element, _), .mapping(let element, _): element.fields
        case .oneOf(let shapes): shapes.lazy.map(\.fields).first { !$0.isEmpty } ?? []
        default: []
        }
    }

    /// The short name of a reference page, such as `list of text`.
    package var name: String {
        switch self {
        case .text(let name, _): name
        case .integer(let range): "integer\(Self.bounds(range) { String($0) })"
        case .number(let range): "number\(Self.bounds(range, Units.text(ofNumber:)))"
        case .boolean: "true or false"
        case .duration(let range): "duration\(Self.bounds(range, Units.text(of:)))"
        case .byteSize(let range): "size\(Self.bounds(range, Units.text(ofBytes:)))"
        case .percentage: "percentage"
        case .url(let schemes): "URL (\(schemes.joined(separator: ", ")))"
        case .path: "path"
        case .day: "date"
        case .secret: "secret reference"
        case .secretText: "text with secret references"
        case .enumeration(let values): values.joined(separator: " | ")
        case .list(let element, _): "list of \(element.plural)"
        case .mapping(let element, _): "mapping of names to \(element.plural)"
        case .section: "section"
        case .oneOf(let shapes): shapes.map(\.name).joined(separator: " or ")
        case .any: "any value"
        }
    }

    /// What a message says was expected.
    var phrase: String {
        switch self {
        case .text("text", _): "text"
        case .text(let name, _) where name.hasPrefix("a ") || name.hasPrefix("an "): name
        case .text(let name, _): "aeiou".contains(name.prefix(1)) ? "an \(name)" : "a \(name)"
        case .integer: "an \(name)"
        case .number: "a \(name)"
        case .duration: "a duration such as `30s` or `5m`"
        case .byteSize: "a size such as `10kB` or `50MB`"
        case .percentage: "a percentage such as `20%`"
        case .url: "a URL"
        case .path: "a path"
        case .day: "a date such as `2025-01-31`"
        case .secret: "a secret reference such as `${credential:NAME}`"
        case .secretText: "text"
        case .enumeration(let values): "one of \(values.map { "`\($0)`" }.joined(separator: ", "))"
        case .list: "a \(name)"
        case .mapping: "a section of names and values"
        case .section: "a section of keys and values"
        case .oneOf(let shapes): shapes.map(\.phrase).joined(separator: " or ")
        case .boolean, .any: name
        }
    }

    private var plural: String {
        switch self {
        case .text(let name, _) where name != "text" && !name.contains(" "): "\(name)s"
        case .path, .section: "\(name)s"
        case .oneOf(let shapes): shapes.map(\.plural).joined(separator: " or ")
        default: name
        }
    }

    private static func bounds<Bound: Comparable>(
        _ range: ClosedRange<Bound>, _ text: (Bound) -> String
    ) -> String {
        " from \(text(range.lowerBound)) to \(text(range.upperBound))"
    }
}
