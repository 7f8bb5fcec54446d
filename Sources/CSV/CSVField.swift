/// One field of a row.
///
/// Services write null as an empty field and an empty text as `""`: only the quotes tell them
/// apart.
package struct CSVField: Sendable, Hashable {
    package let text: String
    package let isQuoted: Bool

    package init(_ text: String, isQuoted: Bool = false) {
        (self.text, self.isQuoted) = (text, isQuoted)
    }
}
