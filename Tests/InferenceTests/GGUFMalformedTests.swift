import Foundation
import Inference
import Testing

@Suite("ModelFile, malformed")
struct GGUFMalformedTests {
    /// What a file must be refused for: the case of ``ModelError`` and words of its message.
    static let refusals: [(file: String, kind: String, words: String)] = [
        ("magic-GGUX", "notGGUF", "not a GGUF file"),
        ("version-99", "unsupportedVersion", "99"),
        ("byte-order-version-big-endian", "unsupportedVersion", "big-endian"),
        ("tensor-count-huge", "truncated", "tensor table"),
        ("kv-count-huge", "truncated", "metadata"),
        ("key-length-beyond-file", "truncated", "key"),
        ("string-length-beyond-file", "truncated", "download it again"),
        ("array-count-times-8-wraps", "truncated", "download it again"),
        ("string-array-count-2-31", "truncated", "tokenizer.ggml.tokens"),
        ("nested-array-depth-40", "malformed", "array of arrays"),
        ("dims-product-wraps", "malformed", "impossible shape"),
        ("n-dims-9", "malformed", "9 dimensions"),
        ("dim-negative", "malformed", "-8"),
        ("offset-unaligned", "malformed", "multiple of 32"),
        ("offset-beyond-file", "truncated", "tensor"),
        ("alignment-0", "outOfRange", "general.alignment"),
        ("alignment-huge", "outOfRange", "general.alignment"),
        ("tensor-type-unknown", "unsupported", "77"),
        ("duplicate-tensor", "malformed", "twice"),
        ("truncated-in-header", "truncated", "table"),
        ("truncated-in-kv", "truncated", "download it again"),
        ("truncated-in-data", "truncated", "tensor"),
        ("name-empty-key", "malformed", "empty"),
        ("value-type-13", "malformed", "type 13"),
        ("block-size-q4_0-row-8", "malformed", "impossible shape"),
        ("missing-architecture", "missingKey", "general.architecture"),
        ("wrong-type-embedding-length-string", "wrongType", "llama.embedding_length"),
        ("value-head-count-0", "outOfRange", "llama.attention.head_count"),
        ("value-block-count-huge", "outOfRange", "llama.block_count"),
        ("architecture-unknown", "unsupported", "llama9"),
        // Where the tensor was, there is a gap.
        ("tensor-missing", "malformed", "does not follow"),
    ]

    @Test("refuses each broken file for what is wrong with it, twice alike", arguments: refusals)
    func refuses(file: String, kind: String, words: String) throws {
        let path = GGUFVectors.path("malformed/\(file).gguf")
        for _ in 1...2 {
            let error = try #require(throws: ModelError.self) {
                try Hyperparameters(ModelFile(path: path))
            }
            #expect("\(Mirror(reflecting: error).children.first?.label ?? "")" == kind)
            #expect(error.description.contains(words), "\(error)")
            #expect(error.description.hasPrefix(path))
            #expect(!error.isTransient)
        }
    }

    @Test("every broken file of the collection is in the table")
    func complete() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: GGUFVectors.path("malformed")
        ).filter { $0.hasSuffix(".gguf") }
        let named = Set(Self.refusals.map { $0.file + ".gguf" } + ["valid-minimal.gguf"])
        #expect(Set(files) == named)
    }

    @Test("the file the others were made from is read")
    func valid() throws {
        let file = try ModelFile(path: GGUFVectors.path("malformed/valid-minimal.gguf"))
        let parameters = try Hyperparameters(file)
        #expect(parameters.layerCount == 1)
        #expect(parameters.vocabularyCount == 8)
        let query = try #require(file.tensors["blk.0.attn_q.weight"])
        #expect(query.shape == [8, 8])
        #expect(query.type == .f32)
        #expect(query.byteCount == 256)
        #expect(file.bytes(of: query).count == 256)
    }

    @Test("a directory, a pipe and a missing file are refused without waiting")
    func notFiles() throws {
        let folder = FileManager.default.temporaryDirectory
        #expect(throws: ModelError.notRegularFile(path: folder.path)) {
            try ModelFile(path: folder.path)
        }
        let pipe = folder.appending(path: "\(UUID())").path
        #expect(mkfifo(pipe, 0o600) == 0)
        defer { unlink(pipe) }
        #expect(throws: ModelError.notRegularFile(path: pipe)) { try ModelFile(path: pipe) }
        #expect(throws: ModelError.self) { try ModelFile(path: "/nowhere/model.gguf") }
    }

    @Test("a file cut off at any byte is refused")
    func truncated() throws {
        let whole = try GGUFVectors.data("malformed/valid-minimal.gguf")
        for count in 0..<whole.count {
            try GGUFVectors.withFile(whole.prefix(count)) { path in
                let error = #expect(throws: ModelError.self) { try ModelFile(path: path) }
                guard case .truncated = error else {
                    Issue.record("cut to \(count) bytes: \(String(describing: error))")
                    return
                }
            }
        }
    }

    @Test("flipped bits give a model or a typed error, and never a crash")
    func flippedBits() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(state: seed)
        var (readCount, refusedCount) = (0, 0)
        let sources = ["malformed/valid-minimal.gguf", "tiny/gpt-2.gguf"]
        for source in sources {
            let whole = try GGUFVectors.data(source)
            for round in 0..<500 {
                var bytes = whole
                for _ in 0..<(1 + round % 4) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                        1 << UInt8.random(in: 0..<8, using: &random)
                }
                try GGUFVectors.withFile(bytes) { path in
                    guard let file = try? ModelFile(path: path) else {
                        refusedCount += 1
                        return
                    }
                    readCount += 1
                    for key in file.metadata.keys { touch(key, in: file.metadata) }
                    _ = try? Hyperparameters(file)
                    guard let tokenizer = try? Tokenizer(file.metadata) else { return }
                    _ = tokenizer.decode(tokenizer.encode("It's 12 cœurs\n"))
                }
            }
        }
        #expect(readCount > 0 && refusedCount > 0, "seed \(seed)")
        print("flipped bits: seed \(seed), \(readCount) read, \(refusedCount) refused")
    }

    /// Reads a value as every type there is.
    private func touch(_ key: String, in metadata: Metadata) {
        _ = try? metadata.string(key)
        _ = try? metadata.integer(key, in: 0...10)
        _ = try? metadata.float(key)
        _ = try? metadata.bool(key)
        _ = try? metadata.strings(key)
        _ = try? metadata.integers(key)
        _ = try? metadata.floats(key)
    }
}

/// Random numbers that a seed repeats.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
