/// Where a matrix of the model comes from.
struct MatrixSource: Equatable, Sendable {
    /// Name of the tensor that holds the weights.
    let weight: String
    /// The tensor's rows that are the matrix: its outputs.
    let rows: Range<Int>
    /// Inputs.
    let depth: Int
    /// Name of the tensor that is added to the outputs.
    var bias: String?
}

extension Hyperparameters {
    /// Elements of all queries of a row.
    var queryWidth: Int { headCount * headWidth }
    /// Elements of all keys, or of all values, of a row.
    var keyValueWidth: Int { keyValueHeadCount * headWidth }

    /// Queries, keys, values, what attention puts out, gate, up and down, in this order.
    func sources(layer: Int) -> [MatrixSource] {
        let prefix = "blk.\(layer)."
        func fused(_ name: String, _ first: Int, _ count: Int) -> MatrixSource {
            MatrixSource(
                weight: "\(prefix)\(name).weight", rows: first..<first + count, depth: width)
        }
        func single(
            _ name: String, _ columns: Int, depth: Int, hasBias: Bool = false
        ) -> MatrixSource {
            MatrixSource(
                weight: "\(prefix)\(name).weight", rows: 0..<columns, depth: depth,
                bias: hasBias ? "\(prefix)\(name).bias" : nil)
        }
        let hasBias = architecture.biases == .optional
        let output = single("attn_output", width, depth: queryWidth, hasBias: hasBias)
        let down = single("ffn_down", width, depth: feedForwardWidth, hasBias: hasBias)
        if architecture.hasFusedTensors {
            return [
                fused("attn_qkv", 0, queryWidth), fused("attn_qkv", queryWidth, keyValueWidth),
                fused("attn_qkv", queryWidth + keyValueWidth, keyValueWidth), output,
                fused("ffn_up", 0, feedForwardWidth),
                fused("ffn_up", feedForwardWidth, feedForwardWidth), down,
            ]
        }
        let hasInputBias = architecture.biases != .none
        return [
            single("attn_q", queryWidth, depth: width, hasBias: hasInputBias),
            single("attn_k", keyValueWidth, depth: width, hasBias: hasInputBias),
            single("attn_v", keyValueWidth, depth: width, hasBias: hasInputBias), output,
            single("ffn_gate", feedForwardWidth, depth: width, hasBias: hasBias),
            single("ffn_up", feedForwardWidth, depth: width, hasBias: hasBias), down,
        ]
    }
}
