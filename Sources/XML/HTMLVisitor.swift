/// What a walk over an HTML text meets, in order.
package protocol HTMLVisitor {
    /// Finds an attribute's value by its name in lower case, its references resolved: empty for
    /// one without a value, nil where there is none. Lent for the call.
    typealias Attributes = (_ name: StaticString) -> String?

    /// Whether the rest does not matter any more; asked after each tag and text.
    var isDone: Bool { get }

    /// - Parameters:
    ///   - name: Lower case.
    ///   - attributes: What else the tag says.
    mutating func start(_ name: String, attributes: Attributes)
    /// - Parameter name: Lower case; need not match anything the visitor holds open.
    mutating func end(_ name: String)
    /// Text, its references resolved; several calls may make up one text.
    ///
    /// - Parameter bytes: Whole characters in UTF-8, lent for the call.
    mutating func text(_ bytes: Span<UInt8>)
}
