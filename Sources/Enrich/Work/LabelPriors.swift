import Inference
import Synchronization

/// How probable a model finds each label of a recipe before it has seen any document.
///
/// A small model prefers some words whatever it is asked. Dividing by what it says to an empty
/// document takes that preference out.
///
/// Source: Zhao et al., "Calibrate Before Use", ICML 2021, https://arxiv.org/abs/2102.09690.
final class LabelPriors: Sendable {
    /// Keeps a label that the model finds impossible from becoming certain.
    private static let priorMin = 1e-4

    private let known = Mutex<[String: [Double]]>([:])

    /// The probabilities of labels for a document, freed of the model's preference.
    ///
    /// - Parameters:
    ///   - scores: What the model says with the document in the prompt; their sum is 1.
    ///   - model: Its name, under which the priors are remembered.
    ///   - compute: What the model says with an empty document.
    /// - Returns: As many probabilities; their sum is 1.
    /// - Throws: What `compute` throws.
    func calibrated(
        _ scores: [Double], model: String,
        compute: () async throws(InferenceError) -> [Double]
    ) async throws(InferenceError) -> [Double] {
        var priors = known.withLock { $0[model] }
        if priors == nil {
            let computed = try await compute()
            known.withLock { $0[model] = computed }
            priors = computed
        }
        guard let priors, priors.count == scores.count else { return scores }
        let weights = zip(scores, priors).map { $0 / max($1, Self.priorMin) }
        let sum = weights.reduce(0, +)
        guard sum > 0, sum.isFinite else { return scores }
        return weights.map { $0 / sum }
    }
}
