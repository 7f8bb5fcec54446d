/// Beginnings of texts, cut at the end of a sentence.
enum Excerpt {
    /// What is left of a text so that it takes at most `tokensMax` tokens.
    ///
    /// - Parameters:
    ///   - text: The whole text; returned as it is when it fits.
    ///   - tokensMax: The room there is.
    ///   - count: The number of tokens of a text.
    /// - Returns: A beginning that ends with a sentence, a line, or where none does, a word.
    static func fit(_ text: String, tokensMax: Int, count: (String) -> Int) -> String {
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

    /// The first sentences of a text, headings and quotations left out.
    ///
    /// - Parameters:
    ///   - text: Light Markdown.
    ///   - charactersMax: The room there is.
    /// - Returns: Whole sentences, as many as fit; a cut one where the first is too long.
    static func lead(_ text: String, charactersMax: Int) -> String {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix(">") && !$0.hasPrefix("#") }
        let flowing = lines.joined(separator: " ")
        guard flowing.count > charactersMax else { return flowing }
        return cut(flowing, characters: charactersMax)
    }

    /// The text up to its last whole sentence; all of it where it has none.
    static func wholeSentences(_ text: String) -> String {
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

    /// Where the last sentence ends: behind its mark, before white space.
    private static func lastSentenceEnd(in text: Substring) -> String.Index? {
        var index = text.endIndex
        while index > text.startIndex {
            index = text.index(before: index)
            guard text[index].isWhitespace else { continue }
            if text[index].isNewline { return index }
            guard index > text.startIndex else { return nil }
            if ".!?…。！？".contains(text[text.index(before: index)]) { return index }
        }
        return nil
    }
}
