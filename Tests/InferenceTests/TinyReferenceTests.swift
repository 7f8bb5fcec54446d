import Foundation
import Inference
import Testing

/// Small random models of every architecture and element type against llama.cpp.
@Suite("Tiny reference")
struct TinyReferenceTests {
    /// A tiny model, and the bound on the root mean square of the error of its logits, in
    /// standard deviations of the reference.
    struct Tiny: CustomTestStringConvertible {
        let name: String
        let bound: Double
        var testDescription: String { name }
    }

    // Inputs stay floats where weights are; elsewhere they have 8 bits.
    static let models =
        [
            "llama-F32", "llama-F16", "llama-BF16", "llama-gqa", "llama-ropefreqs", "qwen2",
            "qwen3", "gemma3", "gemma3-pattern", "phi3", "phi3-longrope", "qwen2-yarn",
            "llama-biases",
        ].map { Tiny(name: $0, bound: 0.002) }
        + ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"].map {
            Tiny(name: "llama-" + $0, bound: 0.1)
        }

    @Test(
        "a tiny model's logits are the reference's, with every instruction set",
        arguments: models, KernelVariant.available)
    func logits(_ tiny: Tiny, _ variant: KernelVariant) async throws {
        try await compare(tiny, variant, .float32, bound: tiny.bound)
        try await compare(tiny, variant, .int8, bound: 0.1)
    }

    private func compare(
        _ tiny: Tiny, _ variant: KernelVariant, _ format: CacheFormat, bound: Double
    ) async throws {
        let cases: [ReferenceVectors.TinyLogits] =
            try ReferenceVectors.lines("tiny/\(tiny.name).logits.jsonl")
        #expect(cases.count >= 5)
        var engines: [String: Engine] = [:]
        defer { for engine in engines.values { engine.shutdown() } }
        for reference in cases {
            var options = EngineOptions(
                contextLength: reference.ctx ?? 256, sequences: 2, threads: 2)
            options.isBackground = false
            options.variant = variant
            options.cacheFormat = format
            options.adapterPath = reference.lora.map { ReferenceVectors.tiny($0) }
            options.adapterScale = reference.lora_scale ?? 1
            let engine =
                try engines[reference.case]
                ?? Engine(modelPath: ReferenceVectors.tinyModel(tiny.name), options: options)
            engines[reference.case] = engine
            let expected = reference.logits_f32_weights ?? reference.logits
            let logits = try await engine.logits(after: reference.prompt_ids)
            #expect(logits.count == expected.count)
            let error = relativeError(logits.map(Double.init), expected)
            #expect(
                error <= bound, "\(reference.prompt_ids.count) tokens, \(format): \(error)")
        }
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
