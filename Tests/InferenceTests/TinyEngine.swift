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

    /// The answers to sixteen questions, each asked by its number: one at a time, then together on
    /// two threads, then together in the other order on one.
    static func answersInCrowds(
        _ name: String, _ ask: @escaping @Sendable (Engine, Int) async throws -> [Int32]
    ) async throws -> [[[Int32]]] {
        var answers: [[[Int32]]] = []
        for (sequences, threads, order) in [
            (1, 1, Array(0..<16)), (16, 2, Array(0..<16)), (16, 1, (0..<16).reversed()),
        ] {
            let engine = try make(name, sequences: sequences, threads: threads)
            defer { engine.shutdown() }
            let outputs = try await withThrowingTaskGroup(of: (Int, [Int32]).self) { group in
                for number in order {
                    group.addTask { (number, try await ask(engine, number)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            answers.append(outputs.sorted { $0.key < $1.key }.map(\.value))
        }
        return answers
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
