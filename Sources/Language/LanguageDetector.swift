import CLanguage

/// Tells the language of a text: by CLD2, with exttextcat as the second opinion on little text.
///
/// Both guess at any price on a handful of words; where they disagree about one, no answer is
/// better than theirs.
package enum LanguageDetector {
    /// The language most of the text is written in.
    ///
    /// Quoted lines, those that begin with `>`, count only where there are no others; addresses
    /// do not count. May be called from any task.
    ///
    /// - Parameter text: Of any length; its beginning decides.
    /// - Returns: ISO 639-1, lower case, such as `en`; nil where too little text says.
    package static func detect(_ text: String) -> String? {
        let first = guess(Sample(text, byteCountMax: Limits.firstSampleByteCountMax).bytes)
        if first.is_reliable, first.percent >= Limits.wholePercentMin,
            first.word_bytes >= Limits.firstWordBytesMin
        {
            return standard(string(first.code))
        }
        let sample = Sample(text, byteCountMax: Limits.sampleByteCountMax).bytes
        guard !sample.isEmpty else { return nil }
        let guess = guess(sample)
        let code = string(guess.code)
        if guess.is_reliable, guess.word_bytes >= Limits.certainByteCountMin {
            return standard(code)
        }
        guard guess.word_bytes > 0 else { return nil }
        let candidates = candidates(sample)
        if candidates.contains(code) { return standard(code) }
        if guess.is_reliable, guess.word_bytes >= Limits.unsharedByteCountMin {
            return standard(code)
        }
        guard guess.word_bytes >= Limits.certainByteCountMin, candidates.count == 1 else {
            return nil
        }
        return candidates.first.flatMap(standard)
    }

    private static func guess(_ sample: [UInt8]) -> docket_language_guess {
        sample.withUnsafeBytes { bytes in
            let start = bytes.assumingMemoryBound(to: CChar.self)
            guard let base = start.baseAddress, !start.isEmpty else {
                return docket_language_guess()
            }
            return docket_language_guess_main(base, start.count)
        }
    }

    private static func candidates(_ sample: [UInt8]) -> [String] {
        let max = docket_language_candidates_max
        return sample.withUnsafeBytes { bytes in
            let text = bytes.assumingMemoryBound(to: CChar.self)
            guard let base = text.baseAddress else { return [] }
            return withUnsafeTemporaryAllocation(
                of: docket_language_candidate.self, capacity: max
            ) { output in
                guard let first = output.baseAddress else { return [] }
                let count = docket_language_candidates(base, text.count, first)
                return output.prefix(Int(count)).map { string($0.code) }
            }
        }
    }

    private static func string<Characters>(_ code: Characters) -> String {
        withUnsafeBytes(of: code) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The ISO 639-1 code of today for what the libraries call a language.
    private static func standard(_ code: String) -> String? {
        let language = code.prefix { $0 != "-" }
        switch language {
        case "un": return nil
        case "iw": return "he"
        case "in": return "id"
        case "ji": return "yi"
        case "jw": return "jv"
        case "mo": return "ro"
        case "nb": return "no"
        default: return language.utf8.count == 2 ? String(language) : nil
        }
    }
}
