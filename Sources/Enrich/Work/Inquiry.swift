import Domain
import Inference

/// A recipe's prompt, put to one model about one document.
struct Inquiry: Sendable {
    let recipe: Recipe
    let model: any LanguageModel
    let document: Document

    /// The body as the model can read it.
    struct Pieces {
        /// In their order; one empty piece of an empty body.
        let texts: [String]
        /// How many more there would be.
        let skipped: Int
    }

    /// The document's body, as long as the recipe reads on.
    ///
    /// - Throws: ``EnrichError`` for a model without a chat template.
    func pieces() throws(EnrichError) -> Pieces {
        let room = try prompt.room(for: document, in: model)
        guard recipe.longDocuments == .mapReduce else {
            let text = Excerpt.fit(document.body, tokensMax: room, count: model.tokenCount)
            return Pieces(texts: [text], skipped: 0)
        }
        let all = try pieces(of: document.body)
        guard all.count > Limits.chunksMax else {
            return Pieces(texts: all.isEmpty ? [""] : all, skipped: 0)
        }
        // Spread evenly, so that the end counts as much as the beginning.
        let chosen = (0..<Limits.chunksMax).map {
            all[$0 * (all.count - 1) / (Limits.chunksMax - 1)]
        }
        return Pieces(texts: chosen, skipped: all.count - chosen.count)
    }

    /// A text that takes the body's place, in as many pieces as it takes.
    func pieces(of text: String) throws(EnrichError) -> [String] {
        let room = try prompt.room(for: document, in: model)
        return Chunks.cut(text, tokensMax: room, count: model.tokenCount)
    }

    /// Asks about a body; once more about half of it where a server finds it too long, whose
    /// tokens can only be guessed before.
    func ask<Reply: Sendable>(
        about body: String, remark: String? = nil,
        _ question: @Sendable ([ChatMessage]) async throws(EnrichError) -> Reply
    ) async throws(EnrichError) -> Reply {
        do throws(EnrichError) {
            return try await question(messages(about: body, remark: remark))
        } catch {
            guard case .remote(.tooLong) = error else { throw error }
            let room = Int(Double(model.tokenCount(body)) * Limits.shortenedShare)
            let shorter = Excerpt.fit(body, tokensMax: room, count: model.tokenCount)
            return try await question(messages(about: shorter, remark: remark))
        }
    }

    /// What is asked about a body, and what was answered, for the record.
    func exchange(about body: String, remark: String? = nil, output: String) -> Exchange {
        let messages = messages(about: body, remark: remark).map { message in
            Exchange.Message(role: message.role.rawValue, content: message.content)
        }
        return Exchange(messages: messages, output: output)
    }

    private func messages(about body: String, remark: String?) -> [ChatMessage] {
        prompt.messages(for: document, body: body, remark: remark)
    }

    private var prompt: Prompt { Prompt(recipe: recipe) }
}
