import Inference

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
}
