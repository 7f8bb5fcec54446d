package import Domain
import Inference
import JSON

/// Runs one recipe over one document: the work itself, without queue or database.
package struct Enricher: Sendable {
    private let configured: ConfiguredRecipe

    package init(_ configured: ConfiguredRecipe) { self.configured = configured }

    /// What the recipe makes of a document.
    ///
    /// A text that is unfit (empty, looping, in another language than the document, with figures
    /// of its own) is asked for once more, and then gives way to the document's own sentences,
    /// marked as extractive: a reader always has something true.
    ///
    /// - Throws: ``EnrichError``.
    package func enrich(_ document: Document) async throws(EnrichError) -> Enrichment {
        let startedAt = ContinuousClock.now
        let known = configured.model(for: document.language)
        let model = known ?? configured.models[0]
        let inquiry = Inquiry(recipe: configured.recipe, model: model.model, document: document)
        let made =
            switch configured.recipe.output {
            case .text: try await TextWork(inquiry: inquiry, isKnown: known != nil).made()
            case .labels(let labels):
                try await LabelWork(
                    inquiry: inquiry, labels: labels, model: model.name,
                    calibration: configured.calibration
                ).made()
            case .fields(let form): try await FieldWork(inquiry: inquiry, form: form).made()
            }
        var parameters = model.model.parameters
        for (name, value) in made.parameters.pairs { parameters[name] = value }
        var enrichment = Enrichment(
            output: made.output, language: made.language, model: model.name,
            modelSHA256: model.sha256, promptSHA256: configured.promptSHA256,
            parameters: .object(parameters), promptTokens: made.usage.promptTokens,
            outputTokens: made.usage.outputTokens, duration: ContinuousClock.now - startedAt)
        enrichment.exchange = made.exchange
        return enrichment
    }
}
