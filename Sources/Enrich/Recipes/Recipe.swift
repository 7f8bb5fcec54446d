package import Inference

/// A versioned prompt with its inputs and its form of output.
///
/// The values of one file in `Recipes/` or in the configuration's `recipes.d`.
package struct Recipe: Sendable, Equatable {
    package enum Output: Sendable, Equatable {
        /// Generated text.
        case text
        /// One of these, scored and never generated.
        case labels([String])
        /// A flat JSON object of this form.
        case fields(Inference.Form)
    }

    /// What it looks at.
    package enum Input: String, CaseIterable, Sendable {
        case document
        /// The conversation that a document is the latest message of.
        case thread
    }

    /// What becomes of a document that is longer than the model's context.
    package enum LongDocuments: String, CaseIterable, Sendable {
        /// It is cut at a sentence.
        case truncate
        /// It is read in pieces, and then what was made of them.
        case mapReduce = "map_reduce"
    }

    /// What stands in for a text that was refused twice.
    package enum Fallback: String, CaseIterable, Sendable {
        /// Sentences of the document itself.
        case extract
        /// Nothing: the job fails, and says why.
        case none
    }

    package let name: String
    package let description: String
    package var input = Input.document
    /// Kinds of document it is for; empty: all.
    package var kinds: Set<String> = []
    /// Shortest body it is for, in characters.
    package var charactersMin = 1
    /// The configured model it wants; nil: the first one.
    package var model: String?
    package var output: Output
    /// Longest output, in tokens.
    package var tokensMax: Int
    package var longDocuments = LongDocuments.truncate
    package var fallback = Fallback.extract
    package var system: String?
    package let user: String

    package init(
        name: String, description: String, output: Output, tokensMax: Int, user: String
    ) {
        (self.name, self.description, self.output) = (name, description, output)
        (self.tokensMax, self.user) = (tokensMax, user)
    }

    /// The same recipe with other labels, as a connector may ask for.
    package func with(labels: [String]) -> Recipe {
        var recipe = self
        recipe.output = .labels(labels)
        return recipe
    }
}

extension Recipe.Output {
    /// As a recipe's file has it.
    package var name: String {
        switch self {
        case .text: "text"
        case .labels: "labels"
        case .fields: "fields"
        }
    }
}
