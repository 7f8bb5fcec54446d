/// A long text in pieces that a model can read one at a time.
package enum Chunks {
    /// Cuts a text at sentences, each piece with the headings it stands under.
    ///
    /// - Parameters:
    ///   - text: Light Markdown.
    ///   - tokensMax: Room for a piece, its headings included.
    ///   - count: The number of tokens of a text.
    /// - Returns: The pieces in order; together they are the whole text.
    package static func cut(
        _ text: String, tokensMax: Int, count: (String) -> Int
    ) -> [String] {
        var chunks: [String] = []
        var headings = Headings()
        var rest = text[...]
        while !rest.isEmpty {
            let opening = headings.text(before: rest)
            let room = tokensMax - (opening.isEmpty ? 0 : count(opening))
            var piece = Excerpt.fit(rest, tokensMax: room, count: count)
            if piece.isEmpty {
                // Not even a character fits beside the headings; it is passed over then.
                piece = String(rest.unicodeScalars.prefix(1))
            } else if piece.contains(where: { !$0.isWhitespace }) {
                chunks.append(opening + piece)
            }
            headings.read(piece)
            rest = rest[rest.utf8.index(rest.startIndex, offsetBy: piece.utf8.count)...]
        }
        return chunks
    }

    /// The headings in force at a place: one of each level, the outermost first.
    private struct Headings {
        private var open: [(level: Int, line: Substring)] = []

        mutating func read(_ text: String) {
            for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("#") {
                let level = line.prefix { $0 == "#" }.count
                open.removeAll { $0.level >= level }
                open.append((level, line.prefix(Limits.headingCharactersMax)))
            }
        }

        /// What is put before a piece; nothing where it begins with a heading itself.
        func text(before rest: Substring) -> String {
            let isHeading = rest.drop(while: \.isWhitespace).hasPrefix("#")
            guard !open.isEmpty, !isHeading else { return "" }
            return open.map { $0.line + "\n" }.joined() + "\n"
        }
    }
}
