import HTTPClient

/// A request's address with names in braces: `/users/{mailbox}/messages/{id}`.
///
/// Each name is replaced by its value, percent-encoded as one path segment, or with `{+name}` as
/// several; and that is all: no conditions, no functions.
///
/// Source: RFC 6570 levels 1 and 2, "Simple String Expansion", "Reserved Expansion".
package struct Template: Sendable, Hashable {
    private enum Part: Hashable {
        case literal(String)
        case name(String, isReserved: Bool)
    }

    private let parts: [Part]
    package let text: String

    /// - Parameter text: The template; nil when a brace is not closed or a name is empty.
    package init?(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            var name = rest[rest.index(after: open)..<close]
            let isReserved = name.hasPrefix("+")
            if isReserved { name = name.dropFirst() }
            guard !name.isEmpty else { return nil }
            parts.append(.name(String(name), isReserved: isReserved))
            rest = rest[rest.index(after: close)...]
        }
        guard !rest.contains("}") else { return nil }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        (self.parts, self.text) = (parts, text)
    }

    /// A text without names.
    init(literal: String) { (parts, text) = ([.literal(literal)], literal) }

    package var names: [String] {
        parts.compactMap { if case .name(let name, _) = $0 { name } else { nil } }
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
            case .name(let name, _) where !isEncoded: values[name] ?? ""
            case .name(let name, isReserved: false): PercentEncoding.segment(values[name] ?? "")
            case .name(let name, isReserved: true): PercentEncoding.path(values[name] ?? "")
            }
        }.joined()
    }

    /// The text with every name replaced and nothing encoded; nil where a name has no value.
    func complete(_ values: [String: String]) -> String? {
        guard names.allSatisfy({ values[$0] != nil }) else { return nil }
        return expand(values, isEncoded: false)
    }

    /// The values that make this template the given text; nil where none do.
    ///
    /// A name takes as little as it can, the last one all that is left; none takes nothing.
    func match(_ text: String) -> [String: String]? {
        var values: [String: String] = [:]
        var rest = text[...]
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal(let literal):
                guard rest.hasPrefix(literal) else { return nil }
                rest = rest.dropFirst(literal.count)
            case .name(let name, _):
                var end = rest.endIndex
                if index + 1 < parts.count, case .literal(let next) = parts[index + 1] {
                    guard let found = rest.firstRange(of: next) else { return nil }
                    end = found.lowerBound
                }
                guard end > rest.startIndex else { return nil }
                values[name] = String(rest[..<end])
                rest = rest[end...]
            }
        }
        return rest.isEmpty ? values : nil
    }
}
