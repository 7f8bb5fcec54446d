import Enrich
import Testing

@Suite("Sentences")
struct SentencesTests {
    static let texts: [(String, [String])] = [
        ("", []), ("  \n\n ", []), ("One two", ["One two"]),
        ("One two. Three four! Five?", ["One two.", "Three four!", "Five?"]),
        ("A sentence that\ngoes on. Next\none.", ["A sentence that goes on.", "Next one."]),
        ("Dear all\n\nit is here. Best", ["Dear all", "it is here.", "Best"]),
        ("Dr. A. Smith and e.g. this. Done.", ["Dr. A. Smith and e.g. this.", "Done."]),
        ("Version 1.2.3 is out. Get it.", ["Version 1.2.3 is out.", "Get it."]),
        ("He said \"no.\" Then he left.", ["He said \"no.\"", "Then he left."]),
        (
            "So it ends.Then it goes on.\"L'unité\" too.",
            [
                "So it ends.", "Then it goes on.\"", "L'unité\" too.",
            ]
        ),
        ("U.S.A. and Node.js work.", ["U.S.A. and Node.js work."]),
        ("- one item\n- another item\n- third", ["- one item", "- another item", "- third"]),
        ("1. first\n2. second", ["1. first", "2. second"]),
        ("# Title\nText of it.\n> old text\nMore.", ["Text of it.", "More."]),
        ("> Dear all,\n> it is here.", ["> Dear all, > it is here."]),
        ("# Only a heading", ["# Only a heading"]),
        ("一つ目です。二つ目は。三", ["一つ目です。", "二つ目は。", "三"]),
        ("| a | b |\n| c | d |", ["| a | b |", "| c | d |"]),
    ]

    @Test("flow together within a paragraph, and end at their marks", arguments: texts)
    func split(_ text: String, _ sentences: [String]) {
        #expect(Sentences.split(text, countMax: 100) == sentences)
    }

    @Test("no more are looked for than wanted")
    func some() {
        let text = String(repeating: "This is it. ", count: 1_000_000)
        #expect(Sentences.split(text, countMax: 3).count == 3)
    }

    @Test(
        "every word of a text is in one of its sentences, whatever the text",
        arguments: [
            String(repeating: ". ", count: 5000), String(repeating: "a.", count: 5000),
            String(repeating: "\r\n", count: 5000), String(repeating: "\u{301}", count: 5000),
            String(repeating: "。", count: 5000), "\0\0\0", "a.\u{2028}b.",
        ])
    func whole(_ text: String) {
        func letters(_ text: String) -> [Unicode.Scalar] {
            text.unicodeScalars.filter { !$0.properties.isWhitespace }
        }
        #expect(letters(Sentences.split(text, countMax: 100_000).joined()) == letters(text))
    }
}

@Suite("Chunks")
struct ChunksTests {
    private static let words: @Sendable (String) -> Int = {
        $0.split(whereSeparator: \.isWhitespace).count
    }

    @Test("a text that fits is one piece, and an empty one none")
    func small() {
        #expect(Chunks.cut("One two.", tokensMax: 10, count: Self.words) == ["One two."])
        #expect(Chunks.cut("", tokensMax: 10, count: Self.words) == [])
        #expect(Chunks.cut(" \n ", tokensMax: 10, count: Self.words) == [])
    }

    @Test("the pieces are the whole text, each ends with a sentence and fits")
    func whole() {
        let text = (1...500).map { "This is sentence \($0) of it." }.joined(separator: " ")
        let pieces = Chunks.cut(text, tokensMax: 60, count: Self.words)
        #expect(pieces.joined() == text)
        #expect(pieces.count > 40)
        #expect(pieces.allSatisfy { Self.words($0) <= 60 && $0.hasSuffix("of it.") })
    }

    @Test("a piece begins with the headings it stands under")
    func headings() {
        let part = (1...30).map { "Sentence \($0) here." }.joined(separator: " ")
        let text = "# Manual\n\n## Safety\n\n\(part)\n\n## Repair\n\n\(part)"
        let pieces = Chunks.cut(text, tokensMax: 40, count: Self.words)
        #expect(pieces.count >= 5)
        #expect(pieces.allSatisfy { $0.hasPrefix("# Manual\n") || $0.hasPrefix("## ") })
        #expect(pieces.contains { $0.hasPrefix("# Manual\n## Safety\n\n") })
        #expect(pieces.last?.hasPrefix("# Manual\n## Repair\n\n") == true)
        #expect(pieces.allSatisfy { Self.words($0) <= 40 })
    }

    @Test("headings longer than the room do not keep it from ending")
    func narrow() {
        let text = "# \(String(repeating: "long ", count: 60))\n\nBody of the text, which goes on."
        #expect(!Chunks.cut(text, tokensMax: 5, count: Self.words).isEmpty)
    }
}
