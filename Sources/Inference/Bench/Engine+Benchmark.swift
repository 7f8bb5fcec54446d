extension Engine {
    /// Measures prefill of one prompt and decoding of several at once.
    ///
    /// Prompts are made of arbitrary tokens, different in each call with another `seed`, so that
    /// no kept prefix helps. Nothing else should run on the engine meanwhile.
    ///
    /// - Parameters:
    ///   - prompt: Tokens of each prompt.
    ///   - decode: Output tokens of each sequence, at least 2.
    ///   - sequences: Sequences decoded together.
    ///   - seed: Chooses the tokens.
    /// - Returns: Rates in tokens per second.
    /// - Throws: ``InferenceError``.
    package func benchmark(
        prompt: Int, decode: Int, sequences: Int, seed: UInt64 = 0
    ) async throws(InferenceError) -> BenchmarkResult {
        let vocabulary = transformer.model.hyperparameters.vocabularyCount
        guard prompt > 1, decode > 1, sequences > 0, sequences <= options.sequences,
            sequences < vocabulary
        else {
            throw .invalidRequest(
                reason: "\(prompt) prompt and \(decode) output tokens of \(sequences) sequences")
        }
        var random = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        // The first token numbers the prompt, so that no two begin alike.
        var prompts = (0...sequences).map { number in
            [Int32(number)] + (1..<prompt).map { _ in token(&random, below: vocabulary) }
        }
        let start = ContinuousClock.now
        _ = try await logits(after: prompts.removeLast())
        let prefill = ContinuousClock.now - start

        let progress = BenchmarkProgress(sequences: sequences)
        let results = await withTaskGroup(of: Result<Int, InferenceError>.self) { group in
            for tokens in prompts {
                group.addTask {
                    do throws(InferenceError) {
                        return .success(
                            try await self.complete(tokens, maxTokens: decode) { token in
                                progress.note(token, of: tokens[0])
                                return true
                            })
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for result in results { _ = try result.get() }
        let total = progress.totals
        let duration = total.start.map { ContinuousClock.now - $0 } ?? .zero
        return BenchmarkResult(
            promptTokens: prompt, outputTokens: decode, sequences: sequences,
            prefillRate: Double(prompt) / (prefill / .seconds(1)),
            decodeRate: Double(total.counted) / max(duration / .seconds(1), 1e-9),
            checksum: total.checksum)
    }

    /// The next of a sequence of arbitrary tokens (xorshift).
    private func token(_ state: inout UInt64, below limit: Int) -> Int32 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int32(state % UInt64(limit))
    }
}
