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
    private let rope: RopeTable
    private let windowRope: RopeTable
    /// The embedding, read from the file row by row.
    private let embedding: TensorInfo

    /// Reads and packs every tensor of a plan.
    ///
    /// - Parameters:
    ///   - plan: What to read.
    ///   - positions: Positions wanted; at most the model's own limit.
    /// - Throws: ``ModelError``, naming the tensor.
    init(_ plan: WeightPlan, contextLength positions: Int) throws(ModelError) {
        let (file, shape) = (plan.file, plan.hyperparameters)
        let reader = WeightReader(file)
        let matrices = try reader.matrices(plan)
        var layers: [LayerWeights] = []
        var next = 0
        for (index, sources) in plan.layers.enumerated() {
            layers.append(
                try LayerWeights(
                    index, matrices: matrices[next..<next + sources.count], reader: reader,
                    architecture: shape.architecture))
            next += sources.count
        }
        self.file = file
        hyperparameters = shape
        self.layers = layers
        embedding = plan.embedding
        outputNorm = try reader.vector("output_norm.weight")
        self.head = matrices[next]
        contextLength = positions
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
