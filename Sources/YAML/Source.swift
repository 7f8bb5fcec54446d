/// A file's bytes and the name it is reported under.
package struct Source: Sendable {
    package let path: String
    package let bytes: [UInt8]

    /// Takes text that is at hand.
    package init(path: String, text: String) {
        (self.path, self.bytes) = (path, Array(text.utf8))
    }

    /// Takes bytes that are at hand.
    package init(path: String, bytes: [UInt8]) {
        (self.path, self.bytes) = (path, bytes)
    }

    /// Reads a file.
    ///
    /// - Parameter path: A regular file of at most ``Limits/sourceBytes``.
    /// - Throws: ``FileError`` with the reason the system gave.
    package init(readingFrom path: String) throws(FileError) {
        self.path = path
        self.bytes = try FileContent(at: path, bytesMax: Limits.sourceBytes).bytes
    }

    /// The lines, broken where libyaml breaks them, so that its line numbers fit.
    ///
    /// Line feed, carriage return, both, U+0085, U+2028 and U+2029.
    var lines: [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var wasReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let isBreak = Self.breaks.contains(scalar)
            if isBreak && !(wasReturn && scalar == "\n") {
                lines.append(String(line))
                line = String.UnicodeScalarView()
            } else if !isBreak {
                line.append(scalar)
            }
            wasReturn = scalar == "\r"
        }
        lines.append(String(line))
        return lines
    }

    private static let breaks: Set<Unicode.Scalar> = [
        "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}",
    ]
}
