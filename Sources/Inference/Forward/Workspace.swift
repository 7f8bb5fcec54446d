import CKernels

/// Room for the intermediate results of one step, reused from step to step.
struct Workspace: Sendable {
    /// Rows of a step at most.
    let rowsMax: Int
    /// Rows of a step at most whose logits are wanted.
    let logitRowsMax: Int
    /// (rows, width).
    let residual: Buffer<Float>
    /// What is normed before it is added to the residual stream, (rows, width); untouched in
    /// models that norm nothing there.
    let branch: Buffer<Float>
    /// Inputs of matrices of floats, (rows, width).
    let floats: Buffer<Float>
    /// (rows, queryWidth).
    let queries: Buffer<Float>
    /// (rows, keyValueWidth).
    let keys: Buffer<Float>
    /// (rows, keyValueWidth).
    let values: Buffer<Float>
    /// (rows, queryWidth).
    let attention: Buffer<Float>
    /// (rows, feedForwardWidth); untouched where the next matrix takes blocks.
    let gated: Buffer<Float>
    /// Inputs of matrices of blocks, (rows, max(width, queryWidth)).
    let activations: Activations
    /// (rows, feedForwardWidth).
    let gatedActivations: Activations
    /// (logitRows, vocabularyCount).
    let logits: Buffer<Float>

    /// Room for the steps of so many sequences.
    init(_ shape: Hyperparameters, sequences: Int) throws(ModelError) {
        let (rows, logitRows) = (max(Limits.stepRows, sequences), Limits.logitRows + sequences)
        let (queryWidth, keyValueWidth) = (shape.queryWidth, shape.keyValueWidth)
        (rowsMax, logitRowsMax) = (rows, logitRows)
        residual = try Buffer(rows, shape.width)
        branch = try Buffer(rows, shape.width)
        floats = try Buffer(rows, shape.width)
        queries = try Buffer(rows, queryWidth)
        keys = try Buffer(rows, keyValueWidth)
        values = try Buffer(rows, keyValueWidth)
        attention = try Buffer(rows, queryWidth)
        gated = try Buffer(rows, shape.feedForwardWidth)
        activations = try Activations(rows: rows, depth: max(shape.width, queryWidth))
        gatedActivations = try Activations(rows: rows, depth: shape.feedForwardWidth)
        logits = try Buffer(logitRows, shape.vocabularyCount)
    }

    var byteCount: Int {
        let all = [residual, branch, floats, queries, keys, values, attention, gated, logits]
        return all.reduce(0) { $0 + $1.byteCount } + activations.byteCount
            + gatedActivations.byteCount
    }
}
