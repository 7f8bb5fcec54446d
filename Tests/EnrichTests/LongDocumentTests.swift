import Domain
import Enrich
import Inference
import JSON
import Synchronization
import Testing

/// Says of a text what its first sentence says, so that what was read can be told.
private final class FirstSentenceModel: LanguageModel {
    let contextLength = 400
    let sequences = 4
    let scoresExactly = false
    let parameters = JSON.Members()
    private let seen = Mutex<(now: Int, most: Int, longest: Int)>((0, 0, 0))

    var atOnce: Int { seen.withLock(\.most) }
    var longestPrompt: Int { seen.withLock(\.longest) }

    func tokenCount(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }
    func tokenCount(_ messages: [ChatMessage]) throws(EnrichError) -> Int {
        messages.reduce(0) { $0 + tokenCount($1.content) }
    }
    func answer(
        _ messages: [ChatMessage], _ options: GenerationOptions
    ) async throws(EnrichError) -> Answer {
        seen.withLock { seen in
            seen.now += 1
            seen.most = max(seen.most, seen.now)
            seen.longest = max(seen.longest, messages.reduce(0) { $0 + tokenCount($1.content) })
        }
        await Task.yield()
        seen.withLock { $0.now -= 1 }
        let text = messages.last?.content.split(separator: "BODY").first.map(String.init) ?? ""
        let first = Sentences.split(text, countMax: 1).first ?? ""
        return Answer(text: first, isCut: false, promptTokens: 10, outputTokens: 2)
    }
    func score(
        _ messages: [ChatMessage], labels: [String]
    ) async throws(EnrichError) -> Scores {
        let isEnd = messages.last?.content.contains("final chapter") == true
        return Scores(values: isEnd ? [0, 1] : [1, 0], promptTokens: 10, outputTokens: 0)
    }
    func embeddings(of texts: [String]) -> [[Float]]? { nil }
    func availability(at now: ContinuousClock.Instant) -> Availability { .init(places: 4) }
    func shutdown() {}
}

@Suite("Long documents", .timeLimit(.minutes(5)))
struct LongDocumentTests {
    /// Pages of about 400 words; every sentence says on which it is.
    private static func book(pages: Int) -> String {
        (1...pages).map { page in
            "# Page \(page)\n\n"
                + String(
                    repeating: "It goes on and on at page \(name(page)) in the plant at Leeds. ",
                    count: 31)
        }.joined(separator: "\n\n")
    }
    private static let book = book(pages: 200)

    /// Words, since figures of the text's own making would be refused.
    private static func name(_ page: Int) -> String {
        String(
            String.UnicodeScalarView(
                "\(page)".unicodeScalars.compactMap { digit in
                    UnicodeScalar(digit.value + 49)
                }))
    }

    /// The page that a sentence is on, give or take the two next to it.
    private static func page(in text: Substring) -> Int? {
        let words = text.split(separator: " ")
        guard let place = words.firstIndex(of: "page"), place + 1 < words.count else { return nil }
        let digits = words[place + 1].unicodeScalars.map { Int($0.value) - 97 }
        let page = digits.reduce(0) { $0 * 10 + $1 }
        return [1, 67, 134].first { abs($0 - page) <= 2 } ?? page
    }

    private func enrich(
        _ recipe: Recipe, _ document: Document, _ model: any LanguageModel
    ) async throws -> Enrichment {
        let configured = try ConfiguredRecipe(recipe: recipe, models: [TestModel.make(model)])
        return try await Enricher(configured).enrich(document)
    }

    private func recipe(_ output: Recipe.Output = .text) -> Recipe {
        var recipe = Recipe.short("{{body}}BODY sum up", output: output, tokensMax: 50)
        recipe.longDocuments = .mapReduce
        return recipe
    }

    @Test("the text of 200 pages speaks of their beginning, middle and end")
    func coverage() async throws {
        let model = FirstSentenceModel()
        let made = try await enrich(recipe(), mail(Self.book, language: nil), model)
        guard case .text(let text, .generated) = made.output else {
            Issue.record("\(made.output)")
            return
        }
        let parts = text.split(separator: "\n\n")
        #expect(parts.count == 3)
        #expect(parts.map { Self.page(in: $0) } == [1, 67, 134])
        #expect(made.parameters["pieces"]?.intValue ?? 0 > 150)
        #expect(made.parameters["pieces_skipped"] == nil)
    }

    @Test("no prompt is longer than the context, and few are at work together")
    func bounds() async throws {
        let model = FirstSentenceModel()
        _ = try await enrich(recipe(), mail(Self.book, language: nil), model)
        #expect(model.longestPrompt + 50 <= model.contextLength)
        #expect(model.atOnce <= 4)
    }

    @Test("of more pieces than are read, those read are spread over the whole")
    func skipped() async throws {
        let model = FirstSentenceModel()
        let endless = String(repeating: Self.book, count: 3) + "\n\nThe final chapter is here."
        let made = try await enrich(
            recipe(.labels(["a", "b"])), mail(endless, language: nil), model)
        #expect(made.parameters["pieces"] == 400)
        #expect(made.parameters["pieces_skipped"]?.intValue ?? 0 > 100)
        guard case .labels(let labels) = made.output else {
            Issue.record("\(made.output)")
            return
        }
        #expect(labels.first { $0.name == "b" }?.score == 1.0 / 400)
    }

    @Test("a document that fits is read whole, once")
    func short() async throws {
        let made = try await enrich(
            recipe(), mail("It is short. It has an end."), FirstSentenceModel())
        #expect(made.output == .text("It is short.", method: .generated))
        #expect(made.parameters["pieces"] == nil && made.promptTokens == 10)
    }

    @Test("the real model sums up many pages within its context")
    func real() async throws {
        let summary = try #require(Recipe.builtIn().recipes["summary"])
        var short = summary
        short.tokensMax = 40
        let made = try await enrich(short, mail(Self.book(pages: 12)), TestModel.model.model)
        guard case .text(let text, _) = made.output else { return }
        #expect(text.split(separator: "\n\n").count == 3)
        #expect(made.parameters["pieces"]?.intValue ?? 0 >= 3)
    }
}
