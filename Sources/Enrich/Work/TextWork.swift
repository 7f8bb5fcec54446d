import Domain
import Inference
import JSON

/// Makes a text of a document: whole where it fits, else of its parts.
///
/// A long document is read in pieces, and each of its parts' pieces become one passage; the
/// passages follow each other, so that the end of a document is spoken of as its beginning is.
struct TextWork: Sendable {
    let inquiry: Inquiry
    /// Whether the model knows the document's language.
    let isKnown: Bool

    /// - Throws: ``EnrichError``; ``EnrichError/refused(_:)`` where nothing may stand in for what
    ///   the model wrote.
    func made() async throws(EnrichError) -> Made {
        let pieces = try inquiry.pieces()
        var passages: [Passage] = []
        for part in Self.parts(of: pieces.texts) { passages.append(try await passage(about: part)) }
        let whole = Passage.joined(passages)
        var made = Made(
            output: .text(whole.text, method: whole.method), language: inquiry.document.language,
            usage: whole.usage, exchange: whole.exchange)
        made.parameters["max_tokens"] = JSON(inquiry.recipe.tokensMax)
        made.parameters["refused"] = whole.refused.map { .string($0.rawValue) }
        if pieces.texts.count > 1 { made.parameters["pieces"] = JSON(pieces.texts.count) }
        if pieces.skipped > 0 { made.parameters["pieces_skipped"] = JSON(pieces.skipped) }
        return made
    }

    /// Neighbouring pieces together, in parts of about the same number.
    private static func parts(of pieces: [String]) -> [ArraySlice<String>] {
        let count = min(Limits.partsMax, pieces.count)
        return (0..<count).map { part in
            pieces[(part * pieces.count / count)..<((part + 1) * pieces.count / count)]
        }
    }

    /// One passage of some pieces: of each its own, and of those together one again.
    private func passage(about pieces: ArraySlice<String>) async throws(EnrichError) -> Passage {
        var passages = try await concurrently(Array(pieces), atOnce: Limits.chunksAtOnce) {
            piece throws(EnrichError) in try await passage(about: piece)
        }
        while passages.count > 1 {
            let all = Passage.joined(passages)
            var texts = try inquiry.pieces(of: all.text)
            // Passages as long as what they were made of would go on for ever.
            if texts.count >= passages.count { texts = [extract(from: all.text)] }
            passages = try await concurrently(texts, atOnce: Limits.chunksAtOnce) {
                text throws(EnrichError) in try await passage(about: text)
            }
            passages[0].usage = passages[0].usage + all.usage
            passages[0].refused = passages[0].refused ?? all.refused
        }
        return passages[0]
    }

    /// What the model says of a text; after two refusals, or in a language it does not know, the
    /// text's own sentences.
    private func passage(about text: String) async throws(EnrichError) -> Passage {
        let canExtract = inquiry.recipe.fallback == .extract
        guard isKnown || !canExtract else {
            return Passage(text: extract(from: text), method: .extractive, refused: .model)
        }
        var usage = Usage()
        var refused: OutputProblem?
        var exchange: Exchange?
        for attempt in [1, 2] {
            let remark = refused.flatMap { $0.remark(language: inquiry.document.language) }
            let answer = try await answer(about: text, attempt, remark)
            usage = usage + answer.usage
            exchange = inquiry.exchange(about: text, remark: remark, output: answer.text)
            let clean = String(OutputCheck.cleaned(answer.text).prefix(Limits.outputCharactersMax))
            let written = answer.isCut ? Excerpt.wholeSentences(clean) : clean
            guard let problem = OutputCheck.problem(in: written, of: inquiry.document, text) else {
                return Passage(
                    text: written, method: .generated, usage: usage, refused: refused,
                    exchange: exchange)
            }
            refused = problem
        }
        guard canExtract else { throw .refused(refused ?? .empty) }
        return Passage(
            text: extract(from: text), method: .extractive, usage: usage, refused: refused,
            exchange: exchange)
    }

    private func answer(
        about text: String, _ attempt: Int, _ remark: String?
    ) async throws(EnrichError) -> Answer {
        var options = GenerationOptions(maxTokens: inquiry.recipe.tokensMax)
        if attempt > 1 { options.sampling.repetitionPenalty = Limits.secondRepetitionPenalty }
        let wanted = options
        return try await inquiry.ask(about: text, remark: remark) { messages throws(EnrichError) in
            try await inquiry.model.answer(messages, wanted)
        }
    }

    private func extract(from text: String) -> String {
        SentenceRanking.extract(
            from: text, charactersMax: Limits.extractCharactersMax,
            vectors: inquiry.model.embeddings)
    }
}
