import Foundation
import Inference
import Testing

/// Low-rank adapters: what they add, and which are refused.
@Suite("Adapter")
struct AdapterTests {
    private static let a = "blk.0.attn_q.weight.lora_a"
    private static let b = "blk.0.attn_q.weight.lora_b"

    static let damages = [
        GGUFDamage("a model", "general.type") { $0.set("general.type", .string("model")) },
        GGUFDamage("no type", "general.type` is missing") {
            $0.entries.removeAll { $0.key == "general.type" }
        },
        GGUFDamage("another kind of adapter", "loha") { $0.set("adapter.type", .string("loha")) },
        GGUFDamage("an adapter for another architecture", "qwen2") {
            $0.set("general.architecture", .string("qwen2"))
        },
        GGUFDamage("an adapter that waits for tokens", "invocation_tokens") {
            $0.set("adapter.alora.invocation_tokens", .int32s([1]))
        },
        GGUFDamage("an alpha that is no number", "finite") {
            $0.set("adapter.lora.alpha", .float(.nan))
        },
        GGUFDamage("an alpha below zero", "adapter.lora.alpha") {
            $0.set("adapter.lora.alpha", .float(-1))
        },
        GGUFDamage("the half of a pair", "lora_b` is missing") {
            $0.tensors.removeAll { $0.name == b }
        },
        GGUFDamage("a tensor that is no half of a pair", "adds to no matrix") {
            $0.add("blk.0.attn_q.bias", [64])
        },
        GGUFDamage("a pair for a layer the model lacks", "blk.7.attn_q.weight.lora_a") {
            $0.add("blk.7.attn_q.weight.lora_a", [64, 4])
        },
        GGUFDamage("a pair for a norm", "attn_norm.weight.lora_a") {
            $0.add("blk.0.attn_norm.weight.lora_a", [64, 4])
        },
        GGUFDamage("a pair for the embedding", "token_embd.weight.lora_a") {
            $0.add("token_embd.weight.lora_a", [4, 347])
        },
        GGUFDamage("a first half of another depth", "expected [64, 4]") { $0.reshape(a, [32, 4]) },
        GGUFDamage("halves of different rank", "expected [64, 4]") { $0.reshape(a, [64, 5]) },
        GGUFDamage("a second half of another width", "expected [4, 64]") {
            $0.reshape(b, [4, 65])
        },
        GGUFDamage("a rank over the limit", "limit of 4096") { $0.reshape(b, [4097, 64]) },
        GGUFDamage("a first half of one dimension", "shape [256]") { $0.reshape(a, [256]) },
        GGUFDamage("an infinite number", "lora_a` holds a number that is not finite") {
            $0.values[a] = [1, .infinity]
        },
        GGUFDamage("sums that overflow", "weight` holds a number that is not finite") {
            $0.values[a] = Array(repeating: 1e30, count: 256)
            $0.values[b] = Array(repeating: 1e30, count: 256)
        },
    ]

    @Test("refuses a damaged adapter and says why", arguments: damages)
    func refusal(_ damage: GGUFDamage) throws {
        var writer = Self.adapter()
        damage.change(&writer)
        try GGUFVectors.withFile(writer.bytes) { path in
            let error = #expect(throws: ModelError.self) {
                try TinyEngine.make("llama-gqa") { $0.adapterPath = path }
            }
            let message = error.map { "\($0)" } ?? ""
            #expect(message.contains(damage.words), "\(message)")
            #expect(message.contains(path), "\(message)")
        }
    }

    @Test("refuses a factor that is no number or beyond all use", arguments: [Float.nan, 1e9])
    func factor(_ factor: Float) throws {
        try GGUFVectors.withFile(Self.adapter().bytes) { path in
            let error = #expect(throws: ModelError.self) {
                try AdapterFile(path: path, scale: factor)
            }
            #expect(error.map { "\($0)" }?.contains("adapter scale") == true)
        }
    }

    @Test("an adapter of zeros, or times zero, leaves every bit of a model of floats")
    func nothing() async throws {
        let prompt = Array(Int32(1)...40)
        let plain = try TinyEngine.make("llama-gqa")
        defer { plain.shutdown() }
        let expected = try await plain.logits(after: prompt)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gguf")
        try Self.adapter().bytes.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        for (path, scale) in [(file.path, 1), (ReferenceVectors.tiny("llama-gqa-lora.gguf"), 0)] {
            let engine = try TinyEngine.make("llama-gqa") {
                $0.adapterPath = path
                $0.adapterScale = Float(scale)
            }
            defer { engine.shutdown() }
            #expect(try await engine.logits(after: prompt) == expected)
        }
    }

    @Test("what is added is the product of the halves, in tensors of several matrices too")
    func products() async throws {
        var seed = UInt64.random(in: 0...UInt64.max)
        print("adapter products: seed \(seed)")
        let base = ReferenceVectors.tinyModel("phi3")
        let model = try ModelFile(path: base)
        var adapter = Self.adapter(of: "phi3")
        adapter.set("adapter.lora.alpha", .float(6))
        var merged = try Data(contentsOf: URL(filePath: base))
        for name in [
            "blk.0.attn_qkv.weight", "blk.1.ffn_up.weight", "blk.1.ffn_down.weight",
            "output.weight",
        ] {
            let tensor = try #require(model.tensors[name])
            let (depth, columns, rank) = (tensor.shape[0], tensor.shape[1], 3)
            let a = (0..<rank * depth).map { _ in Self.random(&seed) }
            let b = (0..<columns * rank).map { _ in Self.random(&seed) }
            adapter.add(name + ".lora_a", [depth, rank])
            adapter.add(name + ".lora_b", [rank, columns])
            adapter.values[name + ".lora_a"] = a
            adapter.values[name + ".lora_b"] = b
            for index in 0..<columns * depth {
                let (row, k) = index.quotientAndRemainder(dividingBy: depth)
                // Half of alpha over rank.
                var sum = 0.0
                for i in 0..<rank { sum += Double(b[row * rank + i] * a[i * depth + k]) }
                let place = tensor.offset + index * 4
                let old = merged[place..<place + 4].withUnsafeBytes {
                    $0.loadUnaligned(as: Float.self)
                }
                withUnsafeBytes(of: Float(Double(old) + sum)) {
                    merged.replaceSubrange(place..<place + 4, with: $0)
                }
            }
        }
        let adapted = try await Self.logits(base, adapter: adapter.bytes, scale: 0.5)
        let expected = try await Self.logits(merged)
        let plain = try await Self.logits(Data(contentsOf: URL(filePath: base)))
        #expect(Self.distance(adapted, expected) <= 1e-4)
        #expect(Self.distance(adapted, plain) > 0.05)
    }

    @Test(
        "added to quantized weights, it does what it does to those they were made of",
        arguments: ["Q8_0", "Q5_1", "F16", "BF16"])
    func quantized(_ type: String) async throws {
        // Every matrix of layer 0 has a pair that matters.
        var seed: UInt64 = 7
        let model = try ModelFile(path: ReferenceVectors.tinyModel("llama-F32"))
        var adapter = Self.adapter()
        adapter.tensors = []
        adapter.dataByteCount = 0
        for tensor in model.tensors.values.sorted(by: { $0.name < $1.name })
        where tensor.name.hasPrefix("blk.0.") && tensor.shape.count == 2 {
            for (suffix, shape) in [
                (".lora_a", [tensor.shape[0], 2]), (".lora_b", [2, tensor.shape[1]]),
            ] {
                adapter.add(tensor.name + suffix, shape)
                adapter.values[tensor.name + suffix] = (0..<shape[0] * shape[1]).map { _ in
                    Self.random(&seed)
                }
            }
        }
        let expected = try await Self.logits(
            ReferenceVectors.tinyModel("llama-F32"), adapter: adapter.bytes)
        let adapted = try await Self.logits(
            ReferenceVectors.tinyModel("llama-" + type), adapter: adapter.bytes)
        let plain = try await Self.logits(
            Data(contentsOf: URL(filePath: ReferenceVectors.tinyModel("llama-F32"))))
        #expect(Self.distance(adapted, expected) <= (type == "Q5_1" ? 0.3 : 0.1))
        #expect(Self.distance(adapted, plain) > 0.5)
    }

    /// An adapter of rank 4 for one tensor of llama-gqa, all zeros.
    private static func adapter() -> GGUFWriter {
        var writer = adapter(of: "llama")
        writer.add(a, [64, 4])
        writer.add(b, [4, 64])
        return writer
    }

    private static func adapter(of architecture: String) -> GGUFWriter {
        var writer = GGUFWriter()
        writer.entries = [
            ("general.architecture", .string(architecture)), ("general.type", .string("adapter")),
            ("adapter.type", .string("lora")), ("adapter.lora.alpha", .float(4)),
        ]
        return writer
    }

    /// Uniform between -0.3 and 0.3.
    private static func random(_ seed: inout UInt64) -> Float {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (Float(seed >> 40) / Float(1 << 24) - 0.5) * 0.6
    }

    private static func logits(
        _ path: String, adapter: Data, scale: Float = 1
    ) async throws -> [Float] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gguf")
        try adapter.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await logits(path) {
            $0.adapterPath = file.path
            $0.adapterScale = scale
        }
    }

    private static func logits(_ model: Data) async throws -> [Float] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gguf")
        try model.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await logits(file.path) { _ in }
    }

    private static func logits(
        _ path: String, _ adjust: (inout EngineOptions) -> Void
    ) async throws -> [Float] {
        var options = EngineOptions(contextLength: 256, sequences: 1, threads: 2)
        options.isBackground = false
        options.cacheFormat = .float32
        adjust(&options)
        let engine = try Engine(modelPath: path, options: options)
        defer { engine.shutdown() }
        return try await engine.logits(after: Array(Int32(5)...60))
    }

    /// Root mean square of the difference, in standard deviations of `expected`.
    private static func distance(_ values: [Float], _ expected: [Float]) -> Float {
        let count = Float(expected.count)
        let mean = expected.reduce(0, +) / count
        let variance = expected.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let error = zip(values, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / count
        return (error / variance).squareRoot()
    }
}

extension GGUFWriter {
    /// Gives a tensor another shape, and all their places anew.
    fileprivate mutating func reshape(_ name: String, _ shape: [Int]) {
        let shapes = tensors.map { ($0.name, $0.name == name ? shape : $0.shape) }
        (tensors, dataByteCount) = ([], 0)
        for (name, shape) in shapes { add(name, shape) }
    }
}
