import XML

/// Cleans text that has no markup.
package enum PlainText {
    /// The text with its lines and indents, without anything invisible.
    ///
    /// - Parameters:
    ///   - text: With line ends of any kind.
    ///   - byteCountMax: Where to cut; nil: 4 MiB.
    /// - Returns: The text, and whether it was cut.
    package static func clean(_ text: String, byteCountMax: Int? = nil) -> ExtractedText {
        write(text, .preserving, byteCountMax ?? Limits.textByteCountMax)
    }

    /// The text as one line, without anything invisible.
    ///
    /// - Parameters:
    ///   - text: With line ends of any kind, which become spaces.
    ///   - byteCountMax: Where to cut.
    /// - Returns: The text, and whether it was cut.
    package static func line(_ text: String, byteCountMax: Int) -> ExtractedText {
        write(text, .collapsing, byteCountMax)
    }

    /// The text unaltered but for control characters, which PostgreSQL or a terminal trips over.
    package static func withoutControls(_ text: String) -> String {
        guard !isWords(text), text.utf8.contains(where: { isControl($0) || $0 == 0xC2 }) else {
            return text
        }
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars
        where scalar.value > 0x9F
            || scalar.value < 0x7F && !isControl(UInt8(truncatingIfNeeded: scalar.value))
        {
            kept.append(scalar)
        }
        return String(kept)
    }

    /// Whether all of it is words of ASCII, one space between two: there is nothing to clean.
    private static func isWords(_ text: String) -> Bool {
        let bytes = text.utf8.span
        return bytes.endOfWords(from: 0) == bytes.count
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\t") || byte == 0x7F
    }

    private static func write(
        _ text: String, _ flow: TextWriter.Flow, _ byteCountMax: Int
    ) -> ExtractedText {
        if text.utf8.count <= byteCountMax, isWords(text) {
            return ExtractedText(text: text, isTruncated: false)
        }
        var writer = TextWriter(flow, byteCountMax: byteCountMax)
        writer.write(text.utf8.span)
        return writer.finish()
    }
}
