import Enrich
import Testing

@Suite("SentenceRanking")
struct SentenceRankingTests {
    private static let article = """
        # Offer

        The pump P-204 in the plant at Leeds has failed again. Everybody likes the weather in May.
        The plant lost two days of production because the pump failed. A cat sat on the wall.
        The customer asks for a new pump before Friday.
        """

    private func extract(_ text: String, _ charactersMax: Int = 400) throws -> String {
        let model = try TestModel.model.model
        return SentenceRanking.extract(
            from: text, charactersMax: charactersMax, vectors: model.embeddings)
    }

    @Test("takes what the text is about, in its order, and leaves out what it is not")
    func central() throws {
        let text = try extract(Self.article, 180)
        #expect(text.hasPrefix("The pump P-204 in the plant at Leeds has failed again."))
        #expect(text.contains("asks for a new pump") || text.contains("lost two days"))
        #expect(!text.contains("weather") && !text.contains("cat") && !text.contains("#"))
    }

    @Test("sentences are whole and the text's own, and the room is kept")
    func own() throws {
        let sentences = (1...50).map { "Sentence number \($0) is about the pump in Leeds." }
        let text = try extract(sentences.joined(separator: " "), 150)
        #expect(text.count <= 150 && text.count > 80 && text.hasSuffix("."))
        for sentence in text.split(separator: ". ") {
            #expect(sentences.contains { $0.hasPrefix(sentence) })
        }
    }

    @Test("without vectors the first sentences are taken")
    func first() {
        let text = SentenceRanking.extract(
            from: Self.article, charactersMax: 100, vectors: { _ in nil })
        #expect(text.hasPrefix("The pump P-204 in the plant at Leeds has failed again."))
    }

    static let odd = [
        "", "Hi", "> Dear all,\n> it is here.", "# Only a heading", "...", "\0\0",
        String(repeating: "word ", count: 1000), String(repeating: "字", count: 1000),
        String(repeating: "Same sentence here. ", count: 1000),
    ]

    @Test("any text gives some of it, and no more than there is room for", arguments: odd)
    func anything(_ text: String) throws {
        let extract = try extract(text, 98)
        #expect(extract.unicodeScalars.count <= 98)
        #expect(extract.isEmpty == text.isEmpty)
    }

    @Test("the same text gives the same extract")
    func stable() throws {
        #expect(try extract(Self.article) == extract(Self.article))
    }
}
