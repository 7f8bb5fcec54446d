/// What a reply should be like.
package struct GenerationOptions: Hashable, Sendable {
    /// Tokens of the reply at most, at least 1.
    package var maxTokens: Int
    /// Texts that end the reply and are left out of it, ``Limits/stops`` at most.
    package var stop: [String]
    package var sampling: Sampling
    /// What the reply must look like; nil: as the model likes.
    ///
    /// A form excludes stop texts.
    package var form: Form?

    package init(
        maxTokens: Int, stop: [String] = [], sampling: Sampling = .greedy, form: Form? = nil
    ) {
        self.form = form
        self.maxTokens = maxTokens
        self.stop = stop
        self.sampling = sampling
    }

    /// - Throws: ``InferenceError/invalidRequest(reason:)``.
    func check() throws(InferenceError) {
        guard maxTokens >= 1 else { throw .invalidRequest(reason: "\(maxTokens) output tokens") }
        guard stop.count <= Limits.stops else {
            throw .invalidRequest(reason: "\(stop.count) stop texts, allowed are \(Limits.stops)")
        }
        guard form == nil || stop.isEmpty else {
            throw .invalidRequest(reason: "stop texts would cut a form short")
        }
        try sampling.check()
    }
}
