/// Bytes that computing with a model takes, by its file and options; nothing is loaded to know.
package struct MemoryNeed: Equatable, Sendable {
    /// Packed weights.
    package let weights: Int
    /// Keys and values of one sequence whose context is full.
    package let sequence: Int
    /// Positions of a full context.
    package let contextLength: Int

    /// - Parameters:
    ///   - file: The model.
    ///   - shape: Its hyperparameters.
    ///   - options: Context, and the form of keys and values.
    /// - Throws: ``ModelError`` when a tensor is missing.
    package init(
        _ file: ModelFile, _ shape: Hyperparameters, _ options: EngineOptions
    ) throws(ModelError) {
        let head = file.tensors["output.weight"] == nil ? "token_embd.weight" : "output.weight"
        let sources =
            (0..<shape.layerCount).flatMap { shape.sources(layer: $0) } + [
                MatrixSource(weight: head, rows: 0..<shape.vocabularyCount, depth: shape.width)
            ]
        var weights = 0
        for source in sources {
            guard let tensor = file.tensors[source.weight] else {
                throw .missingTensor(path: file.path, tensor: source.weight)
            }
            weights += Matrix.byteCount(
                tensor.type, columns: source.rows.count, depth: source.depth)
        }
        self.weights = weights
        contextLength = min(
            options.contextLength ?? Limits.contextLengthDefault, shape.contextLength)
        sequence =
            Page.count(positions: contextLength) * shape.layerCount
            * PageStore.pageByteCount(shape, options.cacheFormat)
    }
}
