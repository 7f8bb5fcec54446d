package import YAML

/// The names operators choose for connectors, models and recipes.
enum Names {
    static let pattern = "[a-z][a-z0-9-]{0,62}"

    static let form = Form<String>.text(named: "name", pattern: pattern).checked { name in
        isValid(name) ? nil : "\(quoted(name)) is no name; names match `\(pattern)`"
    }

    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first), name.utf8.count <= 63 else {
            return false
        }
        return name.utf8.allSatisfy {
            isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}

extension Form where Value == String {
    /// An ISO 639-1 language code.
    static var language: Form {
        text(named: "language", pattern: "[a-z]{2}").checked { code in
            let isCode = code.utf8.count == 2 && code.utf8.allSatisfy { (97...122).contains($0) }
            return isCode ? nil : "\(quoted(code)) is no two-letter language code such as `en`"
        }
    }
}

/// A value and where it stands.
package struct Located<Value: Sendable>: Sendable {
    package let value: Value
    package let location: Location
}

extension Located: Equatable where Value: Equatable {}

extension Form {
    /// The same value, with its place.
    func located() -> Form<Located<Value>> {
        Form<Located<Value>>(shape) { node, reader in
            self.decode(node, &reader).map { Located(value: $0, location: node.location) }
        }
    }
}
