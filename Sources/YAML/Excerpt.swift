/// The part of a source line worth showing, and the caret under it.
struct Excerpt {
    let text: String
    let padding: String
    let caret: String

    /// - Parameters:
    ///   - line: The whole line.
    ///   - column: 1-based column of the place.
    ///   - endColumn: The column after it.
    init(of line: String, from column: Int, to endColumn: Int) {
        let scalars = Array(line.unicodeScalars)
        let start = min(max(column - 1, 0), scalars.count)
        let width = Limits.excerptCharacters
        // A place far to the right of a long line is shown with what stands before it.
        let first = start < width * 3 / 4 ? 0 : start - width / 4
        let shown = scalars[first..<min(first + width, scalars.count)]
        text = (first > 0 ? "..." : "") + printable(shown)
        padding = String(repeating: " ", count: start - first + (first > 0 ? 3 : 0))
        let room = max(1, shown.endIndex - start)
        caret = String(repeating: "^", count: min(max(1, endColumn - column), room))
    }
}

/// The scalars without those that would move or recolour a terminal.
///
/// One scalar becomes one, so that a caret below still meets its place.
private func printable(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars {
        if scalar == "\t" {
            text.append(" ")
        } else if scalar.properties.generalCategory == .control
            || scalar.properties.generalCategory == .format
        {
            text.append("\u{FFFD}")
        } else {
            text.append(scalar)
        }
    }
    return String(text)
}

/// A value from outside as part of a message: in backticks, printable, and short.
///
/// - Parameters:
///   - text: The value.
///   - charactersMax: More is cut off.
/// - Returns: Text in backticks.
package func quoted(_ text: String, charactersMax: Int = Limits.quotedCharacters) -> String {
    let scalars = text.unicodeScalars.prefix(charactersMax + 1)
    guard scalars.count > charactersMax else { return "`\(printable(scalars))`" }
    return "`\(printable(scalars.dropLast()))...`"
}
