extension Limits {
    /// ``Sampling/temperature``.
    package static let temperature = 0.0...2.0
    /// ``Sampling/topP``.
    package static let topP = 0.01...1.0
    /// ``Sampling/repetitionPenalty``.
    package static let repetitionPenalty = 1.0...2.0
    /// Tokens of the output whose repetition is made less probable.
    package static let penaltyWindow = 256
    /// A token with less than this share of the most probable one's probability is never drawn.
    package static let leastShare = 1e-7
}
