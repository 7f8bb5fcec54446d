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
    /// About 200 pages of 400 words.
    private static let book: String = (1...200).map { page in
        "# Page \(page)\n\nOn page \(name(page)) something happens to \(name(page)). "
            + String(
                repeating: "And so it goes on and on in the plant at Leeds, day by day. ", count: 26
            )
    }.joined(separator: "\n\n")

    /// Words, since figures of the text's own making would be refused.
    private static func name(_ page: Int) -> String {
        String(
            String.UnicodeScalarView(
                "\(page)".unicodeScalars.compactMap { digit in
                    UnicodeScalar(digit.value + 49)
                }))
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
        #expect(parts[0].contains("page \(Self.name(1)) "))
        #expect(
            parts[1].contains("page \(Self.name(6))") || parts[1].contains("page \(Self.name(7))"))
        #expect(parts[2].contains("page \(Self.name(13))"))
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

    @Test("the real model sums up 200 pages within its context")
    func real() async throws {
        let summary = try #require(Recipe.builtIn().recipes["summary"])
        var short = summary
        short.tokensMax = 40
        let made = try await enrich(short, mail(Self.book), TestModel.model.model)
        guard case .text(let text, _) = made.output else { return }
        #expect(text.split(separator: "\n\n").count >= 3)
        #expect(made.parameters["pieces"]?.intValue ?? 0 > 50)
    }
}
