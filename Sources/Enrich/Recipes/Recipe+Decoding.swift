import Inference
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
            nameField, descriptionField, inputField, appliesToField, modelField, outputField,
            labelsField, fieldsField, tokensMaxField, longDocumentsField, fallbackField,
            promptField,
        ], checks: [checkOutput]
    ) { values, _ in
        let prompt = values[promptField]
        var recipe = Recipe(
            name: values[nameField], description: values[descriptionField],
            output: values[labelsField].map(Output.labels)
                ?? values[fieldsField].map(Output.fields) ?? .text,
            tokensMax: values[tokensMaxField], user: prompt.user)
        recipe.input = values[inputField]
        (recipe.kinds, recipe.charactersMin) = (
            values[appliesToField].kinds, values[appliesToField].charactersMin
        )
        recipe.model = values[modelField]
        recipe.longDocuments = values[longDocumentsField]
        recipe.fallback = values[fallbackField]
        recipe.system = prompt.system
        return recipe
    }

    /// The labels of a recipe that scores; also what a connector may replace them with.
    package static let labelsForm: YAML.Form<[String]> = YAML.Form<[String]>.list(
        of: .text, count: 2...Limits.labelsMax
    ).checked { labels in
        if Set(labels).count != labels.count { return "a label stands here twice" }
        let long = labels.first { $0.count > Limits.labelCharactersMax }
        return long.map { "the label `\($0)` is too long" }
    }

    private enum OutputName: String, CaseIterable { case text, labels, fields }

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

        private static let prompt: YAML.Form<String> = .text.checked { text in
            let unknown = Prompt.names(in: text).first { !Prompt.names.contains($0) }
            let known = Prompt.names.sorted().map { "{{\($0)}}" }.joined(separator: ", ")
            return unknown.map { "`{{\($0)}}` names no value; known are \(known)" }
        }
    }

    private static let nameField = Field(
        "recipe", name, "Its name, unique.")
    private static let namePattern = "[a-z][a-z0-9-]{0,62}"
    private static let name = YAML.Form<String>.text(named: "name", pattern: namePattern).checked {
        let isName = $0.wholeMatch(of: /[a-z][a-z0-9-]{0,62}/) != nil
        return isName ? nil : "`\($0)` is no name; names match `\(namePattern)`"
    }
    private static let descriptionField = Field("description", .text, "What it makes.")
    private static let appliesToField = Field(
        "applies_to", .section(Scope.section), default: "{}", "Which documents it is for.")
    private static let inputField = Field(
        "input", .cases(Input.self), default: "document",
        "What it looks at: a document, or the thread that a document is the latest message of.")
    private static let modelField = Field(
        optional: "model", .text, otherwise: "the first configured", "The model it uses.")
    private static let outputField = Field("output", .cases(OutputName.self), "The form it has.")
    private static let labelsField = Field(
        optional: "labels", labelsForm, "With output: labels, the only answers there are.")
    private static let fieldsField = Field(
        optional: "fields", RecipeField.form,
        "With output: fields, what the answer has, in this order.")
    private static let tokensMaxField = Field(
        "max_tokens", .integer(Limits.tokensMaxRange), default: "160", "Longest output.")
    private static let longDocumentsField = Field(
        "long_documents", .cases(LongDocuments.self), default: "truncate",
        "What becomes of a document longer than the model's context: it is cut at a sentence, or "
            + "read in pieces.")
    private static let fallbackField = Field(
        "fallback", .cases(Fallback.self), default: "extract",
        "What stands in for a text that was refused twice: sentences of the document, or nothing.")
    private static let promptField = Field(
        "prompt", .section(PromptTexts.section), "What the model is told.")

    /// Holds each form of output to the keys it needs, and to no others.
    private static let checkOutput: Values.Check = { values, reader in
        guard let output = values.find(outputField) else { return }
        for (name, key, isGiven) in [
            (OutputName.labels, labelsField.name, values.has(labelsField)),
            (.fields, fieldsField.name, values.has(fieldsField)),
        ] {
            if output == name, !isGiven {
                reader.error(
                    at: values.keyLocation(of: outputField), "`output: \(name)` needs `\(key)`")
            }
            if output != name, isGiven {
                let place =
                    name == .labels
                    ? values.keyLocation(of: labelsField) : values.keyLocation(of: fieldsField)
                reader.error(at: place, "`output: \(output)` has no \(key)")
            }
        }
        if output == .fields, values.find(longDocumentsField) == .mapReduce {
            reader.error(
                at: values.keyLocation(of: longDocumentsField),
                "`map_reduce` is for `output: text` and `output: labels`")
        }
    }
}
