import Foundation
import Inference
import Testing

/// What architectures make of a file's metadata, where no recorded model shows it.
@Suite("Hyperparameters")
struct HyperparametersTests {
    struct Pattern: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let value: GGUFWriter.Value?
        /// Positions each of seven layers sees.
        let windows: [Int]
    }

    static let patterns = [
        Pattern(testDescription: "not said", value: nil, windows: [8, 8, 8, 8, 8, 0, 8]),
        Pattern(
            testDescription: "every second", value: .uint32(2), windows: [8, 0, 8, 0, 8, 0, 8]),
        Pattern(testDescription: "every one", value: .uint32(1), windows: [0, 0, 0, 0, 0, 0, 0]),
        Pattern(testDescription: "none", value: .uint32(0), windows: [8, 8, 8, 8, 8, 8, 8]),
        Pattern(
            testDescription: "one by one", value: .bools([1, 0, 0, 1, 1, 0, 1]),
            windows: [8, 0, 0, 8, 8, 0, 8]),
    ]

    @Test("which layers see a window", arguments: patterns)
    func windows(_ pattern: Pattern) throws {
        var writer = Self.writer("gemma3", layers: 7)
        writer.set("gemma3.attention.sliding_window", .uint32(8))
        if let value = pattern.value {
            writer.set("gemma3.attention.sliding_window_pattern", value)
        }
        #expect(try Self.read(writer).windows == pattern.windows)
    }

    @Test("a window of nothing, or in a family that ignores it, is none")
    func noWindow() throws {
        var writer = Self.writer("gemma3", layers: 2)
        writer.set("gemma3.attention.sliding_window", .uint32(0))
        #expect(try Self.read(writer).windows == [0, 0])
        var other = Self.writer("llama", layers: 2)
        other.set("llama.attention.sliding_window", .uint32(4096))
        #expect(try Self.read(other).windows == [0, 0])
    }

    @Test(
        "a list of windows that is no truth value for each layer is refused",
        arguments: [
            GGUFWriter.Value.bools([1]), .bools([1, 2]), .int32s([1, 0]), .string("2"),
        ])
    func badPattern(_ value: GGUFWriter.Value) throws {
        var writer = Self.writer("gemma3", layers: 2)
        writer.set("gemma3.attention.sliding_window", .uint32(8))
        writer.set("gemma3.attention.sliding_window_pattern", value)
        let error = #expect(throws: ModelError.self) { try Self.read(writer) }
        #expect(error.map { "\($0)" }?.contains("sliding_window_pattern") == true)
    }

    @Test("queries are scaled by the head's width, but in the one size that is not")
    func attentionScale() throws {
        for (layers, scale) in [(2, Float(0.25)), (62, 0.5)] {
            var writer = Self.writer("gemma3", layers: layers)
            // Two heads of 16 in a width of 8, so that the heads' share is 4.
            writer.set("gemma3.attention.key_length", .uint32(16))
            writer.set("gemma3.attention.value_length", .uint32(16))
            #expect(try Self.read(writer).attentionScale == scale)
        }
        var writer = Self.writer("llama", layers: 1)
        writer.set("llama.attention.scale", .float(0.125))
        #expect(try Self.read(writer).attentionScale == 0.125)
    }

    @Test(
        "a stretch beyond all bounds is refused",
        arguments: [("factor", Float(0)), ("factor", .infinity), ("attn_factor", -1)])
    func badStretch(_ key: String, _ value: Float) throws {
        var writer = Self.writer("qwen2", layers: 1)
        writer.set("qwen2.rope.scaling.type", .string("yarn"))
        writer.set("qwen2.rope.scaling.\(key)", .float(value))
        let error = #expect(throws: ModelError.self) { try Self.read(writer) }
        #expect(error.map { "\($0)" }?.contains(key) == true)
    }

    @Test(
        "divisors of the rotations that would turn them into no numbers are refused",
        arguments: [Float(0), -1, 1e-30])
    func divisors(_ value: Float) throws {
        var writer = GGUFWriter.llama()
        writer.add("rope_freqs.weight", [1])
        writer.values["rope_freqs.weight"] = [value]
        try GGUFVectors.withFile(writer.bytes) { path in
            let error = #expect(throws: ModelError.self) {
                try Engine(modelPath: path, options: EngineOptions(contextLength: 16))
            }
            #expect(error.map { "\($0)" }?.contains("rope_freqs.weight") == true)
        }
    }

    /// Metadata of a transformer of width 8 with two heads.
    private static func writer(_ name: String, layers: Int) -> GGUFWriter {
        var writer = GGUFWriter()
        writer.entries = [
            ("general.architecture", .string(name)),
            ("\(name).block_count", .uint32(UInt32(layers))),
            ("\(name).context_length", .uint32(64)),
            ("\(name).embedding_length", .uint32(8)),
            ("\(name).feed_forward_length", .uint32(8)),
            ("\(name).attention.head_count", .uint32(2)),
            ("\(name).attention.layer_norm_rms_epsilon", .float(1e-5)),
            ("tokenizer.ggml.tokens", .strings(["a"])),
        ]
        return writer
    }

    private static func read(_ writer: GGUFWriter) throws -> Hyperparameters {
        try Hyperparameters(writer.open().metadata)
    }
}
