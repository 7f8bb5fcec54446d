import Enrich
import Testing

@Suite("Excerpt")
struct ExcerptTests {
    /// One token a word: what is left after splitting at white space.
    static let words: @Sendable (String) -> Int = { $0.split(whereSeparator: \.isWhitespace).count }
    /// One token a byte.
    static let bytes: @Sendable (String) -> Int = { $0.utf8.count }

    @Test("a text that fits is left as it is, white space and all")
    func whole() {
        for text in ["", "One two.", "  odd\n\n spacing ", "no end"] {
            #expect(Excerpt.fit(text, tokensMax: 100, count: Self.words) == text)
        }
    }

    @Test("a longer one ends with a sentence, and uses most of the room")
    func sentences() {
        let text = (1...200).map { "This is sentence \($0) of it." }.joined(separator: " ")
        for room in [20, 50, 100, 777] {
            let cut = Excerpt.fit(text, tokensMax: room, count: Self.words)
            #expect(text.hasPrefix(cut))
            #expect(cut.hasSuffix("of it."))
            #expect(Self.words(cut) <= room)
            #expect(Self.words(cut) >= room / 2)
        }
    }

    static let hard: [String] = [
        String(repeating: "x", count: 100_000),
        String(repeating: "\u{1F468}\u{200D}\u{1F469}", count: 5000),
        String(repeating: "\u{1F600}", count: 30_000), String(repeating: " ", count: 50_000),
        String(repeating: "\n", count: 50_000), "e" + String(repeating: "\u{301}", count: 50_000),
        String(repeating: "\r\n", count: 20_000), String(repeating: "文。", count: 20_000),
        String(repeating: ". ", count: 30_000), "\u{301}\u{301}", "\0\0\0",
    ]

    @Test("whatever the text, the cut is a beginning of it that fits", arguments: hard)
    func anything(_ text: String) {
        for room in [-1, 0, 1, 10, 1000] {
            let cut = Excerpt.fit(text, tokensMax: room, count: Self.bytes)
            #expect(text.unicodeScalars.starts(with: cut.unicodeScalars))
            #expect(Self.bytes(cut) <= max(0, room))
        }
    }

    /// Texts on which a walk by characters, or a count of the whole, takes for ever.
    static let endlessUnits: [(name: String, unit: String)] = [
        ("words", "word "), ("one word", "x"), ("digits", "7"), ("newlines", "\n"), ("spaces", " "),
        ("emoji", "\u{1F600}"), ("flags", "\u{1F1E9}"), ("accents", "\u{301}"),
        ("joined", "\u{1F468}\u{200D}"), ("carriage returns", "\r\n"), ("closings", ")"),
    ]

    @Test(
        "of ten million scalars, no more are counted than a few times what fits",
        .timeLimit(.minutes(5)), arguments: endlessUnits)
    func endless(_ name: String, _ unit: String) {
        let count = 10_000_000 / unit.unicodeScalars.count
        let text = String(repeating: unit, count: count)
        var counted = 0
        let cut = Excerpt.fit(text, tokensMax: 4000) { candidate in
            counted += candidate.unicodeScalars.count
            return (candidate.unicodeScalars.count + 3) / 4
        }
        #expect(counted < 200_000)
        #expect(cut.unicodeScalars.count <= 16_000)
        #expect(cut.unicodeScalars.count > 10_000)
    }

    @Test("a text with few tokens for its length is cut late")
    func sparse() {
        let text = String(repeating: " ", count: 1_000_000)
        let cut = Excerpt.fit(text, tokensMax: 100) { ($0.utf8.count + 63) / 64 }
        #expect(cut.utf8.count > 5000 && cut.utf8.count <= 6400)
    }

    @Test("a cut without a sentence or a word to end with keeps characters whole")
    func characters() {
        let accents = String(repeating: "e\u{301}", count: 1000)
        let cut = Excerpt.fit(accents, tokensMax: 100, count: Self.bytes)
        #expect(cut.unicodeScalars.count.isMultiple(of: 2))
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}x"
        let families = String(repeating: family, count: 1000)
        for room in 100..<130 {
            let cut = Excerpt.fit(families, tokensMax: room, count: Self.bytes)
            #expect(families.hasPrefix(cut))
        }
    }

    @Test("one long word without an end is cut within it rather than lost")
    func longWord() {
        let cut = Excerpt.fit(
            String(repeating: "x", count: 100_000), tokensMax: 500, count: Self.bytes)
        #expect(cut.count > 400)
    }

    /// A text whose last sentence is half there, and what of it is whole.
    static let halves: [(String, String)] = [
        ("One two. Three", "One two."), ("One two! Three? Four", "One two! Three?"),
        ("One two… Three", "One two…"), ("One two.", "One two."), ("One two.\nThree", "One two."),
        ("No end here", "No end here"), ("", ""), ("Version 1.2.3 is", "Version 1.2.3 is"),
        ("He said \"no.\" Then he", "He said \"no.\""), ("(See below.) And", "(See below.)"),
        ("Er sagte: „Nein.“ Dann", "Er sagte: „Nein.“"), ("Ha detto «no.» Poi", "Ha detto «no.»"),
        ("一つ目です。二つ目は", "一つ目です。"), ("真的吗？是的！但", "真的吗？是的！"),
        ("彼は「はい。」と言った。そして", "彼は「はい。」と言った。"),
        ("हाँ। नहीं", "हाँ।"), ("نعم؟ لا", "نعم؟"),
    ]

    @Test("a cut answer keeps its whole sentences, in any language", arguments: halves)
    func wholeSentences(_ text: String, _ whole: String) {
        #expect(Excerpt.wholeSentences(text) == whole)
    }
}
