import Domain

/// A text that was made of a piece of a document, and passed its checks.
struct Passage: Sendable {
    var text: String
    var method: Enrichment.Method
    var usage = Usage()
    /// Why an earlier attempt at it was refused.
    var refused: OutputProblem?
    /// The last question about it.
    var exchange: Exchange?

    private var paragraph: String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Some passages one after the other, a paragraph each.
    static func joined(_ passages: [Passage]) -> Passage {
        guard passages.count != 1 else { return passages[0] }
        return Passage(
            text: passages.map(\.paragraph).joined(separator: "\n\n"),
            method: passages.contains { $0.method == .generated } ? .generated : .extractive,
            usage: passages.map(\.usage).reduce(Usage(), +),
            refused: passages.lazy.compactMap(\.refused).first)
    }
}
