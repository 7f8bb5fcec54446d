import Domain
import Inference
import JSON
import Synchronization

/// How probable a recipe's labels are before there is a document: what a model prefers to say
/// whatever it reads, to be taken off the scores of documents.
///
/// Computed once for each model, from texts that say nothing.
///
/// Source: Zhao et al., Calibrate Before Use, ICML 2021.
package final class Calibration: Sendable {
    private typealias Work = Task<Result<[Double], EnrichError>, Never>
    private let works = Mutex<[String: Work]>([:])

    /// The mean log probabilities of labels for texts that say nothing.
    ///
    /// - Parameters:
    ///   - model: The name it is kept under.
    ///   - inquiry: Recipe and model; its document does not matter.
    ///   - labels: As the model is asked about them.
    /// - Returns: One for each label.
    /// - Throws: ``EnrichError``, of the first attempt; the next call tries again.
    func logProbabilities(
        _ model: String, _ inquiry: Inquiry, labels: [String]
    ) async throws(EnrichError) -> [Double] {
        let work = works.withLock { works in
            if let work = works[model] { return work }
            let work = Work { await Self.compute(inquiry, labels) }
            works[model] = work
            return work
        }
        let result = await work.value
        // Another job may try again.
        if case .failure = result { works.withLock { $0[model] = nil } }
        return try result.get()
    }

    private static func compute(
        _ inquiry: Inquiry, _ labels: [String]
    ) async -> Result<[Double], EnrichError> {
        do throws(EnrichError) {
            var sums = [Double](repeating: 0, count: labels.count)
            for text in Limits.neutralTexts {
                let neutral = Inquiry(
                    recipe: inquiry.recipe, model: inquiry.model, document: Self.document(text))
                let scores = try await neutral.ask(about: text) { messages throws(EnrichError) in
                    try await inquiry.model.score(messages, labels: labels)
                }
                for (index, log) in logarithms(scores.values).enumerated() { sums[index] += log }
            }
            return .success(sums.map { $0 / Double(Limits.neutralTexts.count) })
        } catch { return .failure(error) }
    }

    private static func document(_ text: String) -> Document {
        Document(
            sourceID: "", kind: "", title: "", author: nil, participants: [], language: nil,
            createdAt: nil, modifiedAt: nil, sourceURL: nil, body: text, contentSHA256: [],
            metadata: .object(.init()))
    }
}
