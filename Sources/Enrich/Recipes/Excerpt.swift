/// Beginnings of texts, cut at the end of a sentence.
package enum Excerpt {
    /// What is left of a text so that it takes at most `tokensMax` tokens.
    ///
    /// - Parameters:
    ///   - text: The whole text; returned as it is when it fits.
    ///   - tokensMax: The room there is.
    ///   - count: The number of tokens of a text.
    /// - Returns: A beginning that ends with a sentence, a line, or where none does, a word.
    package static func fit(_ text: String, tokensMax: Int, count: (String) -> Int) -> String {
        guard tokensMax > 0 else { return "" }
        // No token is longer than this, so the rest cannot fit and need not be counted.
        var candidate = String(text.prefix(tokensMax * Limits.charactersPerTokenMax))
        while true {
            let tokens = count(candidate)
            guard tokens > tokensMax else { return candidate }
            // Tokens are spread evenly enough over a text that a proportional cut comes close;
            // a little less makes sure that each round gets shorter.
            let share = Double(tokensMax) / Double(tokens) * 0.98
            let characters = Int(Double(candidate.count) * share)
            guard characters > 0 else { return "" }
            candidate = cut(candidate, characters: characters)
        }
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
        guard flowing.count > charactersMax else { return flowing }
        return cut(flowing, characters: charactersMax)
    }

    /// The text up to its last whole sentence; all of it where it has none.
    package static func wholeSentences(_ text: String) -> String {
        lastSentenceEnd(in: text[...] + " ").map { String(text[..<$0]) } ?? text
    }

    private static func cut(_ text: String, characters: Int) -> String {
        let beginning = text.prefix(characters)
        // A sentence end in the first half would throw away too much of a long sentence.
        let floor = beginning.index(beginning.startIndex, offsetBy: beginning.count / 2)
        let end =
            lastSentenceEnd(in: beginning[floor...])
            ?? beginning[floor...].lastIndex(where: \.isWhitespace)
            ?? beginning.endIndex
        return String(beginning[..<end])
    }

    /// Where the last sentence ends: behind its mark and what closes with it, before white space.
    ///
    /// Scripts that write no space between sentences have marks of their own.
    private static func lastSentenceEnd(in text: Substring) -> String.Index? {
        var index = text.endIndex
        while index > text.startIndex {
            let next = index
            index = text.index(before: index)
            if text[index].isNewline { return index }
            if "。！？".contains(text[index]), next < text.endIndex, !closings.contains(text[next]) {
                return next
            }
            guard text[index].isWhitespace, let mark = mark(before: index, in: text) else {
                continue
            }
            if ".!?…।؟۔。！？".contains(mark) { return index }
        }
        return nil
    }

    private static let closings: Set<Character> = [
        "\"", "'", "”", "’", "“", "‘", "»", "«", ")", "]", "」", "』", "）",
    ]

    /// The last character before an index that closes nothing.
    private static func mark(before index: String.Index, in text: Substring) -> Character? {
        text[..<index].last { !closings.contains($0) }
    }
}
