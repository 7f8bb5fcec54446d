package import Foundation

/// One parameter of a statement, as it travels.
package enum Bind: Equatable, Sendable {
    case null
    /// Text whose type the server infers from where the parameter stands.
    case text(String)
    /// A type's binary form: no quoting on either side. `type` is its OID in `pg_type`.
    case binary([UInt8], type: UInt32)
}

/// A value that can stand in an interpolated ``SQL``.
package protocol Bindable {
    var bind: Bind { get }
}

extension String: Bindable {
    package var bind: Bind { .text(self) }
}

extension Int: Bindable {
    package var bind: Bind { .text(String(self)) }
}

extension Int64: Bindable {
    package var bind: Bind { .text(String(self)) }
}

extension Double: Bindable {
    package var bind: Bind { .text(String(self)) }
}

extension Bool: Bindable {
    package var bind: Bind { .text(self ? "true" : "false") }
}

extension UUID: Bindable {
    package var bind: Bind { .text(uuidString) }
}

extension Duration: Bindable {
    /// An interval, in microseconds.
    package var bind: Bind { .text("\(self / .microseconds(1)) microseconds") }
}

extension Date: Bindable {
    package var bind: Bind { .binary(elementBytes, type: Self.elementType) }
}
