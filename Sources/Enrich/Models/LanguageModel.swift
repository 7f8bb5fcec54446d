package import Inference
package import JSON

/// What recipes ask: a model in memory, or one behind a server.
package protocol LanguageModel: Sendable {
    /// Tokens that a prompt and its answer may take together.
    var contextLength: Int { get }
    /// Requests that are worked on side by side.
    var sequences: Int { get }
    /// Whether scores are the model's own probabilities of the labels, and not what a server lets
    /// guess of them.
    var scoresExactly: Bool { get }
    /// What decided an answer beside prompt and recipe, for the record.
    var parameters: JSON.Members { get }

    /// Tokens a text takes; where that cannot be known, more rather than less.
    func tokenCount(_ text: String) -> Int

    /// Tokens a conversation takes, with all that is put around its messages.
    func tokenCount(_ messages: [ChatMessage]) throws(EnrichError) -> Int

    /// The answer to a conversation.
    func answer(
        _ messages: [ChatMessage], _ options: GenerationOptions
    ) async throws(EnrichError) -> Answer

    /// The probability of each label as the answer to a conversation that asks for one of them.
    func score(
        _ messages: [ChatMessage], labels: [String]
    ) async throws(EnrichError) -> Scores

    /// What each of some texts is about, as vectors of unit length; nil where it cannot tell.
    func embeddings(of texts: [String]) -> [[Float]]?

    /// How many requests it would take on now.
    func availability(at now: ContinuousClock.Instant) -> Availability

    /// Fails all requests, present and future.
    func shutdown()
}

/// A generated text.
package struct Answer: Sendable, Equatable {
    package let text: String
    /// Whether it ended because it had its tokens, and not because it was done.
    package let isCut: Bool
    /// Zero where a server does not say.
    package let promptTokens: Int
    package let outputTokens: Int

    package init(text: String, isCut: Bool, promptTokens: Int, outputTokens: Int) {
        (self.text, self.isCut) = (text, isCut)
        (self.promptTokens, self.outputTokens) = (promptTokens, outputTokens)
    }
}

/// Labels' probabilities.
package struct Scores: Sendable, Equatable {
    /// In the order of the labels; their sum is 1.
    package let values: [Double]
    /// Zero where a server does not say.
    package let promptTokens: Int
    package let outputTokens: Int
    /// How they were found, for the record; empty for the exact way.
    package let parameters: JSON.Members

    package init(
        values: [Double], promptTokens: Int, outputTokens: Int, parameters: JSON.Members = .init()
    ) {
        (self.values, self.parameters) = (values, parameters)
        (self.promptTokens, self.outputTokens) = (promptTokens, outputTokens)
    }
}

/// Whether work may be claimed for a model.
package struct Availability: Sendable, Equatable {
    /// Requests it takes side by side now; zero while it is away.
    package let places: Int
    /// Whether it is away and likely to be back soon, so that waiting is worth it.
    package let isAwaited: Bool

    package init(places: Int, isAwaited: Bool = false) {
        (self.places, self.isAwaited) = (places, isAwaited)
    }
}
