/// A table of fields and what they make together.
///
/// The same table decodes a node, finds what is wrong in it, and explains itself.
package struct Section<Value: Sendable>: Sendable {
    package let fields: [any DeclaredField]
    private let checks: [Values.Check]
    private let make: @Sendable (Values, inout Reader) -> Value?

    /// - Parameters:
    ///   - fields: In the order of the reference pages; names are unique.
    ///   - checks: Conditions over several fields; run even when some fields are wrong.
    ///   - make: The value; runs when every field is right. Nil after a report.
    package init(
        _ fields: [any DeclaredField], checks: [Values.Check] = [],
        make: @escaping @Sendable (Values, inout Reader) -> Value?
    ) {
        (self.fields, self.checks, self.make) = (fields, checks, make)
    }

    /// The same table for a value made of another.
    package init<Other: Sendable>(
        _ section: Section<Other>, map transform: @escaping @Sendable (Other) -> Value
    ) {
        (fields, checks) = (section.fields, section.checks)
        make = { values, reader in section.make(values, &reader).map(transform) }
    }

    /// Reads a mapping; all problems in it are reported, not only the first.
    ///
    /// - Parameters:
    ///   - node: A mapping; nothing at all counts as an empty one.
    ///   - reader: Gets the problems.
    /// - Returns: The value; nil when a problem was reported.
    package func decode(_ node: Node, _ reader: inout Reader) -> Value? {
        var entries: [Node.Entry] = []
        switch node.value {
        case .mapping(let written): entries = written
        case .null: break
        case .invalid: return nil
        default:
            reader.error(
                at: node.location,
                "expected a section of keys and values, found \(node.kind.rawValue)")
            return nil
        }
        var errorCount = 0
        var decoded: [String: any Sendable] = [:]
        var written: [String: Node.Entry] = [:]
        for entry in entries {
            guard let field = fields.first(where: { $0.name == entry.key }) else {
                reportUnknown(entry, &reader)
                errorCount += 1
                continue
            }
            written[entry.key] = entry
            let value = reader.under(entry.key, at: entry.keyLocation) {
                field.decode(entry.value, &$0)
            }
            if value == nil { errorCount += 1 }
            decoded[entry.key] = value
        }
        let location = reader.keyLocation ?? node.location
        for field in fields where written[field.name] == nil {
            let value = field.valueWhenAbsent(&reader)
            if value == nil {
                errorCount += 1
                if case .required = field.presence {
                    reader.error(
                        at: location, "required key \(quoted(field.name)) is missing",
                        field: field.name)
                }
            }
            decoded[field.name] = value
        }
        let values = Values(at: location, decoded: decoded, written: written)
        let before = reader.errorCount
        for check in checks { check(values, &reader) }
        guard errorCount == 0, reader.errorCount == before else { return nil }
        return make(values, &reader)
    }

    private func reportUnknown(_ entry: Node.Entry, _ reader: inout Reader) {
        let names = fields.map(\.name)
        let near = reader.suggestion(for: entry.key, among: names)
        let advice =
            if let near {
                "; did you mean `\(near)`?"
            } else {
                names.isEmpty
                    ? "; no key belongs here"
                    : "; known are \(names.map { "`\($0)`" }.joined(separator: ", "))"
            }
        var mask = Mask.secrets
        if case .secret = fields.first(where: { $0.name == near })?.shape { mask = .rest }
        reader.error(
            at: entry.keyLocation, "unknown key \(quoted(entry.key))\(advice)", field: near,
            mask: mask)
    }
}
