/// What a walk over an HTML text meets, in order.
///
/// Spans are UTF-8 and lent for the call.
package protocol HTMLVisitor {
    /// Whether the rest does not matter any more; asked after each tag and text.
    var isDone: Bool { get }

    /// - Parameters:
    ///   - name: Lower case.
    ///   - attributes: As written; ``HTMLAttributes`` finds values in it.
    mutating func start(_ name: String, attributes: Span<UInt8>)
    /// - Parameter name: Lower case; need not match anything open.
    mutating func end(_ name: String)
    /// Text without references in it; several calls may make up one text.
    mutating func text(_ bytes: Span<UInt8>)
    /// One character that was written as a reference, such as `&eacute;`.
    mutating func text(_ scalar: Unicode.Scalar)
}
