import Configuration
import Domain
import Enrich
import JSON
import Store

extension Command {
    static let documentsExplain = Command(
        words: ["documents", "explain"],
        summary: "how a document came to be as it is: every step, and why",
        operands: [Operand(name: "ID")], options: [.config, .output]
    ) { arguments, terminal in
        let id = try Documents.id(arguments.operands[0])
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            guard let detail = try await store.document(id) else {
                throw CommandFailure(code: .failed, message: "there is no document \(id)")
            }
            var table = Table(columns: ["step", "at", "name", "detail"])
            let story =
                try await store.story(of: id)
                + (detail.deletedAt == nil ? setup.recipeStory(of: detail) : [])
            for entry in story {
                table.rows.append([
                    .string(entry.step), JSON(date: entry.at), JSON(text: entry.name),
                    .string(entry.detail),
                ])
            }
            terminal.print(table.rendered(as: arguments.format, width: terminal.width))
            return .done
        }
    }
}

extension Documents {
    /// - Throws: ``CommandFailure`` with ``ExitCode/usage``.
    static func id(_ text: String) throws(CommandFailure) -> Document.ID {
        guard let number = Int64(text) else {
            throw CommandFailure(code: .usage, message: "`\(text)` is no document id")
        }
        return Document.ID(number)
    }
}

extension Setup {
    /// Which of the connector's recipes are for a document, and why the others are not.
    fileprivate func recipeStory(of detail: DocumentDetail) -> [StoryEntry] {
        guard let connector = configuration.connectors.first(where: { $0.name == detail.connector })
        else {
            let problem = "the connector is not in the configuration any more"
            return [StoryEntry(step: "recipe", at: nil, name: nil, detail: problem)]
        }
        let uses = configuration.recipes(of: connector)
        guard !uses.isEmpty, !configuration.models.isEmpty else {
            let reason = uses.isEmpty ? "the connector has no recipes" : "there are no models"
            return [
                StoryEntry(
                    step: "recipe", at: nil, name: nil, detail: "\(reason): it is only filed")
            ]
        }
        return uses.compactMap { use in
            recipes[use.name].map { recipe in
                StoryEntry(
                    step: "recipe", at: nil, name: recipe.name,
                    detail: verdict(on: detail.document, of: recipe))
            }
        }
    }

    private func verdict(on document: Document, of recipe: Recipe) -> String {
        var reasons: [String] = []
        if !recipe.kinds.isEmpty, !recipe.kinds.contains(document.kind) {
            reasons.append("it is for \(recipe.kinds.sorted().joined(separator: ", ")) only")
        }
        let length = document.body.unicodeScalars.count
        if length < recipe.charactersMin {
            reasons.append("it is for \(recipe.charactersMin) characters and more, not \(length)")
        }
        guard reasons.isEmpty else { return "does not apply: " + reasons.joined(separator: "; ") }
        let models = configuration.models.filter { recipe.model == nil || $0.name == recipe.model }
        let model = models.first { model in
            model.languages.isEmpty || document.language.map(model.languages.contains) ?? true
        }
        guard let model else {
            return "applies; no model is for the language \(document.language ?? "")"
        }
        return "applies; by the model \(model.name)"
    }
}
