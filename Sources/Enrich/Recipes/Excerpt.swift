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
    package static func fit(_ text: String, tokensMax: Int, count: (String) -> Int) -> String {
        guard tokensMax > 0 else { return "" }
        let all = text.unicodeScalars
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

    /// The first sentences of a text, headings and quotations left out unless it is all they.
    ///
    /// - Parameters:
    ///   - text: Light Markdown.
    ///   - charactersMax: The room there is.
    /// - Returns: Whole sentences, as many as fit; a cut one where the first is too long.
    package static func lead(_ text: String, charactersMax: Int) -> String {
        let lines = text.split(separator: "\n")
        let own = lines.filter { !$0.hasPrefix(">") && !$0.hasPrefix("#") }
        let flowing = (own.isEmpty ? lines : own).joined(separator: " ")
        guard flowing.unicodeScalars.count > charactersMax else { return flowing }
        return cut(flowing, scalars: charactersMax)
    }

    /// The text up to its last whole sentence; all of it where it has none.
    package static func wholeSentences(_ text: String) -> String {
        lastSentenceEnd(in: (text + " ")[...].unicodeScalars).map { String(text[..<$0]) } ?? text
    }

    // Scalars and not characters: a text can be one character of any length, and finding out
    // where one begins can take a walk through the whole text.
    private static func cut(_ text: String, scalars: Int) -> String {
        let beginning = text.unicodeScalars.prefix(scalars)
        // A sentence end in the first half would throw away too much of a long sentence.
        let floor = beginning.index(beginning.startIndex, offsetBy: beginning.count / 2)
        let end =
            lastSentenceEnd(in: beginning[floor...])
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

    /// Where the last sentence ends: behind its mark and what closes with it, before white space.
    ///
    /// Scripts that write no space between sentences have marks of their own.
    private static func lastSentenceEnd(in text: Scalars) -> String.Index? {
        var index = text.endIndex
        while index > text.startIndex {
            let next = index
            index = text.index(before: index)
            if lineEnds.contains(text[index]) { return index }
            if wideMarks.contains(text[index]), next < text.endIndex,
                !closings.contains(text[next])
            {
                return next
            }
            guard text[index].properties.isWhitespace, let mark = mark(before: index, in: text)
            else { continue }
            if marks.contains(mark) { return index }
        }
        return nil
    }

    private static let lineEnds: Set<Unicode.Scalar> = [
        "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}",
    ]
    private static let wideMarks: Set<Unicode.Scalar> = ["。", "！", "？"]
    private static let marks: Set<Unicode.Scalar> = [
        ".", "!", "?", "…", "।", "؟", "۔", "。", "！", "？",
    ]
    private static let closings: Set<Unicode.Scalar> = [
        "\"", "'", "”", "’", "“", "‘", "»", "«", ")", "]", "」", "』", "）",
    ]

    /// The last scalar before an index that closes nothing.
    private static func mark(before index: String.Index, in text: Scalars) -> Unicode.Scalar? {
        text[..<index].last { !closings.contains($0) }
    }
}
