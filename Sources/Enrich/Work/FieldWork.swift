import Domain
import Inference
import JSON

/// Fills in a form about a document.
struct FieldWork: Sendable {
    let inquiry: Inquiry
    let form: Inference.Form

    /// - Throws: ``EnrichError``; ``EnrichError/refused(_:)`` where the answer is not of the form,
    ///   twice.
    func made() async throws(EnrichError) -> Made {
        let text = try inquiry.pieces().texts[0]
        var usage = Usage()
        var refused: OutputProblem?
        for attempt in [1, 2] {
            var options = GenerationOptions(maxTokens: inquiry.recipe.tokensMax, form: form)
            if attempt > 1 { options.sampling.repetitionPenalty = Limits.secondRepetitionPenalty }
            let wanted = options
            let answer = try await inquiry.ask(about: text) { messages throws(EnrichError) in
                try await inquiry.model.answer(messages, wanted)
            }
            usage = usage + answer.usage
            guard let fields = FieldCheck.fields(in: answer.text, form) else {
                refused = .form
                continue
            }
            var made = Made(
                output: .fields(fields), usage: usage,
                exchange: inquiry.exchange(about: text, output: answer.text))
            made.parameters["max_tokens"] = JSON(inquiry.recipe.tokensMax)
            made.parameters["refused"] = refused.map { .string($0.rawValue) }
            return made
        }
        throw .refused(.form)
    }
}
