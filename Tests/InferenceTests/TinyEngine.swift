import Inference
import Testing

/// Engines with a tiny random model: fast to load, and every test can have its own.
enum TinyEngine {
    static func make(
        _ name: String, contextLength: Int = 256, sequences: Int = 4, threads: Int = 2,
        adjust: (inout EngineOptions) -> Void = { _ in }
    ) throws -> Engine {
        var options = EngineOptions(
            contextLength: contextLength, sequences: sequences, threads: threads)
        options.isBackground = false
        adjust(&options)
        return try Engine(modelPath: ReferenceVectors.tinyModel(name), options: options)
    }

    /// An engine with as little memory as it can work with: a cache of one context.
    static func makeSmallest(
        _ name: String, contextLength: Int = 256, sequences: Int = 4
    ) throws -> Engine {
        let error = #expect(throws: ModelError.self) {
            try make(name, contextLength: contextLength, sequences: sequences) {
                $0.memoryByteCountMax = 1
            }
        }
        guard case .doesNotFit(_, let needed, .budget(1)) = error else {
            throw error ?? .outOfMemory(byteCount: 1)
        }
        return try make(name, contextLength: contextLength, sequences: sequences) {
            $0.memoryByteCountMax = needed
        }
    }
}
