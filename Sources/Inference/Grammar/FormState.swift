/// How far a reply has come in its form.
struct FormState: Hashable, Sendable {
    enum Phase: Hashable, Sendable {
        /// Nothing special: of a number, nothing has come yet.
        case plain
        /// After a backslash in a text.
        case escaped
        /// In a character of several bytes: how many are missing, and which the next can be.
        case character(missing: UInt8, low: UInt8, high: UInt8)
        case minus, zero, integer, point, fraction
    }

    /// Index of the automaton's node.
    var node: Int32
    /// Bytes taken of a literal or choice, digits of a number; in a text, scalars that are left.
    var count: Int32 = 0
    /// The first of the alternatives that begin with what was taken.
    var first: Int32 = 0
    var phase = Phase.plain

    /// Bytes that the character that has been begun in a text needs at most.
    var openByteCount: Int {
        switch phase {
        case .escaped: 1
        case .character(let missing, _, _): Int(missing)
        default: 0
        }
    }
}
