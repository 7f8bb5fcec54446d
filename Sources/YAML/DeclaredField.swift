/// A ``Field`` whatever its value's type, as listed in a section.
package protocol DeclaredField: Sendable {
    var name: String { get }
    /// One or two sentences for the person who writes the file.
    var description: String { get }
    /// A value as YAML.
    var example: String? { get }
    var presence: Presence { get }
    var shape: Shape { get }

    /// The value in a wrapping only ``Values`` opens; nil after a report.
    func decode(_ node: Node, _ reader: inout Reader) -> (any Sendable)?
    /// The default, or the absence of an optional value; nil when required, or after a report.
    func valueWhenAbsent(_ reader: inout Reader) -> (any Sendable)?
    /// Reports a default or an example that the field itself would refuse.
    func checkTexts(_ reader: inout Reader)
}

/// Whether a key must be there, and what holds when it is not.
package enum Presence: Sendable, Equatable {
    case required
    /// With what holds otherwise, in words.
    case optional(String?)
    /// With the default as YAML.
    case defaulted(String)
}
