package import Crypto
package import Inference
package import JSON

/// A model in this process's memory.
package struct LocalModel: LanguageModel {
    package let engine: Engine

    package init(_ engine: Engine) { self.engine = engine }

    package var contextLength: Int { engine.contextLength }
    package var sequences: Int { engine.options.sequences }
    package var scoresExactly: Bool { true }
    package var parameters: JSON.Members {
        var parameters = JSON.Members([
            ("context_length", JSON(contextLength)), ("decoding", "greedy"),
        ])
        parameters["chat_template"] = engine.options.chatFamily.map { .string($0.rawValue) }
        return parameters
    }

    package func tokenCount(_ text: String) -> Int { engine.tokenCount(text) }

    package func tokenCount(_ messages: [ChatMessage]) throws(EnrichError) -> Int {
        do { return try engine.prompt(messages).count } catch { throw .inference(error) }
    }

    package func answer(
        _ messages: [ChatMessage], _ options: GenerationOptions
    ) async throws(EnrichError) -> Answer {
        do {
            let reply = try await engine.generate(messages, options)
            return Answer(
                text: reply.text, isCut: reply.finish == .length,
                promptTokens: reply.promptTokens, outputTokens: reply.outputTokens)
        } catch { throw .inference(error) }
    }

    package func score(
        _ messages: [ChatMessage], labels: [String]
    ) async throws(EnrichError) -> Scores {
        do {
            let values = try await engine.score(messages, labels: labels)
            return Scores(
                values: values, promptTokens: try engine.prompt(messages).count, outputTokens: 0)
        } catch { throw .inference(error) }
    }

    package func embeddings(of texts: [String]) -> [[Float]]? { engine.embeddings(of: texts) }

    package func availability(at now: ContinuousClock.Instant) -> Availability {
        Availability(places: sequences)
    }

    package func shutdown() { engine.shutdown() }

    /// What tells a model in memory apart: its file's hash, or one of both files' with an adapter.
    ///
    /// - Parameters:
    ///   - file: SHA-256 of the model file.
    ///   - adapter: SHA-256 of the adapter merged into it.
    /// - Returns: 32 bytes.
    /// - Throws: `CryptoError` where OpenSSL fails.
    package static func identity(
        file: [UInt8], adapter: [UInt8]?
    ) throws(CryptoError) -> [UInt8] {
        guard let adapter else { return file }
        return try sha256(file + adapter)
    }
}
