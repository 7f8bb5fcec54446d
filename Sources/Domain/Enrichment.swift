package import JSON

/// What a recipe made of one revision: a summary, tags or fields, and how it came about.
package struct Enrichment: Sendable, Equatable {
    package enum Output: Sendable, Equatable {
        case text(String, method: Method)
        /// Every label with its probability, best first; the first is the answer.
        case labels([Label])
        /// A flat JSON object.
        case fields(JSON)
    }

    package enum Method: String, Sendable {
        case generated, extractive
    }

    package struct Label: Sendable, Equatable {
        package let name: String
        /// Probability, 0 to 1.
        package let score: Double

        package init(name: String, score: Double) { (self.name, self.score) = (name, score) }
    }

    package let output: Output
    /// ISO 639-1 of a text output, where known.
    package let language: String?
    /// The model's name in the configuration, and the hash of its file.
    package let model: String
    package let modelSHA256: [UInt8]
    package let promptSHA256: [UInt8]
    /// A JSON object: everything else that decided the output.
    package let parameters: JSON
    package let promptTokens: Int
    package let outputTokens: Int
    package let duration: Duration
    /// How it was asked for, where that is to be kept.
    package var exchange: Exchange?

    package init(
        output: Output, language: String?, model: String, modelSHA256: [UInt8],
        promptSHA256: [UInt8], parameters: JSON, promptTokens: Int, outputTokens: Int,
        duration: Duration
    ) {
        (self.output, self.language) = (output, language)
        (self.model, self.modelSHA256, self.promptSHA256) = (model, modelSHA256, promptSHA256)
        (self.parameters, self.duration) = (parameters, duration)
        (self.promptTokens, self.outputTokens) = (promptTokens, outputTokens)
    }
}
