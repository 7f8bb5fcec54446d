import Foundation
import Inference

/// Damaged model files: each must load or be refused with a typed error, as often as asked.
struct ModelFuzz {
    private let samples: [Sample]
    /// Those that docket runs as they are, or adds to another.
    private let goodSamples: [Sample]
    /// The model that the adapter among them is for.
    private let adapterBase: String
    private static let adapterName = "llama-gqa-lora.gguf"

    /// Takes every model file of the reference vectors, the broken ones too.
    init(vectors: URL) throws {
        samples = try ["tiny", "malformed"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(
                at: vectors.appending(path: folder), includingPropertiesForKeys: nil
            ).filter { $0.pathExtension == "gguf" }
                .sorted { $0.path < $1.path }.map { try Sample($0) }
        }
        goodSamples = samples.filter { $0.isGood || $0.name == Self.adapterName }
        adapterBase = vectors.appending(path: "tiny/llama-gqa.gguf").path
    }

    /// Refuses every broken file of the reference vectors, twice.
    ///
    /// - Returns: How many there are, and by how many bytes the process grew at most.
    /// - Throws: ``Violation`` when one is not refused, or takes more memory than it is large.
    func refuseBrokenFiles(vectors: URL) throws -> (count: Int, byteCount: Int) {
        let folder = vectors.appending(path: "malformed")
        let paths = samples.filter { !$0.isGood }.map { folder.appending(path: $0.name).path }
            .filter { FileManager.default.fileExists(atPath: $0) }
        let before = Self.peakByteCount
        for path in paths + paths {
            do {
                try read(path)
                throw Violation("\(path) is not refused")
            } catch is ModelError {}
        }
        let growth = Self.peakByteCount - before
        guard growth < 64 << 20 else { throw Violation("broken files took \(growth) bytes") }
        return (paths.count, growth)
    }

    /// The most memory this process has had.
    private static var peakByteCount: Int {
        var usage = rusage()
        getrusage(0, &usage)
        return usage.ru_maxrss << 10
    }

    private func good(_ random: inout SplitMix) -> Sample {
        goodSamples[random.index(goodSamples.count)]
    }

    /// Damages a file, keeps it at `path`, and does everything with it that docket does.
    ///
    /// - Returns: Whether the file still loaded.
    func run(_ random: inout SplitMix, path: String) async throws -> Bool {
        // Broken files show little more when they are broken again.
        let sample = random.oneIn(5) ? samples[random.index(samples.count)] : good(&random)
        let donor = samples[random.index(samples.count)]
        let bytes = Mutation.apply(to: sample, donor: donor, &random)
        try Data(bytes).write(to: URL(filePath: path))
        do {
            try read(path)
        } catch let first as ModelError {
            // Nothing of a refused file may stay behind.
            do {
                try read(path)
                throw Violation("refused once and not twice: \(first)")
            } catch let second as ModelError {
                guard first == second || "\(first)" == "\(second)" else {
                    throw Violation("refused for two reasons: \(first), \(second)")
                }
            }
        }
        do {
            if sample.name == Self.adapterName {
                try await compute(adapterBase, adapter: path)
            } else {
                try await compute(path)
            }
            return true
        } catch is ModelError {
            return false
        } catch is InferenceError {
            return true
        }
    }

    /// Reads everything but the weights.
    private func read(_ path: String) throws {
        let file = try ModelFile(path: path)
        for key in file.metadata.keys { touch(key, in: file.metadata) }
        for tensor in file.tensors.values where file.bytes(of: tensor).isEmpty {
            throw Violation("tensor \(tensor.name) is empty")
        }
        let shape = try Hyperparameters(file)
        let tokenizer = try Tokenizer(file.metadata)
        guard tokenizer.vocabularySize == shape.vocabularyCount else {
            throw Violation("\(tokenizer.vocabularySize) and \(shape.vocabularyCount) tokens")
        }
        let tokens = tokenizer.encode("It's 12 cœurs\n\n<|im_end|> \u{1F600}")
        guard tokens.allSatisfy({ $0 >= 0 && Int($0) < tokenizer.vocabularySize }) else {
            throw Violation("a token outside of the vocabulary: \(tokens)")
        }
        _ = tokenizer.decode(tokens)
        _ = try? ChatTemplate(file.metadata, tokenizer: tokenizer)
    }

    /// Reads a value as every type there is; all but one of them are refused.
    private func touch(_ key: String, in metadata: Metadata) {
        _ = try? metadata.string(key)
        _ = try? metadata.integer(key, in: 0...10)
        _ = try? metadata.float(key)
        _ = try? metadata.bool(key)
        _ = try? metadata.strings(key)
        _ = try? metadata.integers(key)
        _ = try? metadata.floats(key)
    }

    /// Loads the model and lets it compute a little.
    private func compute(_ path: String, adapter: String? = nil) async throws {
        var options = EngineOptions(contextLength: 64, sequences: 2, threads: 1)
        options.adapterPath = adapter
        options.isBackground = false
        let engine = try Engine(modelPath: path, options: options)
        defer { engine.shutdown() }
        let count = try Hyperparameters(ModelFile(path: path)).vocabularyCount
        let tokens = (0..<Int32(min(5, engine.contextLength))).map { $0 % Int32(count) }
        guard try await engine.logits(after: tokens).count == count else {
            throw Violation("logits of another vocabulary")
        }
        let message = ChatMessage(role: .user, content: "What <|im_end|> is it?")
        _ = try await engine.generate([message], GenerationOptions(maxTokens: 3))
    }
}
