/// A value that never shows: a reference, resolved when it is needed.
///
/// Its descriptions are `***`, so that no log, dump or error message gives it away.
package struct Secret: Sendable, Hashable {
    private let parts: [Reference.Part]
    /// Where the reference stands.
    package let location: Location

    init(_ parts: [Reference.Part], at location: Location) {
        (self.parts, self.location) = (parts, location)
    }

    /// The references in it.
    package var references: [Reference] {
        parts.compactMap { part in
            if case .reference(let reference) = part { reference } else { nil }
        }
    }

    /// What stands before the first reference; empty when it begins with one.
    package var literalPrefix: String {
        if case .literal(let text) = parts.first { text } else { "" }
    }

    /// The secret itself; reads files, so ask once and where it is needed.
    ///
    /// - Parameter references: Where to look.
    /// - Returns: The text, not empty.
    /// - Throws: ``SecretError`` with file, line and remedy.
    package func value(_ references: References) throws(SecretError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .reference(let reference):
                do {
                    text += try references.value(of: reference, from: location.path)
                } catch {
                    throw SecretError(problem: error, location: location)
                }
            }
        }
        return text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
