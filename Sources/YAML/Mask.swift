/// What a diagnostic hides of the line it shows.
package enum Mask: Sendable {
    /// Nothing but values of keys that sound like secrets and are no references.
    case secrets
    /// The place itself and all that follows: a secret that stands in the file.
    case place
    /// All that follows the place: the value of a key that is wrong.
    case rest

    func applied(to line: String, _ location: Location) -> String {
        let scalars = line.unicodeScalars
        switch self {
        case .secrets: return Self.withoutSecrets(line)
        case .place: return String(scalars.prefix(max(0, location.column - 1))) + "***"
        case .rest: return String(scalars.prefix(max(0, location.endColumn - 1))) + ": ***"
        }
    }

    private static let words = ["secret", "password", "passphrase", "token", "api_key"]

    /// The line up to the first value that may be a secret.
    private static func withoutSecrets(_ line: String) -> String {
        var index = line.startIndex
        while let colon = line[index...].firstIndex(of: ":") {
            index = line.index(after: colon)
            let key = line[..<colon].suffix(Limits.comparedCharacters).lowercased().trimmingSuffix {
                "'\" ".contains($0)
            }
            guard words.contains(where: key.hasSuffix), line[index...].first == " " else {
                continue
            }
            let value = line[index...].drop { "'\" ".contains($0) }
            guard !value.isEmpty, !value.hasPrefix("${") else { continue }
            return line[...colon] + " ***"
        }
        return line
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var text = Substring(self)
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return text
    }
}
