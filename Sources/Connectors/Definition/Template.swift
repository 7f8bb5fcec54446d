import HTTPClient

/// A request's address with names in braces: `/users/{mailbox}/messages/{id}`.
///
/// Each name is replaced by its value, percent-encoded as one path segment or query value, and
/// that is all: no conditions, no functions.
///
/// Source: RFC 6570 level 1, "Simple String Expansion".
package struct Template: Sendable, Hashable {
    private enum Part: Hashable {
        case literal(String)
        case name(String)
    }

    private let parts: [Part]
    package let text: String

    /// - Parameter text: The template; nil when a brace is not closed or a name is empty.
    package init?(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            parts.append(.literal(String(rest[..<open])))
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            let name = rest[rest.index(after: open)..<close]
            guard !name.isEmpty else { return nil }
            parts.append(.name(String(name)))
            rest = rest[rest.index(after: close)...]
        }
        guard !rest.contains("}") else { return nil }
        parts.append(.literal(String(rest)))
        (self.parts, self.text) = (parts, text)
    }

    package var names: [String] {
        parts.compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// The text with every name replaced.
    ///
    /// - Parameters:
    ///   - values: A value for each name; a name without one becomes nothing.
    ///   - isEncoded: Whether values are percent-encoded, as in an address.
    /// - Returns: The expansion.
    package func expand(_ values: [String: String], isEncoded: Bool = true) -> String {
        parts.map { part in
            switch part {
            case .literal(let text): text
            case .name(let name) where isEncoded: PercentEncoding.segment(values[name] ?? "")
            case .name(let name): values[name] ?? ""
            }
        }.joined()
    }
}
