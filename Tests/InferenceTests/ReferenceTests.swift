import Foundation
import Inference
import Testing

/// The engine against llama.cpp, within what llama.cpp differs from itself between settings.
@Suite("Reference")
struct ReferenceTests {
    @Test("the next token's probabilities are the reference's", arguments: TestModel.allCases)
    func nextToken(_ model: TestModel) async throws {
        let cases: [ReferenceVectors.NextTokens] = try ReferenceVectors.lines(
            "logits-\(model).jsonl")
        #expect(cases.count == 20)
        var differences: [Double] = []
        for reference in cases {
            let logits = try await model.engine.logits(after: reference.prompt_ids)
                .map(Double.init)
            let greatest = logits.max() ?? 0
            let logSum = greatest + log(logits.reduce(0) { $0 + exp($1 - greatest) })
            for (entry, expected) in zip(reference.top, reference.f32_at_top_ids) {
                differences.append(abs(logits[Int(entry[0])] - logSum - expected))
            }
            if reference.top_f32[0][1] - reference.top_f32[1][1] > 0.5 {
                #expect(
                    logits.firstIndex(of: greatest) == Int(reference.top_f32[0][0]),
                    "\(reference.name)")
            }
        }
        let mean = differences.reduce(0, +) / Double(differences.count)
        let far = Double(differences.count { $0 > 0.5 }) / Double(differences.count)
        #expect(mean <= 0.15)
        #expect(far <= 0.05)
    }

    @Test(
        "greedy choices are the reference's wherever it is decided", arguments: TestModel.allCases)
    func greedy(_ model: TestModel) async throws {
        let cases: [ReferenceVectors.Greedy] = try ReferenceVectors.lines("greedy-\(model).jsonl")
        #expect(cases.count == 12)
        var (steps, agreed) = (0, 0)
        for reference in cases {
            // Each step is fed the reference's own beginning: one flip does not spoil the rest.
            let fed = reference.prompt_ids + reference.output_ids.dropLast()
            let traces = try await model.engine.trace(
                fed, from: reference.prompt_ids.count - 1)
            #expect(traces.count == reference.output_ids.count)
            for (step, trace) in traces.enumerated() {
                let isSame = trace.choice == reference.output_ids[step]
                steps += 1
                agreed += isSame ? 1 : 0
                let isDecided = min(reference.gaps[step], reference.gaps_f32[step]) >= 0.5
                #expect(isSame || !isDecided, "\(reference.name), step \(step)")
            }
        }
        #expect(Double(agreed) >= 0.94 * Double(steps), "\(agreed) of \(steps)")
    }

    @Test(
        "a text's likelihood is the reference's", arguments: TestModel.allCases, ["en", "fr"])
    func likelihood(_ model: TestModel, _ language: String) async throws {
        let reference = try #require(try ReferenceVectors.likelihoods(model)[language])
        let traces = try await model.engine.trace(reference.ids)
        let losses = traces.compactMap { $0.nextLogProbability.map { -$0 } }
        #expect(losses.count == reference.ids.count - 1)
        let mean = losses.reduce(0, +) / Double(losses.count)
        #expect(abs(mean - reference.mean_nll_f32_weights) <= 0.02)
    }
}
