/// Where sentences end: behind their mark and what closes with it, before white space.
///
/// Scripts that write no space between sentences have marks of their own.
enum SentenceEnd {
    typealias Scalars = Substring.UnicodeScalarView

    /// The end of the last sentence; nil where none ends.
    static func last(in text: Scalars) -> String.Index? {
        var index = text.endIndex
        while index > text.startIndex {
            let next = index
            index = text.index(before: index)
            if lineEnds.contains(text[index]) { return index }
            if isWide(at: index, next, in: text) { return next }
            guard text[index].properties.isWhitespace, let mark = mark(before: index, in: text)
            else { continue }
            if marks.contains(mark) { return index }
        }
        return nil
    }

    /// The end of the first sentence of a text without line breaks; nil where none ends within.
    ///
    /// A mark behind a single letter, behind `Dr` and its like, or before a lower-case word is that
    /// of an abbreviation.
    static func first(in text: Scalars) -> String.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if isWide(at: index, next, in: text) { return next }
            if let end = gluedEnd(at: index, next, in: text) { return end }
            if text[index].properties.isWhitespace, let mark = mark(before: index, in: text),
                marks.contains(mark), !isAbbreviation(before: index, in: text)
            {
                return index
            }
            index = next
        }
        return nil
    }

    private static func isWide(
        at index: String.Index, _ next: String.Index, in text: Scalars
    ) -> Bool {
        wideMarks.contains(text[index]) && next < text.endIndex && !closings.contains(text[next])
    }

    /// The end of a sentence whose next one follows without white space, as texts have it that
    /// lost their line breaks: `the end.Then`.
    private static func gluedEnd(
        at index: String.Index, _ next: String.Index, in text: Scalars
    ) -> String.Index? {
        guard marks.contains(text[index]), index > text.startIndex,
            text[text.index(before: index)].properties.isLowercase
        else { return nil }
        let end = text[next...].firstIndex { !closings.contains($0) } ?? text.endIndex
        return end < text.endIndex && text[end].properties.isUppercase ? end : nil
    }

    private static func isAbbreviation(before space: String.Index, in text: Scalars) -> Bool {
        if let next = text[space...].first(where: { !$0.properties.isWhitespace }),
            next.properties.isLowercase
        {
            return true
        }
        guard text[text.index(before: space)] == "." else { return false }
        let word = text[..<space].reversed().dropFirst()
            .prefix { !$0.properties.isWhitespace && $0 != "." }
        guard let last = word.first, word.allSatisfy(\.properties.isAlphabetic) else {
            return false
        }
        // `A.` and `Dr.`, but neither `UK.` nor `so.`
        return word.count == 1
            || word.count == 2 && last.properties.isLowercase
                && word.dropFirst().allSatisfy(\.properties.isUppercase)
    }

    /// The last scalar before an index that closes nothing.
    private static func mark(before index: String.Index, in text: Scalars) -> Unicode.Scalar? {
        text[..<index].last { !closings.contains($0) }
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
}
