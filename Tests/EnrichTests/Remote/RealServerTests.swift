import Domain
import Enrich
import Foundation
import Inference
import JSON
import Testing

private let serverURL = ProcessInfo.processInfo.environment["DOCKET_TEST_OPENAI"]

/// A server that others wrote, and that serves the model of the other tests: `make peer`.
@Suite(
    "RealServer", .timeLimit(.minutes(5)), .serialized,
    .enabled(if: serverURL != nil, "DOCKET_TEST_OPENAI names no server"))
struct RealServerTests {
    private func model(contextLength: Int = 2048) throws -> RemoteModel {
        try RemoteModel(
            RemoteModelOptions(
                url: #require(serverURL), model: "any", key: "none", contextLength: contextLength,
                sequences: 2, timeout: .seconds(120)))
    }

    private let ask = [
        ChatMessage(role: .system, content: "You are brief."),
        ChatMessage(role: .user, content: "Is water wet? Answer yes or no."),
    ]

    @Test("lists its models")
    func list() async throws {
        #expect(try await model().listedModels()?.isEmpty == false)
    }

    @Test("answers the same to the same question, and counts its tokens")
    func answer() async throws {
        let model = try model()
        let asked = [ask[0], ChatMessage(role: .user, content: "Describe the sea in a poem.")]
        let answer = try await model.answer(asked, .init(maxTokens: 3))
        #expect(!answer.text.isEmpty && answer.isCut && answer.outputTokens == 3)
        #expect(try await model.answer(asked, .init(maxTokens: 3)) == answer)
        // The same weights and the same template.
        #expect(try answer.promptTokens == TestModel.engine.prompt(asked).count)
    }

    @Test("gives probabilities, which become the labels'")
    func scores() async throws {
        let scores = try await model().score(ask, labels: ["yes", "no"])
        #expect(abs(scores.values.reduce(0, +) - 1) < 1e-9)
        #expect(scores.parameters["scoring"] == "logprobs")
        #expect(try #require(scores.parameters["label_mass"]?.doubleValue) > 0)
    }

    @Test("says when a document is too long, which is then halved once and no more")
    func length() async throws {
        let recipe = try #require(Recipe.builtIn().recipes["summary"])
        // So far beyond the server's own that nothing is cut before it is sent.
        let loaded = TestModel.make(try model(contextLength: 100_000))
        let enricher = try Enricher(ConfiguredRecipe(recipe: recipe, models: [loaded]))
        func long(_ count: Int) -> Document {
            mail((1...count).map { "The pump \($0) failed. " }.joined())
        }
        let tokens = try TestModel.engine.tokenCount(long(300).body)
        #expect(tokens > 2048 && tokens < 3400)
        let made = try await enricher.enrich(long(300))
        #expect((512..<2048).contains(made.promptTokens))
        await #expect {
            _ = try await enricher.enrich(long(3000))
        } throws: { error in
            guard case .remote(.tooLong)? = error as? EnrichError else { return false }
            return true
        }
    }
}
