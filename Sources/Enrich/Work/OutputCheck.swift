import Language

/// Why a generated text is not fit to be stored.
package enum OutputProblem: String, Sendable {
    case empty
    case repetitive
    /// The text is in another language than the document.
    case language
}

/// Looks at what a model generated before anybody else does.
package enum OutputCheck {
    /// Words in a row that make a phrase, and how often one may come.
    private static let phraseWords = 4
    private static let phraseCountMax = 3
    /// Below this a language cannot be told.
    private static let languageCharactersMin = 60

    /// The text without control characters and outer white space.
    package static func cleaned(_ text: String) -> String {
        let scalars = text.unicodeScalars.filter { scalar in
            scalar == "\n" || scalar == "\t"
                || ![.control, .surrogate, .privateUse].contains(scalar.properties.generalCategory)
        }
        return String(String.UnicodeScalarView(scalars)).trimmingWhitespace()
    }

    /// What is wrong with a text; nil when nothing is.
    package static func problem(in text: String, documentLanguage: String?) -> OutputProblem? {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return .empty }
        if isRepetitive(text) { return .repetitive }
        if let documentLanguage, text.count >= languageCharactersMin,
            let language = LanguageDetector.detect(text), language != documentLanguage
        {
            return .language
        }
        return nil
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
}

extension String {
    fileprivate func trimmingWhitespace() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
