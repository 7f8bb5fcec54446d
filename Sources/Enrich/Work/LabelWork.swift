import Domain
import Foundation
import JSON

/// Scores labels as the answer to what a document is: over all its pieces alike.
struct LabelWork: Sendable {
    let inquiry: Inquiry
    let labels: [String]
    /// The model's name in the configuration.
    let model: String
    let calibration: Calibration

    func made() async throws(EnrichError) -> Made {
        let words = self.words
        let prior =
            inquiry.model.scoresExactly
            ? try await calibration.logProbabilities(model, inquiry, labels: words) : nil
        let pieces = try inquiry.pieces()
        let scores = try await concurrently(pieces.texts, atOnce: Limits.chunksAtOnce) {
            text throws(EnrichError) in
            try await inquiry.ask(about: text) { messages throws(EnrichError) in
                try await inquiry.model.score(messages, labels: words)
            }
        }
        let values = scores.map { calibrated($0.values, prior) }
        let means = labels.indices.map { index in
            values.reduce(0) { $0 + $1[index] } / Double(values.count)
        }
        let ranked = zip(labels, means).map { Enrichment.Label(name: $0, score: $1) }
            .sorted { $0.score > $1.score }
        var made = Made(
            output: .labels(ranked), usage: scores.map(\.usage).reduce(Usage(), +),
            parameters: scores.first?.parameters ?? .init())
        if scores.count == 1, let best = ranked.first {
            made.exchange = inquiry.exchange(about: pieces.texts[0], output: best.name)
        }
        if prior != nil { made.parameters["scoring"] = "calibrated" }
        if scores.count > 1 { made.parameters["pieces"] = JSON(scores.count) }
        if pieces.skipped > 0 { made.parameters["pieces_skipped"] = JSON(pieces.skipped) }
        return made
    }

    /// The labels as words, which models know better than identifiers.
    private var words: [String] {
        let words = labels.map { label in
            String(label.map { $0 == "_" ? " " : $0 })
        }
        return Set(words).count == labels.count ? words : labels
    }

    /// The share of each label once what the model says of any text is taken off.
    private func calibrated(_ values: [Double], _ prior: [Double]?) -> [Double] {
        guard let prior else { return values }
        let logs = zip(logarithms(values), prior).map { $0 - $1 }
        let greatest = logs.max() ?? 0
        let weights = logs.map { exp($0 - greatest) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
}

/// Logarithms of probabilities, those of none at all included.
func logarithms(_ probabilities: [Double]) -> [Double] {
    probabilities.map { log(max($0, .leastNormalMagnitude)) }
}
