/// What a model's weights are made of, before any of them is read.
struct WeightPlan {
    let file: ModelFile
    let hyperparameters: Hyperparameters
    /// What is packed, layer by layer.
    let layers: [[MatrixSource]]
    let head: MatrixSource
    let embedding: TensorInfo
    /// What an adapter adds, by the name of the tensor it adds to.
    let pairs: [String: LowRankPair]

    /// Holds a file's tensors and an adapter's against the architecture.
    ///
    /// - Parameters:
    ///   - file: A model whose tensors are still unchecked.
    ///   - adapter: Added to the weights, nil for the model as it is.
    /// - Throws: ``ModelError``, naming the key or tensor.
    init(_ file: ModelFile, adapter: AdapterFile?) throws(ModelError) {
        let shape = try Hyperparameters(file)
        guard let embedding = file.tensors["token_embd.weight"] else {
            throw .missingTensor(path: file.path, tensor: "token_embd.weight")
        }
        let hasHead = file.tensors["output.weight"] != nil
        head = MatrixSource(
            weight: hasHead ? "output.weight" : embedding.name, rows: 0..<shape.vocabularyCount,
            depth: shape.width)
        layers = (0..<shape.layerCount).map { shape.sources(layer: $0) }
        let adaptable = layers.joined().map(\.weight) + (hasHead ? [head.weight] : [])
        pairs =
            if let adapter { try adapter.pairs(for: file, adaptable: Set(adaptable)) } else {
                [:]
            }
        (self.file, hyperparameters, self.embedding) = (file, shape, embedding)
    }

    /// Everything that is packed, in the order of its use.
    var sources: [MatrixSource] { layers.joined() + [head] }

    /// The element type a source is packed from.
    func type(of source: MatrixSource) throws(ModelError) -> ElementType {
        let type = try tensor(of: source).type
        return pairs[source.weight] == nil ? type : LowRankPair.mergedType(type)
    }

    /// Bytes of a source when it is packed.
    func byteCount(of source: MatrixSource) throws(ModelError) -> Int {
        Matrix.byteCount(try type(of: source), columns: source.rows.count, depth: source.depth)
    }

    func tensor(of source: MatrixSource) throws(ModelError) -> TensorInfo {
        guard let tensor = file.tensors[source.weight], tensor.shape.count == 2 else {
            throw .missingTensor(path: file.path, tensor: source.weight)
        }
        return tensor
    }

    /// Bytes of all matrices when they are packed, and of the vectors and rotations beside them.
    ///
    /// - Parameter positions: Context length of the engine.
    /// - Returns: The sum.
    /// - Throws: ``ModelError``, naming the tensor.
    func byteCount(positions: Int) throws(ModelError) -> Int {
        var sum = 0
        for source in sources { sum += try byteCount(of: source) }
        for tensor in file.tensors.values where tensor.shape.count == 1 {
            sum += tensor.shape[0] * MemoryLayout<Float>.stride
        }
        let shape = hyperparameters
        let ropes =
            shape.windows.contains { $0 > 0 } ? [shape.rope, shape.windowRope] : [shape.rope]
        return sum + ropes.reduce(0) { $0 + $1.width * positions * MemoryLayout<Float>.stride }
    }
}
