import Glibc

extension Engine {
    /// The number of tokens `text` is to the model.
    package func tokenCount(_ text: String) -> Int { tokenizer.encode(text).count }

    /// The tokens of a conversation, up to where the model's reply begins.
    ///
    /// - Throws: ``InferenceError/noChatTemplate(reason:)`` for a model without one.
    package func prompt(_ messages: [ChatMessage]) throws(InferenceError) -> [Int32] {
        switch chat {
        case .success(let template): template.render(messages, tokenizer: tokenizer)
        case .failure(let error): throw .noChatTemplate(reason: "\(error)")
        }
    }

    /// Lets the model reply to a conversation.
    ///
    /// - Parameters:
    ///   - messages: The conversation so far.
    ///   - options: How long the reply may be, and how its tokens are chosen.
    ///   - onText: Called on the engine's thread with the text as it comes; must not wait for
    ///     anything.
    /// - Returns: The reply.
    /// - Throws: ``InferenceError``; cancelling the task ends the computation.
    package func generate(
        _ messages: [ChatMessage], _ options: GenerationOptions,
        onText: (@Sendable (String) -> Void)? = nil
    ) async throws(InferenceError) -> Generation {
        try options.check()
        let tokens = try prompt(messages)
        let reply = Reply(tokenizer: tokenizer, stops: options.stop, report: onText)
        let output = try await write(tokens, options) { reply.append($0) }
        return reply.finish(promptTokens: tokens.count, output)
    }

    /// The probability of each label as the whole reply to a conversation.
    ///
    /// The prompt is computed once; each label continues it. A label's weight is the product of
    /// the probabilities of its tokens and of the token that ends the reply, so a label is not
    /// mistaken for the beginning of a longer one. Weights are divided by their sum: the result
    /// is the probability that the reply is this label, given that it is one of them. Length
    /// is not compensated for; a long label is as probable as the model finds it.
    ///
    /// - Parameters:
    ///   - messages: The conversation, which should ask for one of the labels.
    ///   - labels: One to ``Limits/labels`` texts, none empty.
    /// - Returns: As many probabilities as labels, in their order; their sum is 1.
    /// - Throws: ``InferenceError``.
    package func score(
        _ messages: [ChatMessage], labels: [String]
    ) async throws(InferenceError) -> [Double] {
        guard !labels.contains("") else { throw .invalidRequest(reason: "an empty label") }
        let tokens = try prompt(messages)
        let end = endOfTurn.map { [$0] } ?? []
        let weights = try await score(
            tokens, labels: labels.map { tokenizer.encode($0) + end })
        let greatest = weights.max() ?? 0
        let shares = weights.map { exp($0 - greatest) }
        let sum = shares.reduce(0, +)
        return shares.map { $0 / sum }
    }

    /// The token that ends a reply.
    private var endOfTurn: Int32? {
        (try? chat.get().endOfTurn) ?? tokenizer.eosToken
    }
}
