extension Engine {
    /// The logits of the token after `tokens`, one per token of the vocabulary.
    ///
    /// - Throws: ``InferenceError``.
    package func logits(after tokens: [Int32]) async throws(InferenceError) -> [Float] {
        try await submit(tokens, reserving: 0) { .logits(completion: $0) }
    }

    /// What the model makes of each position of `tokens` from `from` on.
    ///
    /// - Parameters:
    ///   - tokens: A text, which must fit the context.
    ///   - from: First position of interest.
    /// - Returns: One element for each position in `from..<tokens.count`.
    /// - Throws: ``InferenceError``.
    package func trace(
        _ tokens: [Int32], from: Int = 0
    ) async throws(InferenceError) -> [TokenTrace] {
        guard from >= 0, from < tokens.count else {
            throw .invalidRequest(reason: "position \(from) of \(tokens.count) tokens")
        }
        return try await submit(tokens, reserving: 0) { .trace(from: from, completion: $0) }
    }

    /// Continues `tokens`.
    ///
    /// - Parameters:
    ///   - tokens: The prompt, as it is.
    ///   - maxTokens: Tokens to be computed at most, at least 1.
    ///   - sampling: How each is chosen.
    ///   - observe: Called on the engine's thread with each token; false ends the output. Must
    ///     not wait for anything.
    /// - Returns: How many tokens were computed, the last one included.
    /// - Throws: ``InferenceError``.
    package func complete(
        _ tokens: [Int32], maxTokens: Int, sampling: Sampling = .greedy,
        observe: @escaping @Sendable (Int32) -> Bool
    ) async throws(InferenceError) -> Int {
        try await write(
            tokens, GenerationOptions(maxTokens: maxTokens, sampling: sampling), observe
        ).tokenCount
    }

    /// Continues `tokens` as `options` say, but for the stop texts.
    ///
    /// - Parameters:
    ///   - tokens: The prompt, as it is.
    ///   - options: How long the output may be, and what it is like.
    ///   - observe: As in ``complete(_:maxTokens:sampling:observe:)``.
    /// - Returns: How the output has ended.
    /// - Throws: ``InferenceError``.
    package func write(
        _ tokens: [Int32], _ options: GenerationOptions,
        _ observe: @escaping @Sendable (Int32) -> Bool
    ) async throws(InferenceError) -> Output {
        try options.check()
        let guide = try options.form.map { (form) throws(InferenceError) in
            try guides.guide(form)
        }
        if let guide {
            guard guide.leastTokenCount <= options.maxTokens else {
                throw .invalidRequest(
                    reason: "the form takes \(guide.leastTokenCount) tokens at least, "
                        + "allowed are \(options.maxTokens)")
            }
            if FormProgress(guide).isComplete {
                _ = guide.opening.tokens.allSatisfy(observe)
                return Output(tokenCount: guide.opening.tokens.count, isComplete: true)
            }
        }
        let writing = Writing(
            maxTokens: options.maxTokens, sampling: options.sampling, guide: guide,
            observe: observe)
        return try await submit(tokens, reserving: options.maxTokens - 1) {
            .generate(writing, completion: $0)
        }
    }

    /// The log probability of each of `labels` as the continuation of `tokens`.
    ///
    /// - Throws: ``InferenceError``.
    package func score(
        _ tokens: [Int32], labels: [[Int32]]
    ) async throws(InferenceError) -> [Double] {
        guard !labels.isEmpty, labels.count <= Limits.labels else {
            throw .invalidRequest(
                reason: "\(labels.count) labels, allowed are 1 to \(Limits.labels)")
        }
        for label in labels {
            try check(label)
            guard label.count <= Limits.labelTokens else {
                throw .invalidRequest(
                    reason: "label of \(label.count) tokens, allowed are \(Limits.labelTokens)")
            }
        }
        let longest = labels.map(\.count).max() ?? 1
        return try await submit(tokens, reserving: longest - 1) {
            .score(labels: labels, completion: $0)
        }
    }

    /// Hands a request to the engine's thread and waits; cancellation frees its sequence.
    private func submit<Value: Sendable>(
        _ prompt: [Int32], reserving reserved: Int,
        _ work: (@escaping Request.Completion<Value>) -> Request.Work
    ) async throws(InferenceError) -> Value {
        try check(prompt)
        let limit = contextLength - reserved
        guard prompt.count <= limit else {
            throw .promptTooLong(tokens: prompt.count, limit: max(0, limit))
        }
        let id = inbox.makeID()
        defer { inbox.forget(id) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let work = work { continuation.resume(returning: $0) }
                inbox.submit(Request(id: id, prompt: prompt, work: work))
            }
        } onCancel: {
            inbox.cancel(id)
        }
        return try result.get()
    }

    private func check(_ tokens: [Int32]) throws(InferenceError) {
        guard !tokens.isEmpty else { throw .invalidRequest(reason: "no tokens") }
        let vocabulary = transformer.model.hyperparameters.vocabularyCount
        if let strange = tokens.first(where: { $0 < 0 || $0 >= vocabulary }) {
            throw .invalidRequest(reason: "token \(strange) of \(vocabulary)")
        }
    }

    /// Positions a sequence can have: those configured, or the model's own if fewer.
    package var contextLength: Int { transformer.model.contextLength }
}
