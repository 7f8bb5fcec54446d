import Domain
import JSON

/// Scores labels as the answer to what a document is: over all its pieces alike.
struct LabelWork: Sendable {
    let inquiry: Inquiry
    let labels: [String]

    func made() async throws(EnrichError) -> Made {
        let pieces = try inquiry.pieces()
        let scores = try await concurrently(pieces.texts, atOnce: Limits.chunksAtOnce) {
            text throws(EnrichError) in
            try await inquiry.ask(about: text) { messages throws(EnrichError) in
                try await inquiry.model.score(messages, labels: labels)
            }
        }
        let means = labels.indices.map { index in
            scores.reduce(0) { $0 + $1.values[index] } / Double(scores.count)
        }
        let ranked = zip(labels, means).map { Enrichment.Label(name: $0, score: $1) }
            .sorted { $0.score > $1.score }
        var made = Made(
            output: .labels(ranked), usage: scores.map(\.usage).reduce(Usage(), +),
            parameters: scores.first?.parameters ?? .init())
        if scores.count > 1 { made.parameters["pieces"] = JSON(scores.count) }
        if pieces.skipped > 0 { made.parameters["pieces_skipped"] = JSON(pieces.skipped) }
        return made
    }
}
