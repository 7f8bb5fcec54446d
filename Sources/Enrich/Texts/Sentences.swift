/// A text as sentences.
package enum Sentences {
    /// The sentences of a text, in their order.
    ///
    /// Lines flow together within a paragraph; items of lists, headings and rows of tables stand
    /// alone. Headings (`#`) and quotations (`>`) are left out, unless the text has nothing else.
    ///
    /// - Parameters:
    ///   - text: Light Markdown.
    ///   - countMax: The first so many.
    /// - Returns: Texts without line breaks and outer white space, none of them empty.
    package static func split(_ text: String, countMax: Int) -> [String] {
        let lines = text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let own = lines.filter { !$0.hasPrefix(">") && !$0.hasPrefix("#") }
        let isAllQuoted = own.allSatisfy { $0.allSatisfy(\.isWhitespace) }
        var sentences: [String] = []
        for paragraph in paragraphs(isAllQuoted ? lines : own) {
            var rest = paragraph[...].unicodeScalars
            while sentences.count < countMax, !rest.isEmpty {
                let end = SentenceEnd.first(in: rest) ?? rest.endIndex
                let sentence = trimmed(rest[..<end])
                if !sentence.isEmpty { sentences.append(String(sentence)) }
                rest = rest[end...]
                if end == rest.startIndex, rest.first?.properties.isWhitespace == true {
                    rest.removeFirst()
                }
            }
        }
        return sentences
    }

    private static func trimmed(_ text: SentenceEnd.Scalars) -> SentenceEnd.Scalars {
        let start = text.drop(while: \.properties.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else {
            return start
        }
        return start[...last]
    }

    private static func paragraphs(_ lines: [Substring]) -> [String] {
        var paragraphs: [String] = []
        var isOpen = false
        for line in lines {
            let text = line.drop(while: \.isWhitespace)
            if isOpen, !text.isEmpty, !standsAlone(text) {
                paragraphs[paragraphs.count - 1] += " " + text
            } else if !text.isEmpty {
                paragraphs.append(String(text))
            }
            isOpen = !text.isEmpty && !isWhole(text)
        }
        return paragraphs
    }

    /// Whether a line begins something of its own.
    private static func standsAlone(_ line: Substring) -> Bool {
        if isWhole(line) { return true }
        if ["- ", "* ", "+ "].contains(where: line.hasPrefix) { return true }
        let digits = line.prefix { $0.isNumber }
        return !digits.isEmpty && [". ", ") "].contains(where: line[digits.endIndex...].hasPrefix)
    }

    /// Whether nothing is continued on the next line.
    private static func isWhole(_ line: Substring) -> Bool {
        line.hasPrefix("#") || line.hasPrefix("|")
    }
}
