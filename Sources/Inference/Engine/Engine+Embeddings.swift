extension Engine {
    /// What texts are about, by the embeddings of their tokens.
    ///
    /// The sum of a text's token embeddings, frequent tokens counting less: a vocabulary is
    /// ordered by how early its tokens were merged, so a low number is a frequent token, in any
    /// language. Nothing is computed with the model's layers, so this takes microseconds a text,
    /// on the caller's thread.
    ///
    /// Source: the weighting is that of Arora, Liang, Ma: A simple but tough-to-beat baseline for
    /// sentence embeddings, ICLR 2017, with the token's number in place of its frequency.
    ///
    /// - Parameter texts: Any number.
    /// - Returns: A vector of unit length for each, of as many numbers as the model is wide; all
    ///   zero for an empty text.
    package func embeddings(of texts: [String]) -> [[Float]] {
        let shape = transformer.model.hyperparameters
        let common = Limits.commonTokenShare * Float(shape.vocabularyCount)
        return texts.map { text in
            var sum = [Float](repeating: 0, count: shape.width)
            for token in tokenizer.encode(text) {
                add(token, min(1, Float(token) / common), to: &sum)
            }
            return Self.normalized(sum)
        }
    }

    private func add(_ token: Int32, _ weight: Float, to sum: inout [Float]) {
        let width = sum.count
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { row in
            guard let base = row.baseAddress else { return }
            transformer.model.embed(token, into: base)
            for index in 0..<width { sum[index] += weight * row[index] }
        }
    }

    private static func normalized(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0, length.isFinite else {
            return [Float](repeating: 0, count: vector.count)
        }
        return vector.map { $0 / length }
    }
}

extension Limits {
    /// Share of the vocabulary whose tokens count less than the others for being frequent.
    static let commonTokenShare: Float = 0.4
}
