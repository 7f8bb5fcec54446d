/// A row's number in the database, typed by what the row is.
package struct Identifier<Subject>: Hashable, Sendable, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) { self.value = value }

    package var description: String { String(value) }
}
