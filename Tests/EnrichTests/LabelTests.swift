import Domain
import Enrich
import HTTPServer
import Inference
import JSON
import Synchronization
import Testing

/// Likes to say "order", whatever it reads, and a little less of a complaint.
private final class FavouringModel: LanguageModel {
    let contextLength = 400
    let sequences = 4
    let scoresExactly = true
    let parameters = JSON.Members()
    private let asked = Mutex<[(text: String, labels: [String])]>([])
    var questions: [(text: String, labels: [String])] { asked.withLock { $0 } }

    func tokenCount(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }
    func tokenCount(_ messages: [ChatMessage]) throws(EnrichError) -> Int {
        messages.reduce(0) { $0 + tokenCount($1.content) }
    }
    func answer(
        _ messages: [ChatMessage], _ options: GenerationOptions
    ) async throws(EnrichError) -> Answer { throw .inference(.shuttingDown) }
    func score(
        _ messages: [ChatMessage], labels: [String]
    ) async throws(EnrichError) -> Scores {
        let text = messages.last?.content ?? ""
        asked.withLock { $0.append((text, labels)) }
        let values = text.contains("broken") ? [0.3, 0.7] : [0.2, 0.8]
        return Scores(values: values, promptTokens: 5, outputTokens: 0)
    }
    func embeddings(of texts: [String]) -> [[Float]]? { nil }
    func availability(at now: ContinuousClock.Instant) -> Availability { .init(places: 4) }
    func shutdown() {}
}

@Suite("Labels", .timeLimit(.minutes(5)))
struct LabelTests {
    private func labels(_ enrichment: Enrichment) -> [Enrichment.Label] {
        guard case .labels(let labels) = enrichment.output else { return [] }
        return labels
    }

    @Test("what a model says of any text is taken off what it says of a document")
    func calibration() async throws {
        let model = FavouringModel()
        let recipe = Recipe.short("{{body}}", output: .labels(["a_complaint", "order"]))
        let enricher = Enricher(
            try ConfiguredRecipe(recipe: recipe, models: [TestModel.make(model)]))
        let made = try await enricher.enrich(mail("It is broken."))
        #expect(labels(made).map(\.name) == ["a_complaint", "order"])
        let expected = (0.3 / 0.2) / (0.3 / 0.2 + 0.7 / 0.8)
        #expect(abs((labels(made).first?.score ?? 0) - expected) < 1e-9)
        #expect(made.parameters["scoring"] == "calibrated")
        // A document that says nothing is as much the one as the other.
        let nothing = labels(try await enricher.enrich(mail("Something.")))
        #expect(nothing.allSatisfy { abs($0.score - 0.5) < 1e-9 })
        #expect(made.promptTokens == 5)
        // Asked about the texts that say nothing once, and about labels as words.
        #expect(model.questions.count == 5)
        #expect(model.questions.allSatisfy { $0.labels == ["a complaint", "order"] })
    }

    @Test("labels that would be the same as words stay as they are")
    func words() async throws {
        let model = FavouringModel()
        let recipe = Recipe.short("{{body}}", output: .labels(["a_b", "a b"]))
        _ = try await Enricher(ConfiguredRecipe(recipe: recipe, models: [TestModel.make(model)]))
            .enrich(mail("Text."))
        #expect(model.questions.allSatisfy { $0.labels == ["a_b", "a b"] })
    }

    @Test("a server is told which answers there are, unless the prompt says so")
    func named() async throws {
        let server = try ChatServer(.chat("order"))
        defer { server.stop() }
        let model = try server.model()
        for prompt in ["{{body}}", "{{body}} {{labels}}?"] {
            let recipe = Recipe.short(prompt, output: .labels(["complaint", "order"]))
            let configured = try ConfiguredRecipe(recipe: recipe, models: [TestModel.make(model)])
            let made = try await Enricher(configured).enrich(mail("Text."))
            #expect(labels(made).first?.name == "order")
        }
        #expect(
            server.asked.map(\.content) == [
                "Text.\n\nAnswer with one of these only: complaint, order.",
                "Text. complaint, order?",
            ])
    }
}
