/// What a diagnostic hides of the line it shows.
package enum Mask: Sendable {
    case nothing
    /// The place itself and all that follows: a secret that stands in the file.
    case place
    /// All that follows the place: the value of a key that is wrong.
    case rest

    func applied(to line: String, _ location: Location) -> String {
        let scalars = line.unicodeScalars
        let kept: Int
        switch self {
        case .nothing: return line
        case .place: kept = location.column - 1
        case .rest: kept = location.endColumn - 1
        }
        guard kept < scalars.count else { return line }
        return String(scalars.prefix(max(0, kept))) + (self == .place ? "***" : ": ***")
    }
}
