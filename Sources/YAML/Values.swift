/// The decoded fields of one section, looked up by their declarations.
package struct Values {
    /// A condition over several fields, reported at one of them.
    ///
    /// It runs even when other fields are wrong, hence ``find(_:)`` and not the subscript.
    package typealias Check = @Sendable (Values, inout Reader) -> Void

    /// Where the section stands: the key that introduces it, or its own first key.
    package let location: Location
    private let decoded: [String: any Sendable]
    private let written: [String: Node.Entry]

    init(
        at location: Location, decoded: [String: any Sendable], written: [String: Node.Entry]
    ) {
        (self.location, self.decoded, self.written) = (location, decoded, written)
    }

    /// A field's value, or its default; only where all fields of the section are right.
    package subscript<Value>(field: Field<Value>) -> Value {
        guard let boxed = decoded[field.name] as? Boxed<Value> else {
            preconditionFailure("the field \(field.name) is not listed in the section decoded here")
        }
        return boxed.value
    }

    /// A field's value, or its default; nil when it is missing or wrong.
    package func find<Value>(_ field: Field<Value>) -> Value? {
        (decoded[field.name] as? Boxed<Value>)?.value
    }

    /// Whether the file has the key.
    package func has(_ field: some DeclaredField) -> Bool { written[field.name] != nil }

    /// What the file has under the key; nil where it does not have it.
    package func node(of field: some DeclaredField) -> Node? { written[field.name]?.value }

    /// Where the field's value stands; the section, where the file does not have it.
    package func location(of field: some DeclaredField) -> Location {
        written[field.name]?.value.location ?? location
    }

    /// Where the field's key stands; the section, where the file does not have it.
    package func keyLocation(of field: some DeclaredField) -> Location {
        written[field.name]?.keyLocation ?? location
    }
}
