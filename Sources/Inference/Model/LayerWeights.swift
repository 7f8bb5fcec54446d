/// The weights of one transformer layer.
///
/// Shapes are (outputs, inputs): with `queryWidth = headCount * headWidth` and
/// `keyValueWidth = keyValueHeadCount * headWidth`.
struct LayerWeights: Sendable {
    /// (width).
    let attentionNorm: Vector
    /// (queryWidth, width).
    let query: Matrix
    /// (keyValueWidth, width).
    let key: Matrix
    /// (keyValueWidth, width).
    let value: Matrix
    /// (width, queryWidth).
    let attentionOutput: Matrix
    /// (width).
    let feedForwardNorm: Vector
    /// (feedForwardWidth, width).
    let gate: Matrix
    /// (feedForwardWidth, width).
    let up: Matrix
    /// (width, feedForwardWidth).
    let down: Matrix

    var matrices: [Matrix] { [query, key, value, attentionOutput, gate, up, down] }
}
