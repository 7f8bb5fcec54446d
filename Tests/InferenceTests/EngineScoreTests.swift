import Foundation
import Inference
import Testing

@Suite("Engine scoring")
struct EngineScoreTests {
    @Test("labels' weights are those of whole texts, computed from their beginning")
    func againstTraces() async throws {
        let engine = try TinyEngine.make("llama-F32", sequences: 2)
        defer { engine.shutdown() }
        // 31, 32 and 33 tokens: the last page of the prompt is full, or nearly, or just begun.
        for length in [1, 31, 32, 33, 70] {
            let prompt = (0..<length).map { Int32($0 * 13 % 300 + 3) }
            let labels: [[Int32]] = [[5], [5, 6], [7, 8, 9], Array(10..<50)]
            let scores = try await engine.score(prompt, labels: labels)
            for (label, score) in zip(labels, scores) {
                let traces = try await engine.trace(prompt + label, from: length - 1)
                let expected = traces.compactMap(\.nextLogProbability).reduce(0, +)
                #expect(abs(score - expected) < 1e-9, "\(length) tokens, label \(label)")
            }
        }
    }

    @Test("more labels than fit a step, in a cache with no page to spare")
    func manyLabels() async throws {
        let engine = try TinyEngine.makeSmallest(
            "llama-Q4_1", contextLength: 128, sequences: 2)
        let roomy = try TinyEngine.make("llama-Q4_1", contextLength: 128, sequences: 2)
        defer {
            engine.shutdown()
            roomy.shutdown()
        }
        let prompt = (0..<100).map { Int32($0 + 3) }
        let labels = (0..<200).map { number in
            (0...number % 20).map { Int32(($0 + number) % 300 + 3) }
        }
        let scores = try await engine.score(prompt, labels: labels)
        #expect(scores == (try await roomy.score(prompt, labels: labels)))
        let again = try await engine.score(prompt, labels: labels.reversed())
        #expect(again == scores.reversed())
    }

    @Test("probabilities add up to one and favour the label that fits")
    func labels() async throws {
        let labels = ["positive", "negative"]
        func probabilities(_ review: String) async throws -> [Double] {
            try await TestModel.engine.score(
                [
                    ChatMessage(
                        role: .system,
                        content: "You classify reviews. Reply with one word: positive or negative."),
                    ChatMessage(role: .user, content: "I love it, wonderful, works perfectly!"),
                    ChatMessage(role: .assistant, content: "positive"),
                    ChatMessage(role: .user, content: "Broken, useless, I want my money back."),
                    ChatMessage(role: .assistant, content: "negative"),
                    ChatMessage(role: .user, content: review),
                ], labels: labels)
        }
        let good = try await probabilities("Great product, very happy with it, excellent quality!")
        let bad = try await probabilities("Terrible. It broke after one day and nobody helped me.")
        for scores in [good, bad] { #expect(abs(scores.reduce(0, +) - 1) < 1e-9) }
        #expect(good[0] > bad[0])
    }
}
