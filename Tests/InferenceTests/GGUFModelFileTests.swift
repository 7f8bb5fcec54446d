import Foundation
import Inference
import Testing

@Suite("ModelFile")
struct GGUFModelFileTests {
    static let damages = [
        GGUFDamage("a key twice", "occurs twice") {
            $0.entries.append(("llama.block_count", .uint32(1)))
        },
        GGUFDamage("a key of 64 KiB and one", "limit of 65536") {
            $0.set(String(repeating: "k", count: 65_537), .uint32(1))
        },
        GGUFDamage("tensors that overlap", "overlaps") { $0.tensors[1].offset = 0 },
        GGUFDamage("an alignment of another width", "general.alignment") {
            $0.set("general.alignment", .uint64(32))
        },
        GGUFDamage("an alignment that is no power of two", "power of two") {
            $0.set("general.alignment", .uint32(24))
        },
        GGUFDamage("a tensor nobody reads", "ffn_gate_inp") {
            $0.add("blk.0.ffn_gate_inp.weight", [4])
        },
        GGUFDamage("a tensor too few", "`blk.0.ffn_down.weight` is missing") {
            $0.tensors.removeLast()
        },
        GGUFDamage("a gap between tensors", "does not follow") {
            $0.tensors[10].offset += 32
            $0.dataByteCount += 32
        },
        GGUFDamage("a gap before the first tensor", "does not follow the tensor table") {
            for index in $0.tensors.indices { $0.tensors[index].offset += 32 }
            $0.dataByteCount += 32
        },
        GGUFDamage("a tensor of another shape", "shape [6, 5]") {
            $0.tensors[10].shape = [6, 5]
            $0.dataByteCount += 32
        },
        GGUFDamage("key heads that do not divide the heads", "a divisor of 4") {
            $0.set("llama.attention.head_count", .uint32(4))
            $0.set("llama.attention.head_count_kv", .uint32(3))
        },
        GGUFDamage("heads that do not divide the width", "a divisor of 4") {
            $0.set("llama.attention.head_count", .uint32(3))
        },
        GGUFDamage("an epsilon that is no number", "finite") {
            $0.set("llama.attention.layer_norm_rms_epsilon", .float(.nan))
        },
        GGUFDamage("an odd number of rotated elements", "even") {
            $0.set("llama.attention.key_length", .uint32(4))
            $0.set("llama.rope.dimension_count", .uint32(3))
        },
        GGUFDamage("more rotated elements than a head has", "2 to 2") {
            $0.set("llama.rope.dimension_count", .uint32(4))
        },
        GGUFDamage("a stretch of positions docket does not have", "dynamic") {
            $0.set("llama.rope.scaling.type", .string("dynamic"))
        },
        GGUFDamage("an adapter", "adapter") { $0.set("general.type", .string("adapter")) },
        GGUFDamage("tokens that are numbers", "array of strings") {
            $0.set("tokenizer.ggml.tokens", .int32s([1, 2, 3]))
        },
        GGUFDamage("no tokens", "0 long") { $0.set("tokenizer.ggml.tokens", .strings([])) },
        GGUFDamage("a token of 1025 bytes", "limit of 1024") {
            let long = String(repeating: "x", count: 1025)
            $0.set("tokenizer.ggml.tokens", .strings(["a", "b", long]))
        },
        GGUFDamage("fewer token types than tokens", "2 long") {
            $0.set("tokenizer.ggml.token_type", .int32s([1, 1]))
        },
        GGUFDamage("a token type there is not", "0 to 6") {
            $0.set("tokenizer.ggml.token_type", .int32s([1, 1, 7]))
        },
        GGUFDamage("an end token outside of the vocabulary", "0 to 2") {
            $0.set("tokenizer.ggml.eos_token_id", .uint32(3))
        },
        GGUFDamage("a merge of one text", "merge 0") {
            $0.set("tokenizer.ggml.merges", .strings(["ab"]))
        },
        GGUFDamage("a truth value of 2", "0 or 1") {
            $0.set("tokenizer.ggml.add_bos_token", .bool(2))
        },
        GGUFDamage("a cut docket does not have", "choose a model with gpt-2") {
            $0.set("tokenizer.ggml.pre", .string("tekken"))
        },
        GGUFDamage("a vocabulary docket does not have", "`bert`") {
            $0.set("tokenizer.ggml.model", .string("bert"))
        },
        GGUFDamage("fewer scores than tokens", "1 long") {
            $0.set("tokenizer.ggml.model", .string("llama"))
            $0.set("tokenizer.ggml.scores", .floats([1]))
        },
        GGUFDamage("a score that is no number", "finite") {
            $0.set("tokenizer.ggml.model", .string("llama"))
            $0.set("tokenizer.ggml.scores", .floats([1, .infinity, 2]))
        },
    ]

    @Test("refuses a damaged file and says why", arguments: damages)
    func refuses(_ damage: GGUFDamage) throws {
        var writer = GGUFWriter.llama()
        damage.change(&writer)
        let error = #expect(throws: ModelError.self) {
            let file = try writer.open()
            _ = try Hyperparameters(file)
            _ = try Tokenizer(file.metadata)
        }
        #expect(error?.description.contains(damage.words) == true, "\(String(describing: error))")
    }

    @Test("reads versions 2 and 3 alike", arguments: [2, 3] as [UInt32])
    func versions(_ version: UInt32) throws {
        var writer = GGUFWriter.llama()
        writer.version = version
        let file = try writer.open()
        let parameters = try Hyperparameters(file)
        #expect(parameters.headCount == 2)
        #expect(parameters.keyValueHeadCount == 2)
        #expect(parameters.headWidth == 2)
        #expect(parameters.rope.base == 10_000)
        #expect(try Tokenizer(file.metadata).encode("abba") == [2, 1, 0])
    }

    @Test("bytes behind the last tensor are nobody's")
    func trailing() throws {
        var writer = GGUFWriter.llama()
        writer.dataByteCount += 4096
        _ = try Hyperparameters(writer.open())
    }

    /// What a file can say that docket does not have, what it found, and what it has.
    static let strangers: [(key: String, value: GGUFWriter.Value, words: [String])] = [
        ("general.architecture", .string("mamba"), ["`mamba`", "llama"]),
        ("general.type", .string("imatrix"), ["`imatrix`", "model"]),
        ("tokenizer.ggml.model", .string("t5"), ["`t5`", "gpt2, llama"]),
        ("tokenizer.ggml.pre", .string("tekken"), ["`tekken`", "gpt-2, smollm, llama-bpe, qwen2"]),
    ]

    @Test("what docket does not have is named beside what it has", arguments: strangers.indices)
    func unknown(_ index: Int) throws {
        let (key, value, words) = Self.strangers[index]
        var writer = GGUFWriter.llama()
        writer.set(key, value)
        let error = #expect(throws: ModelError.self) {
            let file = try writer.open()
            _ = try Hyperparameters(file)
            _ = try Tokenizer(file.metadata)
        }
        for word in [key] + words {
            #expect(error?.description.contains(word) == true, "\(String(describing: error))")
        }
    }

    @Test("an element type docket does not have is named beside those it has")
    func unknownType() throws {
        let path = GGUFVectors.path("malformed/tensor-type-unknown.gguf")
        let error = #expect(throws: ModelError.self) { try ModelFile(path: path) }
        for word in ["element type 77", "F32", "Q4_K", "BF16"] {
            #expect(error?.description.contains(word) == true)
        }
    }

    @Test("a small file that claims a long text is refused at once, a large one by the limit")
    func longText() throws {
        var writer = GGUFWriter()
        writer.entries = [("general.name", .string(""))]
        var bytes = writer.bytes.prefix(4 + 4 + 8 + 8 + 8 + 12 + 4)
        bytes.append(contentsOf: withUnsafeBytes(of: UInt64(300 << 20)) { Data($0) })
        try GGUFVectors.withFile(bytes) { path in
            #expect(throws: ModelError.truncated(path: path, place: "`general.name`")) {
                try ModelFile(path: path)
            }
            #expect(truncate(path, 400 << 20) == 0)
            let limit = Limits.metadataBytes
            #expect(
                throws: ModelError.overLimit(path: path, place: "`general.name`", limit: limit)
            ) { try ModelFile(path: path) }
        }
    }

    @Test("metadata comes as the type asked for, or as an error")
    func types() throws {
        var writer = GGUFWriter()
        writer.entries = [
            ("byte", .uint8(200)), ("wide", .uint64(.max)), ("ratio", .float(0.5)),
            ("yes", .bool(1)), ("name", .string("Löwe")), ("words", .strings(["a", ""])),
            ("ids", .int32s([-1, 7])), ("scores", .floats([0.5, -2])),
        ]
        let metadata = try writer.open().metadata
        #expect(try metadata.integer("byte", in: 0...255) == 200)
        #expect(throws: ModelError.self) { try metadata.integer("byte", in: 0...199) }
        #expect(throws: ModelError.self) { try metadata.integer("wide", in: 0...Int.max) }
        #expect(throws: ModelError.self) { try metadata.integer("ratio", in: 0...1) }
        #expect(try metadata.float("ratio") == 0.5)
        #expect(try metadata.bool("yes") == true)
        #expect(throws: ModelError.self) { try metadata.bool("byte") }
        #expect(try metadata.string("name") == "Löwe")
        #expect(throws: ModelError.self) { try metadata.string("words") }
        #expect(try metadata.strings("words") == ["a", ""])
        #expect(throws: ModelError.self) { try metadata.strings("name") }
        #expect(try metadata.integers("ids") == [-1, 7])
        #expect(throws: ModelError.self) { try metadata.integers("ids", in: 0...7) }
        #expect(throws: ModelError.self) { try metadata.integers("scores") }
        #expect(try metadata.floats("scores") == [0.5, -2])
        #expect(try metadata.string("none") == nil)
        #expect(throws: ModelError.self) { try metadata.requiredString("none") }
    }

    @Test(
        "the sizes of blocks are those of the format",
        arguments: [
            (.f32, 1, 4), (.f16, 1, 2), (.bf16, 1, 2), (.q4_0, 32, 18), (.q4_1, 32, 20),
            (.q5_0, 32, 22), (.q5_1, 32, 24), (.q8_0, 32, 34), (.q4_k, 256, 144),
            (.q5_k, 256, 176), (.q6_k, 256, 210),
        ] as [(ElementType, Int, Int)])
    func blocks(type: ElementType, elements: Int, bytes: Int) {
        #expect(type.elementsPerBlock == elements)
        #expect(type.bytesPerBlock == bytes)
        #expect(TensorInfo.byteCount(shape: [2 * elements, 3], type: type) == 6 * bytes)
        #expect(TensorInfo.byteCount(shape: [2 * elements, .max], type: type) == nil)
        #expect(TensorInfo.byteCount(shape: [], type: type) == nil)
    }

    @Test("reads the real model's tensors and sizes")
    func model() throws {
        let file = try GGUFVectors.model()
        let parameters = try Hyperparameters(file)
        #expect(parameters.layerCount == 30)
        #expect(parameters.width == 576)
        #expect(parameters.keyValueHeadCount == 3)
        #expect(parameters.vocabularyCount == 49_152)
        #expect(parameters.rope.base == 100_000)
        #expect(file.tensors.count == 272)
        let embedding = try #require(file.tensors["token_embd.weight"])
        #expect(embedding.type == .q8_0)
        #expect(embedding.shape == [576, 49_152])
        #expect(embedding.byteCount == 576 / 32 * 34 * 49_152)
    }
}
