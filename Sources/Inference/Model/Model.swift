import CKernels

/// A model's weights, packed for the kernels; read-only and shared by all that compute with it.
final class Model: Sendable {
    let file: ModelFile
    let hyperparameters: Hyperparameters
    let layers: [LayerWeights]
    /// (width).
    let outputNorm: Vector
    /// (vocabularyCount, width).
    let head: Matrix
    let rope: RopeTable
    /// Positions of ``rope``.
    let contextLength: Int
    /// The embedding, read from the file row by row.
    private let embedding: TensorInfo
    private let embeddingSource: kernel_source

    /// Reads and packs every tensor of `file`.
    ///
    /// - Parameters:
    ///   - file: A model whose tensors are still unchecked.
    ///   - contextLength: Positions wanted at most; the model's own limit applies as well.
    /// - Throws: ``ModelError``, naming the key or tensor.
    init(_ file: ModelFile, contextLength: Int) throws(ModelError) {
        let hyperparameters = try Hyperparameters(file)
        let reader = WeightReader(file)
        let headName = file.tensors["output.weight"] == nil ? "token_embd.weight" : "output.weight"
        guard let embedding = file.tensors["token_embd.weight"] else {
            throw .missingTensor(path: file.path, tensor: "token_embd.weight")
        }
        let suffixes = [
            "attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down",
        ]
        let names = (0..<hyperparameters.layerCount).flatMap { layer in
            suffixes.map { "blk.\(layer).\($0).weight" }
        }
        let matrices = try reader.matrices(names + [headName])
        func matrix(_ name: String) throws(ModelError) -> Matrix {
            guard let matrix = matrices[name] else {
                throw .missingTensor(path: file.path, tensor: name)
            }
            return matrix
        }
        var layers: [LayerWeights] = []
        for layer in 0..<hyperparameters.layerCount {
            let prefix = "blk.\(layer)."
            layers.append(
                LayerWeights(
                    attentionNorm: try reader.vector(prefix + "attn_norm.weight"),
                    query: try matrix(prefix + "attn_q.weight"),
                    key: try matrix(prefix + "attn_k.weight"),
                    value: try matrix(prefix + "attn_v.weight"),
                    attentionOutput: try matrix(prefix + "attn_output.weight"),
                    feedForwardNorm: try reader.vector(prefix + "ffn_norm.weight"),
                    gate: try matrix(prefix + "ffn_gate.weight"),
                    up: try matrix(prefix + "ffn_up.weight"),
                    down: try matrix(prefix + "ffn_down.weight")))
        }
        self.file = file
        self.hyperparameters = hyperparameters
        self.layers = layers
        self.embedding = embedding
        embeddingSource = try reader.source(of: embedding)
        outputNorm = try reader.vector("output_norm.weight")
        head = try matrix(headName)
        self.contextLength = min(contextLength, hyperparameters.contextLength)
        rope = try RopeTable(
            hyperparameters, positions: self.contextLength,
            divisors: try reader.floats("rope_freqs.weight"))
    }

    /// Bytes of packed weights.
    var weightByteCount: Int {
        layers.reduce(head.byteCount) { $0 + $1.matrices.reduce(0) { $0 + $1.byteCount } }
    }

    /// Writes the embedding of `token` to `out`, `width` floats.
    ///
    /// - Precondition: `token` is in the vocabulary.
    func embed(_ token: Int32, into out: UnsafeMutablePointer<Float>) {
        let index = Int(token)
        precondition(index >= 0 && index < hyperparameters.vocabularyCount)
        let bytes = file.bytes(of: embedding)
        let rowByteCount = bytes.count / hyperparameters.vocabularyCount
        guard let base = bytes.baseAddress else { return }
        kernel_row_expand(
            Int32(embeddingSource.rawValue), base + index * rowByteCount,
            Int64(hyperparameters.width), out)
    }
}
