import COpenBLAS

/// A low-rank adapter (LoRA) in a GGUF file, to be added to the weights of its base model.
///
/// The file is as untrusted as a model's: its tensors are held against the base model's, and
/// every number must be finite.
///
/// Source: llama.cpp's `convert_lora_to_gguf.py`.
package struct AdapterFile {
    private static let suffixes = (a: ".lora_a", b: ".lora_b")

    private let file: ModelFile
    private let scale: Float

    /// Opens the adapter at `path`.
    ///
    /// - Parameters:
    ///   - path: A GGUF file.
    ///   - scale: Factor on what the adapter adds.
    /// - Throws: ``ModelError``.
    package init(path: String, scale: Float) throws(ModelError) {
        let file = try ModelFile(path: path)
        for (key, known) in [("general.type", "adapter"), ("adapter.type", "lora")] {
            let value = try file.metadata.requiredString(key)
            guard value == known else {
                throw .unsupported(path: path, key: key, value: value.excerpt, known: [known])
            }
        }
        let key = "adapter.alora.invocation_tokens"
        if try file.metadata.count(key) != nil {
            throw .unsupported(
                path: path, key: key, value: "present", known: ["adapters that always apply"])
        }
        guard Limits.adapterScale.contains(scale) else {
            throw .outOfRange(
                path: path, key: "adapter scale", value: "\(scale)",
                allowed: "\(Limits.adapterScale.lowerBound) to \(Limits.adapterScale.upperBound)")
        }
        (self.file, self.scale) = (file, scale)
    }

    /// What the adapter adds, by the name of the tensor it adds to.
    ///
    /// - Parameters:
    ///   - base: The model, whose tensors are checked already.
    ///   - adaptable: Names of its tensors that can be added to.
    /// - Returns: A pair for each tensor that the adapter changes.
    /// - Throws: ``ModelError``, naming the key or tensor.
    func pairs(
        for base: ModelFile, adaptable: Set<String>
    ) throws(ModelError) -> [String: LowRankPair] {
        let architecture = try file.metadata.requiredString("general.architecture")
        let wanted = try base.metadata.requiredString("general.architecture")
        guard architecture == wanted else {
            throw .unsupported(
                path: file.path, key: "general.architecture", value: architecture.excerpt,
                known: [wanted])
        }
        let alpha = try file.metadata.float("adapter.lora.alpha", in: Limits.adapterAlpha) ?? 0
        // Its threads would only wait for each other: each core merges a part by itself.
        openblas_set_num_threads(1)
        var pairs: [String: LowRankPair] = [:]
        for name in file.tensors.keys.sorted() {
            guard let suffix = [Self.suffixes.a, Self.suffixes.b].first(where: name.hasSuffix),
                case let target = String(name.dropLast(suffix.count)), adaptable.contains(target),
                let tensor = base.tensors[target]
            else { throw .noBaseTensor(path: file.path, tensor: name) }
            if pairs[target] == nil { pairs[target] = try pair(of: tensor, alpha: alpha) }
        }
        return pairs
    }

    private func pair(of tensor: TensorInfo, alpha: Float) throws(ModelError) -> LowRankPair {
        let reader = WeightReader(file)
        let (depth, columns) = (tensor.shape[0], tensor.shape[1])
        let names = (a: tensor.name + Self.suffixes.a, b: tensor.name + Self.suffixes.b)
        guard let a = file.tensors[names.a] else {
            throw .missingTensor(path: file.path, tensor: names.a)
        }
        guard let b = file.tensors[names.b] else {
            throw .missingTensor(path: file.path, tensor: names.b)
        }
        let rank = b.shape[0]
        guard rank <= Limits.adapterRank else {
            throw .overLimit(
                path: file.path, place: "the rank of tensor \(names.b)",
                limit: Limits.adapterRank)
        }
        for (tensor, shape) in [(a, [depth, rank]), (b, [rank, columns])]
        where tensor.shape != shape {
            throw .wrongShape(
                path: file.path, tensor: tensor.name, expected: shape, actual: tensor.shape)
        }
        return LowRankPair(
            path: file.path, a: try reader.vector(names.a), b: try reader.vector(names.b),
            rank: rank, factor: alpha == 0 ? scale : scale * alpha / Float(rank))
    }
}
