extension Engine {
    /// Measures how long computing a prompt takes.
    ///
    /// Nothing else should run on the engine meanwhile.
    ///
    /// - Parameters:
    ///   - tokens: Length of the prompt, at least 2 tokens.
    ///   - seed: Chooses the tokens; with another one, no kept prefix helps.
    /// - Returns: Until the logits after the prompt are there.
    /// - Throws: ``InferenceError``.
    package func prefillDuration(
        tokens: Int, seed: UInt64
    ) async throws(InferenceError) -> Duration {
        let prompt = try arbitraryPrompts(count: 1, tokens: tokens, seed: seed)[0]
        let start = ContinuousClock.now
        _ = try await logits(after: prompt)
        return ContinuousClock.now - start
    }

    /// Measures how long decoding takes, prompts excluded.
    ///
    /// The prompts are computed first and kept; then all sequences begin together. Nothing else
    /// should run on the engine meanwhile.
    ///
    /// - Parameters:
    ///   - tokens: Output tokens of each sequence, at least 2.
    ///   - sequences: Sequences decoded together.
    ///   - context: Tokens of each prompt, at least 2.
    ///   - seed: Chooses the prompts.
    /// - Returns: The time from when every sequence had its first token, and the output tokens
    ///   of all sequences in that time.
    /// - Throws: ``InferenceError``.
    package func decodeDuration(
        tokens: Int, sequences: Int, context: Int, seed: UInt64
    ) async throws(InferenceError) -> (duration: Duration, tokens: Int) {
        guard tokens > 1, sequences > 0, sequences <= options.sequences else {
            throw .invalidRequest(reason: "\(tokens) tokens of \(sequences) sequences")
        }
        let prompts = try arbitraryPrompts(count: sequences, tokens: context, seed: seed)
        for prompt in prompts { _ = try await logits(after: prompt) }
        let progress = BenchmarkProgress(sequences: sequences)
        let results = await withTaskGroup(of: Result<Int, InferenceError>.self) { group in
            for (sequence, prompt) in prompts.enumerated() {
                group.addTask {
                    do throws(InferenceError) {
                        return .success(
                            try await self.complete(prompt, maxTokens: tokens) { _ in
                                progress.note(sequence)
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
        return progress.result
    }

    /// Prompts of arbitrary tokens, of which no two begin alike.
    private func arbitraryPrompts(
        count: Int, tokens: Int, seed: UInt64
    ) throws(InferenceError) -> [[Int32]] {
        let vocabulary = transformer.model.hyperparameters.vocabularyCount
        guard tokens > 1, count < vocabulary else {
            throw .invalidRequest(reason: "\(count) prompts of \(tokens) tokens")
        }
        var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        return (0..<count).map { number in
            [Int32(number)]
                + (1..<tokens).map { _ in
                    // xorshift
                    state ^= state << 13
                    state ^= state >> 7
                    state ^= state << 17
                    return Int32(state % UInt64(vocabulary))
                }
        }
    }
}
