package import Domain
package import Inference

/// A recipe's prompt with one document's values in the places that name them.
///
/// Values are put in once, in a single pass: a document that contains `{{body}}` says just that.
/// The result is text for the tokenizer with control tokens off, so nothing in a document can
/// end its place in the conversation.
package struct Prompt {
    let recipe: Recipe

    package init(recipe: Recipe) { self.recipe = recipe }

    /// The names a prompt may use.
    static let names: Set<String> = ["title", "body", "labels", "language", "author"]

    /// Tokens there are for a document's body, beside all else and the answer.
    ///
    /// - Throws: ``EnrichError`` for a model without a chat template.
    package func room(
        for document: Document, in model: any LanguageModel
    ) throws(EnrichError) -> Int {
        let around = try model.tokenCount(messages(for: document, body: ""))
        return model.contextLength - reply - around - Limits.joinTokens
    }

    /// Tokens the answer may take.
    private var reply: Int {
        switch recipe.output {
        case .text, .fields: recipe.tokensMax
        case .labels: Limits.labelTokens
        }
    }

    /// The conversation about a document.
    ///
    /// - Parameters:
    ///   - document: Whose values are used.
    ///   - body: As much of its body as there is room for.
    ///   - remark: Put behind the question, in a line of its own.
    /// - Returns: System and user message.
    package func messages(
        for document: Document, body: String, remark: String? = nil
    ) -> [ChatMessage] {
        let labels = if case .labels(let labels) = recipe.output { labels } else { [String]() }
        let values = [
            "title": Self.beginning(of: document.title), "body": body,
            "labels": labels.joined(separator: ", "),
            "language": Self.beginning(of: document.language ?? ""),
            "author": Self.beginning(of: document.author ?? ""),
        ]
        let system = recipe.system.map { Self.fill($0, values) }
        let user = Self.fill(recipe.user, values) + (remark.map { "\n" + $0 } ?? "")
        return (system.map { [ChatMessage(role: .system, content: $0)] } ?? [])
            + [ChatMessage(role: .user, content: user)]
    }

    /// As much of a short value as a prompt has room for, counted in scalars: one character can
    /// be of any length.
    private static func beginning(of text: String) -> String {
        String(text.unicodeScalars.prefix(Limits.titleCharactersMax))
    }

    /// The names between `{{` and `}}` in a template.
    static func names(in template: String) -> [String] {
        var names: [String] = []
        _ = scan(template) { name in
            names.append(name)
            return ""
        }
        return names
    }

    private static func fill(_ template: String, _ values: [String: String]) -> String {
        scan(template) { values[$0] ?? "" }
    }

    private static func scan(_ template: String, _ value: (String) -> String) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstRange(of: "{{"),
            let close = rest[open.upperBound...].firstRange(of: "}}")
        {
            result += rest[..<open.lowerBound]
            result += value(String(rest[open.upperBound..<close.lowerBound]))
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}
