/// What came of holding an engine against one kind of recorded result.
///
/// Every check is an error that must not exceed a bound; where a rule speaks of agreement, the
/// share that disagrees is measured.
package struct VectorCheck: Equatable, Sendable {
    package let name: String
    /// Things compared: texts, prompts, steps, rows or files.
    package let cases: Int
    /// Of ``cases``; a rule about a mean passes or fails for all.
    package let passed: Int
    package let measured: Double
    package let bound: Double
    /// What the program that recorded the results differs from the exact ones by; nil where that
    /// was not recorded.
    package let peer: Double?
    /// What failed and how, ``Limits/reportedFailures`` at most.
    package let failures: [String]

    package var holds: Bool { passed == cases && measured <= bound }

    /// A rule about single cases; `failures` has one text for each that failed.
    ///
    /// `measured` is the worst of all cases; nil: the number of failures, none being allowed.
    package init(
        _ name: String, cases: Int, failures: [String], measured: Double? = nil,
        bound: Double = 0, peer: Double? = nil
    ) {
        (self.name, self.cases, self.bound, self.peer) = (name, cases, bound, peer)
        passed = cases - failures.count
        self.measured = measured ?? Double(failures.count)
        self.failures = Array(failures.prefix(Limits.reportedFailures))
    }

    /// A rule about all cases together; `failures` could not be computed, which fails it.
    ///
    /// `measured` is a mean or share over the others; not a number where there are none.
    package init(
        _ name: String, of cases: Int, failures: [String], mean measured: Double, bound: Double,
        peer: Double? = nil
    ) {
        (self.name, self.cases, self.bound, self.peer) = (name, cases, bound, peer)
        passed = failures.isEmpty && measured <= bound ? cases : 0
        self.measured = measured
        self.failures = Array(failures.prefix(Limits.reportedFailures))
    }
}

/// Bounds of the comparison, from what llama.cpp differs from itself by between settings.
package enum VectorBounds {
    /// Mean difference of natural-log probabilities at the reference's 20 most probable tokens.
    static let logProbabilityMean = 0.15
    /// A log probability further off than this is far, and how many may be.
    static let logProbabilityFar = 0.5
    static let farShare = 0.05
    /// Distance of the first two log probabilities from which the choice is decided.
    static let decidedGap = 0.5
    /// Steps whose choice may differ where nothing is decided.
    static let greedyShare = 0.06
    /// Difference of the mean negative log likelihood per token.
    static let likelihood = 0.02
    /// Error of logits, in standard deviations of the reference: of float weights with a float
    /// cache, and where weights, activations or cache have fewer bits.
    package static let floatLogits = 0.002
    package static let quantizedLogits = 0.10
    /// Error of an expanded weight, in the greatest weight of its row: the rounding of floats.
    static let weight = 1e-6
}
