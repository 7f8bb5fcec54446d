import Enrich
import Foundation
import Inference
import JSON

/// Documents a minute, as Enrich runs them: all ask the same, and are computed together.
struct DocumentBenchmark {
    let texts: [String]
    /// What the model is told before each document.
    let system: String?
    let tokensMax: Int
    /// Whether replies go on behind their end, so that all have the same length.
    let ignoresEnd: Bool
    var repetitions = 3

    static let columns = [
        "test", "documents", "documents_per_minute", "prompt_tokens", "output_tokens",
        "peak_memory_bytes",
    ]

    /// - Parameter path: JSON lines with a `text` each.
    /// - Returns: The texts in their order.
    /// - Throws: ``CommandFailure``, naming the line.
    static func texts(_ path: String) throws(CommandFailure) -> [String] {
        var texts: [String] = []
        for line in try JSONLine.all(path) { texts.append(try line.text("text")) }
        return texts
    }

    /// Runs all documents several times, each time on a new engine: one that knows the documents
    /// would not compute their prompts again.
    ///
    /// - Returns: One row; the memory is that of the first time, before anything piles up.
    /// - Throws: `InferenceError`, ``CommandFailure`` when the model cannot be loaded.
    func run(_ path: String, _ options: EngineOptions) async throws -> [JSON] {
        var durations: [Double] = []
        var peak: Int?
        var tokens = (prompt: 0, output: 0)
        for _ in 0..<repetitions {
            let engine = try await Models.load(path, options)
            defer { engine.shutdown() }
            _ = try await engine.prefillDuration(tokens: Self.warmUpTokens, seed: 1)
            let start = ContinuousClock.now
            tokens = try await generate(engine)
            durations.append((ContinuousClock.now - start) / .seconds(1))
            peak = peak ?? ProcessMemory.peak
        }
        let rate = Double(texts.count) * 60 / durations.median
        return [
            "documents", JSON(texts.count), RateBenchmark.figure(rate), JSON(tokens.prompt),
            JSON(tokens.output), JSON(peak ?? 0),
        ]
    }

    /// Tokens computed before the clock starts, to wake threads and memory.
    private static let warmUpTokens = 64
    /// Tokens that can appear where a document is joined to the text around it.
    private static let joinTokens = 8

    /// All documents at once; the engine computes as many together as it may.
    private func generate(_ engine: Engine) async throws -> (prompt: Int, output: Int) {
        try await withThrowingTaskGroup(of: (prompt: Int, output: Int).self) { group in
            for text in texts { group.addTask { try await reply(to: text, engine) } }
            return try await group.reduce((0, 0)) { ($0.0 + $1.prompt, $0.1 + $1.output) }
        }
    }

    private func reply(
        to text: String, _ engine: Engine
    ) async throws(InferenceError) -> (prompt: Int, output: Int) {
        let room =
            try engine.contextLength - tokensMax - engine.prompt(messages("")).count
            - Self.joinTokens
        let messages = messages(
            Excerpt.fit(text, tokensMax: room, count: engine.tokenCount))
        if ignoresEnd {
            let prompt = try engine.prompt(messages)
            let output = try await engine.complete(prompt, maxTokens: tokensMax) { _ in true }
            return (prompt.count, output)
        }
        let reply = try await engine.generate(messages, GenerationOptions(maxTokens: tokensMax))
        return (reply.promptTokens, reply.outputTokens)
    }

    private func messages(_ body: String) -> [ChatMessage] {
        (system.map { [ChatMessage(role: .system, content: $0)] } ?? [])
            + [ChatMessage(role: .user, content: body)]
    }
}
