import Inference
import JSON

/// Tokens a second of prompts and of decoding, beside what the machine could do at most.
struct RateBenchmark {
    /// Lengths of the prompts that are measured.
    var prompts = [128, 512, 2048]
    /// Numbers of sequences whose decoding is measured.
    var sequences = [1, 4, 8, 16]
    /// Tokens of the prompt of each sequence that decodes.
    var context = 512
    /// Output tokens of each sequence; 0: decoding is not measured.
    var decode = 64
    var repetitions = 5

    static let columns = [
        "test", "tokens", "sequences", "tokens_per_second", "share_of_roofline",
        "gigabytes_per_second", "gigaoperations_per_second",
    ]

    /// Positions that a sequence takes at most.
    var contextLength: Int { max(prompts.max() ?? 0, decode > 0 ? context + decode : 0) }

    /// Measures everything.
    ///
    /// - Parameters:
    ///   - engine: An engine with nothing else to do, whose context and sequences suffice.
    ///   - roofline: Of the same machine.
    ///   - report: Is given each row as it comes.
    /// - Throws: `InferenceError`.
    func run(
        _ engine: Engine, _ roofline: Roofline, report: ([JSON]) -> Void
    ) async throws(InferenceError) {
        let model = engine.workModel
        for tokens in prompts {
            let seconds = try await median { seed throws(InferenceError) in
                try await engine.prefillDuration(tokens: tokens, seed: seed) / .seconds(1)
            }
            report(
                row("prefill", tokens, 1, tokens, seconds, model.prefill(tokens: tokens), roofline)
            )
        }
        guard decode > 0 else { return }
        for count in sequences {
            // The first token of each sequence belongs to its prompt's computation.
            let steps = decode - 1
            let work = model.decode(tokens: steps, sequences: count, context: context)
            let seconds = try await median { _ throws(InferenceError) in
                let (duration, tokens) = try await engine.decodeDuration(
                    tokens: decode, sequences: count, context: context, seed: 1)
                // Sequences that began a step earlier have fewer tokens left to count.
                return duration / .seconds(1) * Double(steps * count) / Double(max(1, tokens))
            }
            report(row("decode", decode, count, steps * count, seconds, work, roofline))
        }
    }

    /// The machine's limits as a row of their own.
    static func row(_ roofline: Roofline) -> [JSON] {
        [
            "roofline", nil, nil, nil, nil, figure(roofline.bytesPerSecond / 1e9),
            figure(roofline.operationsPerSecond / 1e9),
        ]
    }

    private func row(
        _ test: String, _ tokens: Int, _ sequences: Int, _ counted: Int, _ seconds: Double,
        _ work: Work, _ roofline: Roofline
    ) -> [JSON] {
        [
            .string(test), JSON(tokens), JSON(sequences), Self.figure(Double(counted) / seconds),
            Self.figure(roofline.secondsMin(of: work) / seconds),
            Self.figure(work.bytes / 1e9 / seconds), Self.figure(work.operations / 1e9 / seconds),
        ]
    }

    /// The median of several measurements after one that does not count; `measure` is given
    /// another number each time.
    private func median(
        _ measure: (UInt64) async throws(InferenceError) -> Double
    ) async throws(InferenceError) -> Double {
        var values: [Double] = []
        for seed in 0...repetitions {
            let value = try await measure(UInt64(seed))
            if seed > 0 { values.append(value) }
        }
        return values.median
    }

    /// A number with the four digits that a measurement is good for.
    static func figure(_ value: Double) -> JSON { JSON(value.rounded(digits: 4)) }
}
