import Foundation
import Inference

/// Recorded results of llama.cpp (0.5.0-dev, commit 0c1e570), in `Vectors`.
///
/// `f32` in a name means: computed by it with every weight expanded to 32 bits. `qwen2-yarn` and
/// `llama-biases` are one layer of `qwen2` and `llama-gqa` with 16-bit matrices: the first
/// stretched by YaRN from 128 positions to four times as many, the second linearly to twice as
/// many and with a random bias after each of the layer's matrices.
enum ReferenceVectors {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().appending(path: "Vectors")

    /// The logits of one prompt of a tiny model.
    struct TinyLogits: Decodable {
        let `case`: String
        let prompt_ids: [Int32]
        /// Configured context length, where the outcome depends on it.
        let ctx: Int?
        let lora: String?
        let lora_scale: Float?
        let logits: [Double]
        let logits_f32_weights: [Double]?
    }

    /// The most probable next tokens of a prompt.
    struct NextTokens: Decodable {
        let name: String
        let prompt_ids: [Int32]
        let top: [[Double]]
        let top_f32: [[Double]]
        let f32_at_top_ids: [Double]
    }

    /// A greedy output, with the distance to the second choice at each step.
    struct Greedy: Decodable {
        let name: String
        let prompt_ids: [Int32]
        let output_ids: [Int32]
        let gaps: [Double]
        let gaps_f32: [Double]
    }

    /// A text's mean negative log likelihood.
    struct Likelihood: Decodable {
        let ids: [Int32]
        let mean_nll_f32_weights: Double
    }

    /// One row of a quantized tensor.
    struct Row: Decodable {
        let file: String
        let tensor: String
        let row: Int
        let values: [Float]
    }

    static func lines<Line: Decodable>(_ name: String) throws -> [Line] {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return try text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    static func likelihoods(_ model: TestModel) throws -> [String: Likelihood] {
        let data = try Data(contentsOf: folder.appending(path: "nll.json"))
        let all = try JSONDecoder().decode([String: [String: Likelihood]].self, from: data)
        return all["\(model)", default: [:]]
    }

    /// Path of a file among the tiny models.
    static func tiny(_ file: String) -> String { folder.appending(path: "tiny/\(file)").path }

    static func tinyModel(_ name: String) -> String { tiny("\(name).gguf") }
}
