package import Domain
package import Inference
import JSON

/// Runs one recipe over one document: the work itself, without queue or database.
package struct Enricher: Sendable {
    private let configured: ConfiguredRecipe
    private var recipe: Recipe { configured.recipe }

    package init(_ configured: ConfiguredRecipe) { self.configured = configured }

    /// What the recipe makes of a document.
    ///
    /// A text that is unfit (empty, looping, in another language than the document) gives way to
    /// the document's own first sentences, marked as extractive: a reader always has something
    /// true.
    package func enrich(_ document: Document) async throws(InferenceError) -> Enrichment {
        let startedAt = ContinuousClock.now
        switch recipe.output {
        case .text:
            guard let model = configured.model(for: document.language) else {
                return extract(document, configured.models[0], 0, 0, "model", startedAt)
            }
            return try await summarise(document, model, startedAt)
        case .labels(let labels):
            let model = configured.model(for: document.language) ?? configured.models[0]
            return try await tag(document, labels, model, startedAt)
        }
    }

    private func summarise(
        _ document: Document, _ model: LoadedModel, _ startedAt: ContinuousClock.Instant
    ) async throws(InferenceError) -> Enrichment {
        let messages = try Prompt(recipe: recipe).messages(for: document, engine: model.engine)
        let reply = try await model.engine.generate(
            messages, GenerationOptions(maxTokens: recipe.tokensMax))
        var text = String(OutputCheck.cleaned(reply.text).prefix(Limits.outputCharactersMax))
        if reply.finish == .length { text = Excerpt.wholeSentences(text) }
        if let problem = OutputCheck.problem(in: text, documentLanguage: document.language) {
            return extract(
                document, model, reply.promptTokens, reply.outputTokens, problem.rawValue,
                startedAt)
        }
        return enrichment(
            .text(text, method: .generated), document.language, model, reply.promptTokens,
            reply.outputTokens, [:], startedAt)
    }

    private func extract(
        _ document: Document, _ model: LoadedModel, _ promptTokens: Int, _ outputTokens: Int,
        _ reason: String, _ startedAt: ContinuousClock.Instant
    ) -> Enrichment {
        let text = Excerpt.lead(document.body, charactersMax: Limits.extractCharactersMax)
        return enrichment(
            .text(text, method: .extractive), document.language, model, promptTokens,
            outputTokens, ["refused": .string(reason)], startedAt)
    }

    private func tag(
        _ document: Document, _ labels: [String], _ model: LoadedModel,
        _ startedAt: ContinuousClock.Instant
    ) async throws(InferenceError) -> Enrichment {
        let messages = try Prompt(recipe: recipe).messages(for: document, engine: model.engine)
        let scores = try await model.engine.score(messages, labels: labels)
        let ranked = zip(labels, scores).map { Enrichment.Label(name: $0, score: $1) }
            .sorted { $0.score > $1.score }
        return enrichment(
            .labels(ranked), nil, model, try model.engine.prompt(messages).count, 0, [:],
            startedAt)
    }

    private func enrichment(
        _ output: Enrichment.Output, _ language: String?, _ model: LoadedModel,
        _ promptTokens: Int, _ outputTokens: Int, _ more: [String: JSON],
        _ startedAt: ContinuousClock.Instant
    ) -> Enrichment {
        var parameters = JSON.Members([
            ("context_length", JSON(model.engine.contextLength)), ("decoding", "greedy"),
        ])
        if case .text = recipe.output { parameters["max_tokens"] = JSON(recipe.tokensMax) }
        for (name, value) in more { parameters[name] = value }
        return Enrichment(
            output: output, language: language, model: model.name, modelSHA256: model.sha256,
            promptSHA256: configured.promptSHA256, parameters: .object(parameters),
            promptTokens: promptTokens, outputTokens: outputTokens,
            duration: ContinuousClock.now - startedAt)
    }
}
