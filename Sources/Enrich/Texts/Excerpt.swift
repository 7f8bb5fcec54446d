/// Beginnings of texts, cut at the end of a sentence.
package enum Excerpt {
    /// What is left of a text so that it takes at most `tokensMax` tokens.
    ///
    /// Only a beginning of about that many tokens is ever counted, however long the text is.
    ///
    /// - Parameters:
    ///   - text: The whole text; returned as it is when it fits.
    ///   - tokensMax: The room there is.
    ///   - count: The number of tokens of a text.
    /// - Returns: A beginning that ends with a sentence, a line, or where none does, a word.
    package static func fit(
        _ text: some StringProtocol, tokensMax: Int, count: (String) -> Int
    ) -> String {
        guard tokensMax > 0 else { return "" }
        let all = Substring(text).unicodeScalars
        var length = tokensMax * Limits.scalarsPerToken
        var candidate = String(all.prefix(length))
        var tokens = count(candidate)
        // Sparse texts have more room than it seemed, up to where no token is long enough.
        while tokens <= tokensMax, candidate.utf8.count < text.utf8.count,
            length < tokensMax * Limits.scalarsPerTokenMax
        {
            length *= 2
            candidate = String(all.prefix(length))
            tokens = count(candidate)
        }
        while tokens > tokensMax {
            // Tokens are spread evenly enough over a text that a proportional cut comes close;
            // a little less makes sure that each round gets shorter.
            let share = Double(tokensMax) / Double(tokens) * 0.98
            let scalars = Int(Double(candidate.unicodeScalars.count) * share)
            guard scalars > 0 else { return "" }
            candidate = cut(candidate, scalars: scalars)
            tokens = count(candidate)
        }
        return candidate
    }

    /// A beginning of so many Unicode scalars at most; ends like those of ``fit(_:tokensMax:count:)``.
    package static func beginning(of text: String, scalarsMax: Int) -> String {
        text.unicodeScalars.count > scalarsMax ? cut(text, scalars: scalarsMax) : text
    }

    /// The text up to its last whole sentence; all of it where it has none.
    package static func wholeSentences(_ text: String) -> String {
        SentenceEnd.last(in: (text + " ")[...].unicodeScalars).map { String(text[..<$0]) } ?? text
    }

    // Scalars and not characters: a text can be one character of any length, and finding out
    // where one begins can take a walk through the whole text.
    private static func cut(_ text: String, scalars: Int) -> String {
        let beginning = text.unicodeScalars.prefix(scalars)
        // A sentence end in the first half would throw away too much of a long sentence.
        let floor = beginning.index(beginning.startIndex, offsetBy: beginning.count / 2)
        let end =
            SentenceEnd.last(in: beginning[floor...])
            ?? beginning[floor...].lastIndex(where: \.properties.isWhitespace)
            ?? wholeCharacterEnd(of: beginning)
        return String(beginning[..<end])
    }

    /// The end of a text without its last character, which may have been cut in two.
    private static func wholeCharacterEnd(of text: Scalars) -> String.Index {
        var end = text.endIndex
        for _ in 0..<Limits.characterScalarsMax where end > text.startIndex {
            end = text.index(before: end)
            let isJoined = end > text.startIndex && text[text.index(before: end)] == joiner
            if !isJoined, text[end] != joiner, !text[end].properties.isGraphemeExtend {
                return end > text.startIndex ? end : text.endIndex
            }
        }
        return text.endIndex
    }

    /// Joins emoji into one character.
    private static let joiner: Unicode.Scalar = "\u{200D}"

    private typealias Scalars = Substring.UnicodeScalarView
}
