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
    /// Positions of the rotations.
    let contextLength: Int
    /// Bytes of packed weights.
    let weightByteCount: Int
    private let rope: RopeTable
    private let windowRope: RopeTable
    /// The embedding, read from the file row by row.
    private let embedding: TensorInfo

    /// Reads and packs every tensor of `file`.
    ///
    /// - Parameters:
    ///   - file: A model whose tensors are still unchecked.
    ///   - contextLength: Positions wanted at most; the model's own limit applies as well.
    ///   - adapter: Added to the weights, nil for the model as it is.
    /// - Throws: ``ModelError``, naming the key or tensor.
    init(_ file: ModelFile, contextLength: Int, adapter: AdapterFile?) throws(ModelError) {
        let shape = try Hyperparameters(file)
        guard let embedding = file.tensors["token_embd.weight"] else {
            throw .missingTensor(path: file.path, tensor: "token_embd.weight")
        }
        let hasHead = file.tensors["output.weight"] != nil
        let head = MatrixSource(
            weight: hasHead ? "output.weight" : embedding.name, rows: 0..<shape.vocabularyCount,
            depth: shape.width)
        let sources = (0..<shape.layerCount).map { shape.sources(layer: $0) }
        let adaptable = sources.joined().map(\.weight) + (hasHead ? [head.weight] : [])
        let pairs =
            if let adapter { try adapter.pairs(for: file, adaptable: Set(adaptable)) } else {
                [String: LowRankPair]()
            }
        let reader = WeightReader(file)
        let matrices = try reader.matrices(sources.joined() + [head], pairs: pairs)
        var layers: [LayerWeights] = []
        var next = 0
        for (index, sources) in sources.enumerated() {
            layers.append(
                try LayerWeights(
                    index, matrices: matrices[next..<next + sources.count], reader: reader,
                    architecture: shape.architecture))
            next += sources.count
        }
        self.file = file
        hyperparameters = shape
        self.layers = layers
        self.embedding = embedding
        outputNorm = try reader.vector("output_norm.weight")
        self.head = matrices[next]
        weightByteCount = matrices.reduce(0) { $0 + $1.byteCount }
        let positions = min(contextLength, shape.contextLength)
        self.contextLength = positions
        let divisors = try Self.ropeDivisors(shape, positions: positions, reader: reader)
        rope = try RopeTable(shape.rope, positions: positions, divisors: divisors)
        let hasWindows = shape.windows.contains { $0 > 0 }
        windowRope =
            hasWindows
            ? try RopeTable(shape.windowRope, positions: positions, divisors: nil) : rope
    }

    /// The rotations of a layer.
    func rope(ofLayer layer: Int) -> RopeTable {
        hyperparameters.windows[layer] > 0 ? windowRope : rope
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
        let width = hyperparameters.width
        kernel_row_expand(
            Int32(embedding.type.kernelSource.rawValue), base + index * rowByteCount,
            Int64(width), out)
        guard hyperparameters.architecture.scalesEmbeddings else { return }
        let scale = Float(width).squareRoot()
        for index in 0..<width { out[index] *= scale }
    }

    /// Divisors of the rotations' frequencies for a context of so many positions.
    private static func ropeDivisors(
        _ shape: Hyperparameters, positions: Int, reader: WeightReader
    ) throws(ModelError) -> [Float]? {
        let name: String
        switch shape.architecture.ropeDivisors {
        case .none: return nil
        case .single: name = "rope_freqs.weight"
        case .shortAndLong:
            let isLong = positions > shape.originalContextLength
            name = isLong ? "rope_factors_long.weight" : "rope_factors_short.weight"
        }
        guard let divisors = try reader.floats(name) else { return nil }
        guard divisors.allSatisfy(Limits.ropeDivisor.contains) else {
            throw .malformed(
                path: reader.path, place: "tensor \(name)",
                reason: "holds divisors outside of \(Limits.ropeDivisor)")
        }
        return divisors
    }
}
