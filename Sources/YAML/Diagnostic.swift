/// A problem of a file, the place to mend it, and how.
///
/// Rendered as `path:line:column: error: message`, the form editors jump to, with the line and
/// a caret under the place.
package struct Diagnostic: Error, Sendable, Equatable {
    package enum Severity: String, Sendable {
        case error, warning
    }

    package let severity: Severity
    package let location: Location
    package let message: String
    /// What to do or where to read on; nil where the message says it.
    package let help: String?
    /// The source line of the location; nil where there is none, as in a file that is missing.
    package let excerpt: String?

    package init(
        _ severity: Severity, at location: Location, _ message: String, help: String? = nil,
        excerpt: String? = nil
    ) {
        (self.severity, self.location, self.message) = (severity, location, message)
        (self.help, self.excerpt) = (help, excerpt)
    }

    /// The lines to print.
    ///
    /// - Parameter isColoured: Whether to mark severity and caret with ANSI colours.
    /// - Returns: One to five lines, without the last line break.
    package func rendered(isColoured: Bool = false) -> String {
        let style = isColoured ? Style.coloured(severity) : Style.plain
        let place = excerpt == nil && location.line == 0 ? location.path : "\(location)"
        let title = "\(style.severity)\(severity.rawValue):\(style.reset)"
        var lines = ["\(style.strong)\(place):\(style.reset) \(title) \(message)"]
        if let excerpt {
            let window = Excerpt(of: excerpt, from: location.column, to: location.endColumn)
            let number = String(location.line)
            let margin = String(repeating: " ", count: max(5, number.count))
            let indent = margin.dropLast(number.count)
            lines.append("\(indent)\(number) | \(window.text)")
            lines.append(
                "\(margin) | \(window.padding)\(style.severity)\(window.caret)\(style.reset)")
        }
        if let help { lines.append(" = help: \(help)") }
        return lines.joined(separator: "\n")
    }
}

extension Diagnostic: CustomStringConvertible {
    package var description: String { rendered() }
    package var isTransient: Bool { false }
}

private struct Style {
    let strong, severity, reset: String

    static let plain = Style(strong: "", severity: "", reset: "")

    static func coloured(_ severity: Diagnostic.Severity) -> Style {
        let colour = severity == .error ? "31" : "33"
        return Style(strong: "\u{1B}[1m", severity: "\u{1B}[1;\(colour)m", reset: "\u{1B}[0m")
    }
}
