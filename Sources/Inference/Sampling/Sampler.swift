import Glibc

/// Chooses tokens from rows of logits.
///
/// A choice depends on the row, the request and the index in its output alone, so it is the
/// same in every batch. The scratch memory is what makes it worth keeping.
struct Sampler {
    /// Logits after the penalty.
    private var logits: [Float] = []
    private var candidates: [(token: Int32, weight: Double)] = []

    /// The next token of an output.
    ///
    /// - Parameters:
    ///   - sampling: How to choose.
    ///   - row: The logits, one per token of the vocabulary, all finite.
    ///   - greatest: The token of the greatest logit, the first of equals.
    ///   - output: The tokens so far.
    ///   - mask: The tokens to choose from, at least one; nil: all.
    /// - Returns: A token of the vocabulary.
    mutating func choose(
        _ sampling: Sampling, row: Slice<UnsafeBufferPointer<Float>>, greatest: Int32,
        output: ArraySlice<Int32>, mask: TokenMask? = nil
    ) -> Int32 {
        if sampling.isPlain, mask?.contains(greatest) ?? true { return greatest }
        logits.removeAll(keepingCapacity: true)
        logits.append(contentsOf: row)
        if let mask {
            for token in logits.indices where !mask.contains(Int32(token)) {
                logits[token] = -.infinity
            }
        }
        if sampling.repetitionPenalty != 1 {
            penalise(output.suffix(Limits.penaltyWindow), by: Float(sampling.repetitionPenalty))
        }
        let best = greatestLogit()
        guard sampling.temperature > 0 else { return best }
        let total = weigh(sampling, best: logits[Int(best)])
        let random = CounterRandom(seed: sampling.seed).uniform(at: output.count)
        return draw(random, total: total, topP: sampling.topP) ?? best
    }

    private mutating func penalise(_ tokens: ArraySlice<Int32>, by penalty: Float) {
        for token in Set(tokens) {
            let logit = logits[Int(token)]
            logits[Int(token)] = logit > 0 ? logit / penalty : logit * penalty
        }
    }

    /// The token of the greatest logit, the first of equals.
    private func greatestLogit() -> Int32 {
        var best = 0
        for token in logits.indices where logits[token] > logits[best] { best = token }
        return Int32(best)
    }

    /// Fills ``candidates`` by token, with weights relative to that of the best; returns their
    /// sum.
    private mutating func weigh(_ sampling: Sampling, best: Float) -> Double {
        candidates.removeAll(keepingCapacity: true)
        let least = best + Float(log(Limits.leastShare) * sampling.temperature)
        var total = 0.0
        for token in logits.indices where logits[token] >= least {
            let weight = exp(Double(logits[token] - best) / sampling.temperature)
            candidates.append((Int32(token), weight))
            total += weight
        }
        return total
    }

    /// The candidate at `random` (0 to 1) of the weights, of the most probable ones if `topP`
    /// is below 1.
    private mutating func draw(_ random: Double, total: Double, topP: Double) -> Int32? {
        var total = total
        if topP < 1 {
            // All below it together weigh less than what is left out, so none of them is needed.
            let least = (1 - topP) * total / Double(candidates.count)
            candidates.removeAll { $0.weight < least }
            candidates.sort { ($1.weight, $0.token) < ($0.weight, $1.token) }
            var sum = 0.0
            let nucleus = candidates.firstIndex { candidate in
                sum += candidate.weight
                return sum >= topP * total
            }
            if let nucleus { candidates.removeSubrange((nucleus + 1)...) }
            total = sum
        }
        var rest = random * total
        for candidate in candidates {
            rest -= candidate.weight
            if rest < 0 { return candidate.token }
        }
        return candidates.last?.token
    }
}
