package import Domain
import Language

/// Looks at what a model generated before anybody else does.
package enum OutputCheck {
    /// Words in a row that make a phrase, and how often one may come.
    private static let phraseWords = 4
    private static let phraseCountMax = 3
    /// Below this a language cannot be told.
    private static let languageCharactersMin = 60
    /// A text about less than this may be longer than it.
    private static let briefCharactersMax = 200

    /// The text without control characters, marks that turn its direction, and outer white space.
    package static func cleaned(_ text: String) -> String {
        let scalars = text.unicodeScalars.filter { scalar in
            scalar == "\n" || scalar == "\t"
                || ![.control, .surrogate, .privateUse].contains(scalar.properties.generalCategory)
                    && !invisible.contains(scalar)
        }
        return String(String.UnicodeScalarView(scalars)).trimmingWhitespace()
    }

    /// What is wrong with a text.
    ///
    /// - Parameters:
    ///   - text: Cleaned.
    ///   - document: What it is about.
    ///   - source: As much of the document as the model saw.
    /// - Returns: The first problem; nil when there is none.
    package static func problem(
        in text: String, of document: Document, _ source: String
    ) -> OutputProblem? {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return .empty }
        if isRepetitive(text) { return .repetitive }
        let room = max(source.unicodeScalars.count, briefCharactersMax)
        if text.unicodeScalars.count > room { return .long }
        if let expected = document.language, text.count >= languageCharactersMin,
            let language = LanguageDetector.detect(text), language != expected
        {
            return .language
        }
        let seen = [source, document.title, document.author ?? ""]
        if !addresses(in: text).allSatisfy({ address in seen.contains { $0.contains(address) } }) {
            return .link
        }
        let known = Set(seen.flatMap(figures))
        return figures(in: text).allSatisfy(known.contains) ? nil : .figures
    }

    /// Whether the same phrase comes again and again, as it does when a small model is lost.
    private static func isRepetitive(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        guard words.count >= phraseWords else { return false }
        var counts: [[Substring]: Int] = [:]
        for start in 0...(words.count - phraseWords) {
            let phrase = Array(words[start..<start + phraseWords])
            counts[phrase, default: 0] += 1
            if counts[phrase, default: 0] > phraseCountMax { return true }
        }
        return false
    }

    /// The numbers of a text as their digits, separators left out; single digits, which count
    /// things, and leading zeros do not matter.
    private static func figures(in text: String) -> [String] {
        var figures: [String] = []
        var digits = ""
        var isGap = false
        func end() {
            let figure = digits.drop { $0 == "0" }
            if figure.count > 1 { figures.append(String(figure)) }
            (digits, isGap) = ("", false)
        }
        for scalar in text.unicodeScalars {
            if let value = scalar.properties.numericType == .decimal
                ? scalar.properties.numericValue : nil
            {
                digits += "\(Int(value))"
                isGap = false
            } else if !digits.isEmpty, !isGap, separators.contains(scalar) {
                isGap = true
            } else {
                end()
            }
        }
        end()
        return figures
    }

    private static func addresses(in text: String) -> [Substring] {
        text.split { $0.isWhitespace || "<>()[]\"'".contains($0) }
            .filter { $0.contains("://") || $0.lowercased().hasPrefix("www.") }
            .map { word in
                let end = word.lastIndex { !".,;:!?".contains($0) }
                return end.map { word[...$0] } ?? word
            }
    }

    /// Between the digits of one number: 1,250.00 and 1 250,00 and 1'250.
    private static let separators: Set<Unicode.Scalar> = [
        ".", ",", "'", "’", "\u{A0}", "\u{202F}", "\u{2009}",
    ]
    /// Direction marks and isolates, soft hyphen, zero-width space and the byte order mark.
    private static let invisible: Set<Unicode.Scalar> = [
        "\u{AD}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}",
        "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}", "\u{FEFF}",
    ]
}

extension String {
    fileprivate func trimmingWhitespace() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
