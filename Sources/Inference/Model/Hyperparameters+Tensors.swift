extension Hyperparameters {
    /// The tensors outside of the layers.
    ///
    /// Without `output.weight` the embedding serves as head.
    package var modelTensors: [TensorRequirement] {
        switch architecture {
        case .llama:
            [
                TensorRequirement("token_embd.weight", [width, vocabularyCount]),
                TensorRequirement("output_norm.weight", [width], isExact: true),
                TensorRequirement("output.weight", [width, vocabularyCount], isOptional: true),
                TensorRequirement(
                    "rope_freqs.weight", [ropeWidth / 2], isOptional: true, isExact: true),
            ]
        }
    }

    /// The tensors of one layer.
    package func layerTensors(_ layer: Int) -> [TensorRequirement] {
        let queryWidth = headCount * headWidth
        let keyValueWidth = keyValueHeadCount * headWidth
        let prefix = "blk.\(layer)."
        return switch architecture {
        case .llama:
            [
                TensorRequirement(prefix + "attn_norm.weight", [width], isExact: true),
                TensorRequirement(prefix + "attn_q.weight", [width, queryWidth]),
                TensorRequirement(prefix + "attn_k.weight", [width, keyValueWidth]),
                TensorRequirement(prefix + "attn_v.weight", [width, keyValueWidth]),
                TensorRequirement(prefix + "attn_output.weight", [queryWidth, width]),
                TensorRequirement(prefix + "ffn_norm.weight", [width], isExact: true),
                TensorRequirement(prefix + "ffn_gate.weight", [width, feedForwardWidth]),
                TensorRequirement(prefix + "ffn_up.weight", [width, feedForwardWidth]),
                TensorRequirement(prefix + "ffn_down.weight", [feedForwardWidth, width]),
            ]
        }
    }

    /// Holds the tensors of `file` against the requirements.
    ///
    /// A tensor nobody asks for is refused as well: it is a bias, an expert or a gate of a
    /// variant that docket would compute wrongly without a word.
    func check(_ file: ModelFile) throws(ModelError) {
        var known: Set<String> = []
        for requirement in modelTensors {
            try check(requirement, in: file)
            known.insert(requirement.name)
        }
        for layer in 0..<layerCount {
            for requirement in layerTensors(layer) {
                try check(requirement, in: file)
                known.insert(requirement.name)
            }
        }
        if let name = file.tensors.keys.filter({ !known.contains($0) }).min() {
            throw .unsupported(
                path: file.path, key: "tensor", value: name.excerpt,
                known: Architecture.allCases.map(\.rawValue))
        }
    }

    private func check(
        _ requirement: TensorRequirement, in file: ModelFile
    ) throws(ModelError) {
        guard let tensor = file.tensors[requirement.name] else {
            guard requirement.isOptional else {
                throw .missingTensor(path: file.path, tensor: requirement.name)
            }
            return
        }
        guard tensor.shape == requirement.shape else {
            throw .wrongShape(
                path: file.path, tensor: tensor.name, expected: requirement.shape,
                actual: tensor.shape)
        }
        guard !requirement.isExact || tensor.type == .f32 else {
            throw .unsupported(
                path: file.path, key: "type of tensor \(tensor.name)", value: "\(tensor.type)",
                known: ["f32"])
        }
    }
}
