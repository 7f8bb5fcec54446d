/// How the next token is chosen from what the model makes of all of them.
package struct Sampling: Hashable, Sendable {
    /// Divides the logits: 0 always takes the most probable token, 1 draws as the model says.
    package var temperature: Double
    /// Draws among the most probable tokens that together have this probability; 1 leaves out
    /// only those of less than ``Limits/leastShare`` of the most probable one's.
    package var topP: Double
    /// Makes tokens among the last ``Limits/penaltyWindow`` of the output less probable; 1 does
    /// not.
    ///
    /// Positive logits are divided by it and others multiplied (Keskar et al. 2019, CTRL,
    /// section 4.1). The prompt does not count: a summary may use the document's words.
    package var repetitionPenalty: Double
    /// Chooses the random numbers: the same request with the same seed gives the same tokens.
    package var seed: UInt64

    package init(
        temperature: Double = 0, topP: Double = 1, repetitionPenalty: Double = 1,
        seed: UInt64 = 0
    ) {
        self.temperature = temperature
        self.topP = topP
        self.repetitionPenalty = repetitionPenalty
        self.seed = seed
    }

    /// The most probable token at each step.
    package static let greedy = Self()

    /// Whether the greatest logit decides, as it is.
    var isPlain: Bool { temperature == 0 && repetitionPenalty == 1 }

    /// - Throws: ``InferenceError/invalidRequest(reason:)``, naming the value and what is allowed.
    func check() throws(InferenceError) {
        func check(
            _ name: String, _ value: Double, _ range: ClosedRange<Double>
        ) throws(InferenceError) {
            guard range.contains(value) else {
                throw .invalidRequest(
                    reason: "\(name) is \(value), allowed is \(range.lowerBound) to "
                        + "\(range.upperBound)")
            }
        }
        try check("temperature", temperature, Limits.temperature)
        try check("top-p", topP, Limits.topP)
        try check("repetition penalty", repetitionPenalty, Limits.repetitionPenalty)
    }
}
