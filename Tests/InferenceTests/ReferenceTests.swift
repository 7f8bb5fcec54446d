import Foundation
import Inference
import Testing

/// The engine against llama.cpp, within what llama.cpp differs from itself between settings.
@Suite("Reference")
struct ReferenceTests {
    /// A tiny model, and the bound on the root mean square of the error of its logits, in
    /// standard deviations of the reference.
    struct Tiny: CustomTestStringConvertible {
        let name: String
        let bound: Double
        var testDescription: String { name }
    }

    static let tiny = [
        Tiny(name: "llama-F32", bound: 0.002), Tiny(name: "llama-F16", bound: 0.002),
        Tiny(name: "llama-BF16", bound: 0.002), Tiny(name: "llama-gqa", bound: 0.002),
        Tiny(name: "llama-ropefreqs", bound: 0.002), Tiny(name: "llama-Q4_0", bound: 0.1),
        Tiny(name: "llama-Q4_1", bound: 0.1), Tiny(name: "llama-Q8_0", bound: 0.1),
    ]

    @Test(
        "a tiny model's logits are the reference's, with every instruction set",
        arguments: tiny, KernelVariant.available)
    func tinyLogits(_ tiny: Tiny, _ variant: KernelVariant) async throws {
        try await compare(tiny, variant, .float32, bound: tiny.bound)
        try await compare(tiny, variant, .int8, bound: 0.1)
    }

    private func compare(
        _ tiny: Tiny, _ variant: KernelVariant, _ format: CacheFormat, bound: Double
    ) async throws {
        var options = EngineOptions(contextLength: 256, sequences: 2, threads: 2)
        options.isBackground = false
        options.variant = variant
        options.cacheFormat = format
        let engine = try Engine(
            modelPath: ReferenceVectors.tinyModel(tiny.name), options: options)
        defer { engine.shutdown() }
        let cases: [ReferenceVectors.TinyLogits] =
            try ReferenceVectors.lines("tiny/\(tiny.name).logits.jsonl")
        #expect(cases.count == 5)
        for reference in cases {
            let expected = reference.logits_f32_weights ?? reference.logits
            let logits = try await engine.logits(after: reference.prompt_ids)
            #expect(logits.count == expected.count)
            let error = relativeError(logits.map(Double.init), expected)
            #expect(
                error <= bound, "\(reference.prompt_ids.count) tokens, \(format): \(error)")
        }
    }

    @Test("the next token's probabilities are the reference's")
    func nextToken() async throws {
        let cases: [ReferenceVectors.NextTokens] = try ReferenceVectors.lines(
            "logits-SmolLM2.jsonl")
        #expect(cases.count == 20)
        var differences: [Double] = []
        for reference in cases {
            let logits = try await TestModel.engine.logits(after: reference.prompt_ids)
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

    @Test("greedy choices are the reference's wherever it is decided")
    func greedy() async throws {
        let cases: [ReferenceVectors.Greedy] = try ReferenceVectors.lines("greedy-SmolLM2.jsonl")
        #expect(cases.count == 12)
        var (steps, agreed) = (0, 0)
        for reference in cases {
            // Each step is fed the reference's own beginning: one flip does not spoil the rest.
            let fed = reference.prompt_ids + reference.output_ids.dropLast()
            let traces = try await TestModel.engine.trace(
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

    @Test("a text's likelihood is the reference's", arguments: ["en", "fr"])
    func likelihood(_ language: String) async throws {
        let reference = try #require(try ReferenceVectors.likelihoods()[language])
        let traces = try await TestModel.engine.trace(reference.ids)
        let losses = traces.compactMap { $0.nextLogProbability.map { -$0 } }
        #expect(losses.count == reference.ids.count - 1)
        let mean = losses.reduce(0, +) / Double(losses.count)
        #expect(abs(mean - reference.mean_nll_f32_weights) <= 0.02)
    }

    /// Root mean square of the difference, in standard deviations of `expected`.
    private func relativeError(_ values: [Double], _ expected: [Double]) -> Double {
        let count = Double(expected.count)
        let mean = expected.reduce(0, +) / count
        let variance = expected.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let error = zip(values, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / count
        return (error / variance).squareRoot()
    }
}
