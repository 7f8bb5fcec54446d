import Glibc

extension Engine {
    /// Holds the probabilities of next tokens against recorded ones.
    package func verify(_ vectors: [NextTokenVector]) async -> [VectorCheck] {
        var differences: [Double] = []
        var peerDifferences: [Double] = []
        var decided = 0
        var choiceFailures: [String] = []
        var errors: [String] = []
        for vector in vectors {
            guard let logits = await logits(after: vector.prompt, vector.place, &errors)
            else { continue }
            let greatest = Double(logits.max() ?? 0)
            let logSum = greatest + log(logits.reduce(0) { $0 + exp(Double($1) - greatest) })
            for (choice, exact) in zip(vector.top, vector.exactAtTop) {
                guard logits.indices.contains(Int(choice.token)) else {
                    errors.append("\(vector.place): the model has no token \(choice.token)")
                    break
                }
                differences.append(abs(Double(logits[Int(choice.token)]) - logSum - exact))
                peerDifferences.append(abs(choice.logProbability - exact))
            }
            guard vector.topExact.count > 1,
                vector.topExact[0].logProbability - vector.topExact[1].logProbability
                    > VectorBounds.decidedGap
            else { continue }
            decided += 1
            let choice = logits.firstIndex { Double($0) == greatest }.map(Int32.init)
            if choice != vector.topExact[0].token {
                choiceFailures.append(
                    "\(vector.place): chooses \(choice ?? -1), not \(vector.topExact[0].token)")
            }
        }
        let far = differences.count { $0 > VectorBounds.logProbabilityFar }
        return [
            VectorCheck(
                "log probability, mean difference", of: vectors.count, failures: errors,
                mean: mean(differences), bound: VectorBounds.logProbabilityMean,
                peer: mean(peerDifferences)),
            VectorCheck(
                "log probability, share far off", of: vectors.count, failures: errors,
                mean: Double(far) / Double(differences.count), bound: VectorBounds.farShare),
            VectorCheck("decided first choice", cases: decided, failures: choiceFailures),
        ]
    }

    /// Holds choices against recorded ones, each step fed the record's own beginning, so that
    /// one other choice does not spoil the rest.
    package func verify(_ vectors: [GreedyVector]) async -> [VectorCheck] {
        var (steps, decided, differing) = (0, 0, 0)
        var decidedFailures: [String] = []
        var errors: [String] = []
        for vector in vectors {
            let fed = vector.prompt + vector.output.dropLast()
            guard
                let traces = await trace(
                    fed, from: vector.prompt.count - 1, vector.place, &errors)
            else { continue }
            for (step, trace) in traces.enumerated() {
                let isSame = trace.choice == vector.output[step]
                steps += 1
                differing += isSame ? 0 : 1
                guard min(vector.gaps[step], vector.gapsExact[step]) >= VectorBounds.decidedGap
                else { continue }
                decided += 1
                if !isSame {
                    decidedFailures.append(
                        "\(vector.place): step \(step) chooses \(trace.choice), "
                            + "not \(vector.output[step])")
                }
            }
        }
        return [
            VectorCheck("decided greedy choice", cases: decided, failures: decidedFailures),
            VectorCheck(
                "greedy choice, share differing", of: steps, failures: errors,
                mean: Double(differing) / Double(steps), bound: VectorBounds.greedyShare),
        ]
    }

    /// Holds the mean negative log likelihood of texts against recorded ones.
    package func verify(_ vectors: [LikelihoodVector]) async -> [VectorCheck] {
        var failures: [String] = []
        var worst = 0.0
        for vector in vectors {
            guard
                let traces = await trace(vector.tokens, from: 0, vector.place, &failures)
            else { continue }
            let difference = abs(
                mean(traces.compactMap(\.nextLogProbability)) + vector.meanExact)
            worst = max(worst, difference.isNaN ? .infinity : difference)
            if !(difference <= VectorBounds.likelihood) {
                failures.append("\(vector.place): differs by \(difference)")
            }
        }
        return [
            VectorCheck(
                "mean log likelihood", cases: vectors.count, failures: failures, measured: worst,
                bound: VectorBounds.likelihood,
                peer: vectors.map { abs($0.mean - $0.meanExact) }.max())
        ]
    }

    /// Holds all logits against recorded ones: the root mean square of the difference, in
    /// standard deviations of the record.
    package func verify(
        _ vectors: [LogitsVector], name: String, bound: Double
    ) async -> VectorCheck {
        var failures: [String] = []
        var worst = 0.0
        for vector in vectors {
            guard let logits = await logits(after: vector.prompt, vector.place, &failures)
            else { continue }
            let expected = vector.logitsExact ?? vector.logits
            guard logits.count == expected.count else {
                failures.append("\(vector.place): \(expected.count) logits for \(logits.count)")
                continue
            }
            let error = relativeError(logits.map(Double.init), expected)
            worst = max(worst, error.isNaN ? .infinity : error)
            if !(error <= bound) { failures.append("\(vector.place): error of \(error)") }
        }
        let peer = vectors.compactMap { vector in
            vector.logitsExact.map { relativeError(vector.logits, $0) }
        }
        return VectorCheck(
            name, cases: vectors.count, failures: failures, measured: worst, bound: bound,
            peer: peer.max())
    }

    /// Nil, and a line in `failures`, when the engine refuses.
    private func logits(
        after tokens: [Int32], _ place: String, _ failures: inout [String]
    ) async -> [Float]? {
        do { return try await logits(after: tokens) } catch {
            failures.append("\(place): \(error)")
            return nil
        }
    }

    /// Nil, and a line in `failures`, when the engine refuses.
    private func trace(
        _ tokens: [Int32], from: Int, _ place: String, _ failures: inout [String]
    ) async -> [TokenTrace]? {
        do { return try await trace(tokens, from: from) } catch {
            failures.append("\(place): \(error)")
            return nil
        }
    }
}

/// Root mean square of the difference, in standard deviations of `expected`.
private func relativeError(_ values: [Double], _ expected: [Double]) -> Double {
    let center = mean(expected)
    let variance = mean(expected.map { ($0 - center) * ($0 - center) })
    return (mean(zip(values, expected).map { ($0 - $1) * ($0 - $1) }) / variance).squareRoot()
}

private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
}
