package import Domain
import Inference
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
    package func enrich(_ document: Document) async throws(EnrichError) -> Enrichment {
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
    ) async throws(EnrichError) -> Enrichment {
        let reply = try await ask(document, model) { messages throws(EnrichError) in
            try await model.model.answer(messages, tokensMax: recipe.tokensMax)
        }
        var text = String(OutputCheck.cleaned(reply.text).prefix(Limits.outputCharactersMax))
        if reply.isCut { text = Excerpt.wholeSentences(text) }
        if let problem = OutputCheck.problem(in: text, documentLanguage: document.language) {
            return extract(
                document, model, reply.promptTokens, reply.outputTokens, problem.rawValue,
                startedAt)
        }
        return enrichment(
            .text(text, method: .generated), document.language, model, reply.promptTokens,
            reply.outputTokens, .init(), startedAt)
    }

    private func extract(
        _ document: Document, _ model: LoadedModel, _ promptTokens: Int, _ outputTokens: Int,
        _ reason: String, _ startedAt: ContinuousClock.Instant
    ) -> Enrichment {
        let text = Excerpt.lead(document.body, charactersMax: Limits.extractCharactersMax)
        return enrichment(
            .text(text, method: .extractive), document.language, model, promptTokens,
            outputTokens, .init([("refused", .string(reason))]), startedAt)
    }

    private func tag(
        _ document: Document, _ labels: [String], _ model: LoadedModel,
        _ startedAt: ContinuousClock.Instant
    ) async throws(EnrichError) -> Enrichment {
        let scores = try await ask(document, model) { messages throws(EnrichError) in
            try await model.model.score(messages, labels: labels)
        }
        let ranked = zip(labels, scores.values).map { Enrichment.Label(name: $0, score: $1) }
            .sorted { $0.score > $1.score }
        return enrichment(
            .labels(ranked), nil, model, scores.promptTokens, scores.outputTokens,
            scores.parameters, startedAt)
    }

    /// Asks about a document; once more about half of it where a server finds it too long, whose
    /// tokens can only be guessed before.
    private func ask<Reply: Sendable>(
        _ document: Document, _ model: LoadedModel,
        _ question: @Sendable ([ChatMessage]) async throws(EnrichError) -> Reply
    ) async throws(EnrichError) -> Reply {
        let prompt = Prompt(recipe: recipe)
        do throws(EnrichError) {
            return try await question(prompt.messages(for: document, model: model.model))
        } catch {
            guard case .remote(.tooLong) = error else { throw error }
            let shorter = try prompt.messages(
                for: document, model: model.model, share: Limits.shortenedShare)
            return try await question(shorter)
        }
    }

    private func enrichment(
        _ output: Enrichment.Output, _ language: String?, _ model: LoadedModel,
        _ promptTokens: Int, _ outputTokens: Int, _ more: JSON.Members,
        _ startedAt: ContinuousClock.Instant
    ) -> Enrichment {
        var parameters = model.model.parameters
        if case .text = recipe.output { parameters["max_tokens"] = JSON(recipe.tokensMax) }
        for (name, value) in more.pairs { parameters[name] = value }
        return Enrichment(
            output: output, language: language, model: model.name, modelSHA256: model.sha256,
            promptSHA256: configured.promptSHA256, parameters: .object(parameters),
            promptTokens: promptTokens, outputTokens: outputTokens,
            duration: ContinuousClock.now - startedAt)
    }
}
