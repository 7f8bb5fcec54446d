/// A value of a document and where it stands.
package struct Node: Sendable {
    package enum Value: Sendable {
        case null
        case boolean(Bool)
        case integer(Int)
        /// A float, or an integer too large for `Int`.
        case number(Double)
        case text(String)
        case list([Node])
        case mapping([Entry])
        /// Something refused and already reported, such as an alias.
        case invalid
    }

    /// A key and its value.
    package struct Entry: Sendable {
        package let key: String
        package let keyLocation: Location
        package let value: Node

        package init(key: String, keyLocation: Location, value: Node) {
            (self.key, self.keyLocation, self.value) = (key, keyLocation, value)
        }
    }

    package let value: Value
    /// Of a block mapping or list: its first key or item.
    package let location: Location
    /// What a scalar says before it is taken for a number or a truth value; else empty.
    package let scalar: String
    /// Whether the scalar stands there without quotes, and may thus be more than text.
    package let isPlain: Bool

    package init(_ value: Value, at location: Location, scalar: String = "", isPlain: Bool = false)
    {
        (self.value, self.location) = (value, location)
        (self.scalar, self.isPlain) = (scalar, isPlain)
    }

    /// A mapping's value; nil for other nodes and unknown keys.
    package subscript(key: String) -> Node? {
        guard case .mapping(let entries) = value else { return nil }
        return entries.first { $0.key == key }?.value
    }
}

extension Node {
    /// What a form expects or finds, in the words of a message.
    package enum Kind: String, Sendable, Hashable {
        case null = "nothing"
        case boolean = "a boolean"
        case integer = "an integer"
        case number = "a number"
        case text = "text"
        case list = "a list"
        case mapping = "a section"
        case invalid = "an invalid value"
    }

    package var kind: Kind {
        switch value {
        case .null: .null
        case .boolean: .boolean
        case .integer: .integer
        case .number: .number
        case .text: .text
        case .list: .list
        case .mapping: .mapping
        case .invalid: .invalid
        }
    }
}
