/// A versioned prompt with its inputs and its form of output.
///
/// The values of one file in `Recipes/` or in the configuration's `recipes.d`.
package struct Recipe: Sendable, Equatable {
    package enum Output: Sendable, Equatable {
        /// Generated text.
        case text
        /// One of these, scored and never generated.
        case labels([String])
    }

    package let name: String
    package let description: String
    /// Kinds of document it is for; empty: all.
    package let kinds: Set<String>
    /// Shortest body it is for, in characters.
    package let charactersMin: Int
    /// The configured model it wants; nil: the first one.
    package let model: String?
    package let output: Output
    /// Longest output, in tokens.
    package let tokensMax: Int
    package let system: String?
    package let user: String

    package init(
        name: String, description: String, kinds: Set<String>, charactersMin: Int, model: String?,
        output: Output, tokensMax: Int, system: String?, user: String
    ) {
        (self.name, self.description, self.kinds) = (name, description, kinds)
        (self.charactersMin, self.model, self.output) = (charactersMin, model, output)
        (self.tokensMax, self.system, self.user) = (tokensMax, system, user)
    }

    /// The same recipe with other labels, as a connector may ask for.
    package func with(labels: [String]) -> Recipe {
        Recipe(
            name: name, description: description, kinds: kinds, charactersMin: charactersMin,
            model: model, output: .labels(labels), tokensMax: tokensMax, system: system, user: user)
    }
}
