import CKernels

/// The logits of a step's wanted rows, valid until the next step.
struct Logits {
    /// The greatest of each row, -1 where a logit is not finite.
    let choices: [Int32]
    private let values: UnsafeBufferPointer<Float>
    private let width: Int
    private let logSums: [Double]

    /// Runs the forward pass of `batch`; without `needsSums` there are no probabilities.
    init(_ transformer: Transformer, _ batch: Batch, needsSums: Bool) {
        let rows = batch.wanted.count
        let values = transformer.forward(batch)
        let width = transformer.model.hyperparameters.vocabularyCount
        self.values = values
        self.width = width
        guard rows > 0, let base = values.baseAddress else {
            (choices, logSums) = ([], [])
            return
        }
        var choices = [Int32](repeating: -1, count: rows)
        var logSums = [Double](repeating: 0, count: rows)
        kernel_argmax(transformer.team.raw, Int64(rows), Int64(width), base, &choices)
        if needsSums {
            kernel_log_sum_exp(transformer.team.raw, Int64(rows), Int64(width), base, &logSums)
        }
        (self.choices, self.logSums) = (choices, logSums)
    }

    func row(_ index: Int) -> Slice<UnsafeBufferPointer<Float>> {
        values[index * width..<(index + 1) * width]
    }

    /// Natural logarithm of the probability of `token` in a row.
    func logProbability(of token: Int32, row: Int) -> Double {
        Double(values[row * width + Int(token)]) - logSums[row]
    }
}
