/// A text and its tokens.
package struct TokenizeVector: Sendable {
    /// Where it was recorded, for messages.
    package let place: String
    package let text: String
    /// With names of control tokens as ordinary text.
    package let ids: [Int32]
    /// With names of control tokens as the tokens.
    package let idsSpecial: [Int32]

    package init(place: String, text: String, ids: [Int32], idsSpecial: [Int32]) {
        (self.place, self.text, self.ids, self.idsSpecial) = (place, text, ids, idsSpecial)
    }
}

/// A prompt and the probabilities of its next token.
package struct NextTokenVector: Sendable {
    /// A token and its natural-log probability.
    package struct Choice: Sendable {
        package let token: Int32
        package let logProbability: Double

        package init(token: Int32, logProbability: Double) {
            (self.token, self.logProbability) = (token, logProbability)
        }
    }

    package let place: String
    package let prompt: [Int32]
    /// The most probable first.
    package let top: [Choice]
    /// The same with weights of 32 bits.
    package let topExact: [Choice]
    /// The log probabilities with weights of 32 bits at the tokens of ``top``.
    package let exactAtTop: [Double]

    package init(
        place: String, prompt: [Int32], top: [Choice], topExact: [Choice], exactAtTop: [Double]
    ) {
        (self.place, self.prompt, self.top) = (place, prompt, top)
        (self.topExact, self.exactAtTop) = (topExact, exactAtTop)
    }
}

/// A prompt and its most probable continuation, with the distance to the second choice.
package struct GreedyVector: Sendable {
    package let place: String
    package let prompt: [Int32]
    package let output: [Int32]
    package let gaps: [Double]
    package let gapsExact: [Double]

    package init(
        place: String, prompt: [Int32], output: [Int32], gaps: [Double], gapsExact: [Double]
    ) {
        (self.place, self.prompt, self.output) = (place, prompt, output)
        (self.gaps, self.gapsExact) = (gaps, gapsExact)
    }
}

/// A text as tokens and its mean negative log likelihood.
package struct LikelihoodVector: Sendable {
    package let place: String
    package let tokens: [Int32]
    package let meanExact: Double
    /// As the recording program computes it.
    package let mean: Double

    package init(place: String, tokens: [Int32], meanExact: Double, mean: Double) {
        (self.place, self.tokens, self.meanExact, self.mean) = (place, tokens, meanExact, mean)
    }
}

/// A prompt and all logits of its next token.
package struct LogitsVector: Sendable {
    package let place: String
    package let prompt: [Int32]
    package let logits: [Double]
    /// With weights of 32 bits; nil where the weights have them anyway.
    package let logitsExact: [Double]?

    package init(place: String, prompt: [Int32], logits: [Double], logitsExact: [Double]?) {
        (self.place, self.prompt) = (place, prompt)
        (self.logits, self.logitsExact) = (logits, logitsExact)
    }
}

/// One row of a tensor as numbers.
package struct WeightVector: Sendable {
    package let place: String
    package let tensor: String
    package let row: Int
    package let values: [Double]

    package init(place: String, tensor: String, row: Int, values: [Double]) {
        (self.place, self.tensor, self.row, self.values) = (place, tensor, row, values)
    }
}
