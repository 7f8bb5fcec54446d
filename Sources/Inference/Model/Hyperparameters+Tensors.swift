extension Hyperparameters {
    /// The tensors outside of the layers.
    ///
    /// Without `output.weight` the embedding serves as head.
    package var modelTensors: [TensorRequirement] {
        let divisors: [String] =
            switch architecture.ropeDivisors {
            case .none: []
            case .single: ["rope_freqs.weight"]
            case .shortAndLong: ["rope_factors_short.weight", "rope_factors_long.weight"]
            }
        return [
            TensorRequirement("token_embd.weight", [width, vocabularyCount]),
            TensorRequirement("output_norm.weight", [width], isExact: true),
            TensorRequirement("output.weight", [width, vocabularyCount], isOptional: true),
        ]
            + divisors.map {
                TensorRequirement($0, [rope.width / 2], isOptional: true, isExact: true)
            }
    }

    /// The tensors of one layer.
    package func layerTensors(_ layer: Int) -> [TensorRequirement] {
        let prefix = "blk.\(layer)."
        var norms = [("attn_norm", width), ("ffn_norm", width)]
        if architecture.hasHeadNorms {
            norms += [("attn_q_norm", headWidth), ("attn_k_norm", headWidth)]
        }
        if architecture.hasPostNorms {
            norms += [("post_attention_norm", width), ("post_ffw_norm", width)]
        }
        var tensors = norms.map {
            TensorRequirement("\(prefix)\($0.0).weight", [$0.1], isExact: true)
        }
        let sources = sources(layer: layer)
        for (index, source) in sources.enumerated() {
            // Of matrices that share a tensor, the last one holds its last rows.
            if !sources[(index + 1)...].contains(where: { $0.weight == source.weight }) {
                let shape = [source.depth, source.rows.upperBound]
                tensors.append(TensorRequirement(source.weight, shape))
            }
            if let bias = source.bias {
                tensors.append(
                    TensorRequirement(
                        bias, [source.rows.count], isOptional: architecture.biases == .optional,
                        isExact: true))
            }
        }
        return tensors
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
                known: Architecture.all.map(\.name))
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
