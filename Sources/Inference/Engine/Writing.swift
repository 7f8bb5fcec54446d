/// What an output should be like, and who hears of it.
struct Writing: Sendable {
    /// Tokens of the output at most, at least 1.
    let maxTokens: Int
    let sampling: Sampling
    /// What the output must look like.
    let guide: FormGuide?
    /// Takes each token; false ends the output.
    let observe: @Sendable (Int32) -> Bool

    /// Whether the most probable token follows, whatever it is.
    var isPlain: Bool { sampling.isPlain && guide == nil }
}

/// How an output has ended.
package struct Output: Sendable {
    package let tokenCount: Int
    /// Whether it is a form the model has filled in to its end.
    package var isComplete = false
}
