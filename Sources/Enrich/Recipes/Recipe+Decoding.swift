import RecipeFiles
package import YAML

extension Recipe {
    /// The recipes that come with the program, by name.
    ///
    /// - Returns: All that are right, and what is wrong in the others.
    package static func builtIn() -> (recipes: [String: Recipe], problems: [Diagnostic]) {
        var recipes: [String: Recipe] = [:]
        var problems: [Diagnostic] = []
        for file in RecipeFiles.all {
            let text = String(decoding: file.content, as: UTF8.self)
            var reader = Reader(Source(path: "Recipes/\(file.name)", text: text))
            let recipe = Node.parse(&reader).flatMap { section.decode($0, &reader) }
            problems += reader.sorted
            if let recipe { recipes[recipe.name] = recipe }
        }
        return (recipes, problems)
    }

    /// The field table of a recipe file.
    package static let section = Section(
        [
            nameField, descriptionField, appliesToField, modelField, outputField, labelsField,
            tokensMaxField, longDocumentsField, promptField,
        ], checks: [checkLabels]
    ) { values, _ in
        let scope = values[appliesToField]
        let prompt = values[promptField]
        return Recipe(
            name: values[nameField], description: values[descriptionField], kinds: scope.kinds,
            charactersMin: scope.charactersMin, model: values[modelField],
            output: values[labelsField].map(Output.labels) ?? .text,
            tokensMax: values[tokensMaxField], system: prompt.system, user: prompt.user)
    }

    /// The labels of a recipe that scores; also what a connector may replace them with.
    package static let labelsForm: Form<[String]> = Form<[String]>.list(
        of: .text, count: 2...Limits.labelsMax
    ).checked { labels in
        if Set(labels).count != labels.count { return "a label stands here twice" }
        let long = labels.first { $0.count > Limits.labelCharactersMax }
        return long.map { "the label `\($0)` is too long" }
    }

    private enum OutputName: String, CaseIterable { case text, labels }
    private enum LongDocuments: String, CaseIterable { case truncate }

    private struct Scope: Sendable {
        let kinds: Set<String>
        let charactersMin: Int

        static let kinds = Field(
            "kinds", .list(of: .text), default: "[]", "Kinds of document; empty: all.")
        static let charactersMin = Field(
            "characters_min", .integer(Limits.charactersMinRange), default: "1",
            "Shortest body, in characters.")
        static let section = Section([kinds, charactersMin]) { values, _ in
            Scope(kinds: Set(values[kinds]), charactersMin: values[charactersMin])
        }
    }

    private struct PromptTexts: Sendable {
        let system: String?
        let user: String

        static let system = Field(
            optional: "system", prompt, "Who the model is and what it shall do.")
        static let user = Field(
            "user", prompt,
            "The document and the question; {{title}} and {{body}} stand for its values.")
        static let section = Section([system, user]) { values, _ in
            PromptTexts(system: values[system], user: values[user])
        }

        private static let prompt: Form<String> = .text.checked { text in
            let unknown = Prompt.names(in: text).first { !Prompt.names.contains($0) }
            let known = Prompt.names.sorted().map { "{{\($0)}}" }.joined(separator: ", ")
            return unknown.map { "`{{\($0)}}` names no value; known are \(known)" }
        }
    }

    private static let nameField = Field(
        "recipe", name, "Its name, unique.")
    private static let namePattern = "[a-z][a-z0-9-]{0,62}"
    private static let name = Form<String>.text(named: "name", pattern: namePattern).checked {
        let isName = $0.wholeMatch(of: /[a-z][a-z0-9-]{0,62}/) != nil
        return isName ? nil : "`\($0)` is no name; names match `\(namePattern)`"
    }
    private static let descriptionField = Field("description", .text, "What it makes.")
    private static let appliesToField = Field(
        "applies_to", .section(Scope.section), default: "{}", "Which documents it is for.")
    private static let modelField = Field(
        optional: "model", .text, otherwise: "the first configured", "The model it uses.")
    private static let outputField = Field("output", .cases(OutputName.self), "The form it has.")
    private static let labelsField = Field(
        optional: "labels", labelsForm, "With output: labels, the only answers there are.")
    private static let tokensMaxField = Field(
        "max_tokens", .integer(Limits.tokensMaxRange), default: "160", "Longest output.")
    private static let longDocumentsField = Field(
        "long_documents", .cases(LongDocuments.self), default: "truncate",
        "What becomes of a document longer than the model's context: cut at a sentence.")
    private static let promptField = Field(
        "prompt", .section(PromptTexts.section), "What the model is told.")

    private static let checkLabels: Values.Check = { values, reader in
        guard let output = values.find(outputField) else { return }
        if output == .labels && !values.has(labelsField) {
            reader.error(at: values.keyLocation(of: outputField), "`output: labels` needs `labels`")
        }
        if output == .text && values.has(labelsField) {
            reader.error(at: values.keyLocation(of: labelsField), "`output: text` has no labels")
        }
    }
}
