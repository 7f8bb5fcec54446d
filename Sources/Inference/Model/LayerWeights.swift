/// The weights of one transformer layer.
///
/// Shapes are (outputs, inputs): with `queryWidth = headCount * headWidth` and
/// `keyValueWidth = keyValueHeadCount * headWidth`.
struct LayerWeights: Sendable {
    /// (width).
    let attentionNorm: Vector
    /// (headWidth), nil where heads are not normed.
    let queryNorm: Vector?
    /// (headWidth), nil where heads are not normed.
    let keyNorm: Vector?
    /// (queryWidth, width).
    let query: Matrix
    /// (keyValueWidth, width).
    let key: Matrix
    /// (keyValueWidth, width).
    let value: Matrix
    /// (width, queryWidth).
    let attentionOutput: Matrix
    /// (width), nil where what attention adds is not normed.
    let attentionPostNorm: Vector?
    /// (width).
    let feedForwardNorm: Vector
    /// (feedForwardWidth, width).
    let gate: Matrix
    /// (feedForwardWidth, width).
    let up: Matrix
    /// (width, feedForwardWidth).
    let down: Matrix
    /// (width), nil where what feed-forward adds is not normed.
    let feedForwardPostNorm: Vector?

    /// Puts together layer `index`.
    ///
    /// - Parameters:
    ///   - index: The layer, counted from 0.
    ///   - matrices: The matrices of ``Hyperparameters/sources(layer:)``, in their order.
    ///   - reader: Reads the norms.
    ///   - architecture: Says which norms there are.
    /// - Throws: ``ModelError``, naming the tensor.
    init(
        _ index: Int, matrices: ArraySlice<Matrix>, reader: WeightReader,
        architecture: Architecture
    ) throws(ModelError) {
        func norm(_ name: String, _ isPresent: Bool) throws(ModelError) -> Vector? {
            isPresent ? try reader.vector("blk.\(index).\(name).weight") : nil
        }
        let first = matrices.startIndex
        attentionNorm = try reader.vector("blk.\(index).attn_norm.weight")
        queryNorm = try norm("attn_q_norm", architecture.hasHeadNorms)
        keyNorm = try norm("attn_k_norm", architecture.hasHeadNorms)
        (query, key, value) = (matrices[first], matrices[first + 1], matrices[first + 2])
        attentionOutput = matrices[first + 3]
        attentionPostNorm = try norm("post_attention_norm", architecture.hasPostNorms)
        feedForwardNorm = try reader.vector("blk.\(index).ffn_norm.weight")
        (gate, up, down) = (matrices[first + 4], matrices[first + 5], matrices[first + 6])
        feedForwardPostNorm = try norm("post_ffw_norm", architecture.hasPostNorms)
    }
}
