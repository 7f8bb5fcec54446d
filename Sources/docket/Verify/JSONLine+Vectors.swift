import Inference
import JSON

/// Each line of a file as the vector its kind of file holds.
extension JSONLine {
    var tokenize: TokenizeVector {
        get throws(CommandFailure) {
            TokenizeVector(
                place: place, text: try text("text"), ids: try tokens("ids", allowsNone: true),
                idsSpecial: try tokens("ids_special", allowsNone: true))
        }
    }

    var nextToken: NextTokenVector {
        get throws(CommandFailure) {
            let top = try choices("top")
            return NextTokenVector(
                place: place, prompt: try tokens("prompt_ids"), top: top,
                topExact: try choices("top_f32"),
                exactAtTop: try numbers("f32_at_top_ids", count: top.count))
        }
    }

    var greedy: GreedyVector {
        get throws(CommandFailure) {
            let output = try tokens("output_ids")
            return GreedyVector(
                place: place, prompt: try tokens("prompt_ids"), output: output,
                gaps: try numbers("gaps", count: output.count),
                gapsExact: try numbers("gaps_f32", count: output.count))
        }
    }

    var logits: LogitsVector {
        get throws(CommandFailure) {
            let logits = try numbers("logits")
            return LogitsVector(
                place: place, prompt: try tokens("prompt_ids"), logits: logits,
                logitsExact: has("logits_f32_weights")
                    ? try numbers("logits_f32_weights", count: logits.count) : nil)
        }
    }

    var weights: WeightVector {
        get throws(CommandFailure) {
            WeightVector(
                place: place, tensor: try text("tensor"), row: try integer("row"),
                values: try numbers("values"))
        }
    }

    /// The texts of one model, by language.
    func likelihoods(of model: String) throws(CommandFailure) -> [LikelihoodVector] {
        guard let languages = value[model]?.objectMembers else {
            throw failure(model, expected: "an object")
        }
        var vectors: [LikelihoodVector] = []
        for (name, value) in languages.pairs {
            let line = JSONLine(place: "\(place): \(model).\(name)", value: value)
            vectors.append(
                LikelihoodVector(
                    place: line.place, tokens: try line.tokens("ids"),
                    meanExact: try line.number("mean_nll_f32_weights"),
                    mean: try line.number("mean_nll")))
        }
        return vectors
    }
}
