import Crypto
package import Domain
import JSON
import Store

/// A recipe with the models that may run it: all that decides a result beside the document.
package struct ConfiguredRecipe: Sendable {
    let recipe: Recipe
    /// In the configured order; the first that knows a document's language is used.
    let models: [LoadedModel]
    let promptSHA256: [UInt8]
    let fingerprint: [UInt8]
    let calibration = Calibration()

    /// - Parameters:
    ///   - recipe: With the labels to use.
    ///   - models: At least one.
    /// - Throws: `CryptoError` where OpenSSL fails.
    package init(recipe: Recipe, models: [LoadedModel]) throws {
        precondition(!models.isEmpty)
        (self.recipe, self.models) = (recipe, models)
        // As JSON, so that no text of one message can be taken for the other's.
        let prompt: JSON = [recipe.system.map(JSON.string) ?? .null, .string(recipe.user)]
        promptSHA256 = try sha256(prompt.serialized())
        let parts: [JSON] = [
            .string(recipe.name), .string(hexadecimal(promptSHA256)), Self.output(recipe),
            JSON(recipe.tokensMax), .string(recipe.input.rawValue),
            .string(recipe.longDocuments.rawValue), .string(recipe.fallback.rawValue),
            .array(
                models.map { model in
                    [
                        .string(model.name), .string(hexadecimal(model.sha256)),
                        .object(model.model.parameters),
                        .array(model.languages.sorted().map(JSON.string)),
                    ]
                }),
        ]
        fingerprint = try sha256(JSON.array(parts).serialized())
    }

    /// Which documents get a job.
    package var rule: JobRule {
        JobRule(
            recipe: recipe.name, fingerprint: fingerprint, kinds: recipe.kinds,
            charactersMin: recipe.charactersMin, isForThreads: recipe.input == .thread)
    }

    var version: RecipeVersion { RecipeVersion(recipe: recipe.name, fingerprint: fingerprint) }

    /// The model for a language; nil when none of them knows it.
    func model(for language: String?) -> LoadedModel? {
        models.first { model in
            model.languages.isEmpty || language.map(model.languages.contains) ?? true
        }
    }

    private static func output(_ recipe: Recipe) -> JSON {
        switch recipe.output {
        case .text: "text"
        case .labels(let labels): .array(labels.map(JSON.string))
        case .fields(let form): form.schema
        }
    }
}
