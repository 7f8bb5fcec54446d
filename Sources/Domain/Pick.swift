package import JSON

/// What a record says in one respect: a value, several texts as one, or one text as several.
///
/// These three are all the functions a mapping has.
package enum Pick: Sendable, Hashable, CustomStringConvertible {
    case path(Path)
    /// The texts at these paths, those that are there, with a text between them.
    case joined([Path], by: String)
    /// The parts of the text at a path, such as the addresses of a recipient line.
    case split(Path, by: String)

    /// All values, nulls left out; empty where the record says nothing.
    package func values(in root: JSON) -> [JSON] {
        switch self {
        case .path(let path): return path.values(in: root)
        case .joined(let paths, let separator):
            let texts = paths.flatMap { $0.values(in: root) }.compactMap(\.scalarText)
                .filter { !$0.isEmpty }
            return texts.isEmpty ? [] : [.string(texts.joined(separator: separator))]
        case .split(let path, let separator):
            return path.values(in: root).compactMap(\.scalarText).flatMap { text in
                text.split(separator: separator).map { part in
                    .string(String(part.drop { $0 == " " }))
                }
            }
        }
    }

    package func first(in root: JSON) -> JSON? {
        if case .path(let path) = self { path.first(in: root) } else { values(in: root).first }
    }

    package var description: String {
        switch self {
        case .path(let path), .split(let path, _): path.description
        case .joined(let paths, _): paths.map(\.description).joined(separator: ", ")
        }
    }

    /// Whether it may give several values.
    package var isMany: Bool {
        switch self {
        case .path(let path): path.isMany
        case .joined: false
        case .split: true
        }
    }
}

extension JSON {
    /// A string, or a number or truth value as text.
    package var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
