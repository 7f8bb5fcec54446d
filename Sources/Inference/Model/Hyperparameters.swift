/// The sizes and constants of a transformer, as its file states them.
///
/// All are checked against ``Limits`` and against each other, and all tensors against them, so
/// what computes with them needs no further check.
package struct Hyperparameters: Equatable, Sendable {
    package let architecture: Architecture
    package let layerCount: Int
    /// Elements of the residual stream.
    package let width: Int
    package let feedForwardWidth: Int
    package let headCount: Int
    /// Heads of keys and values; divides ``headCount``.
    package let keyValueHeadCount: Int
    /// Elements of one head; even.
    package let headWidth: Int
    /// Added to the mean square before its root is taken.
    package let normEpsilon: Float
    /// Factor on the queries.
    package let attentionScale: Float
    /// Rotation in layers that see the whole context.
    package let rope: Rope
    /// Rotation in layers that see a window.
    package let windowRope: Rope
    /// Positions of the model before its context was stretched.
    package let originalContextLength: Int
    /// Positions each layer sees, 0 for all of them.
    package let windows: [Int]
    /// Bound that logits are bent to, nil: they are not.
    package let logitCap: Float?
    /// Positions the model was trained for.
    package let contextLength: Int
    package let vocabularyCount: Int

    /// Reads the hyperparameters of `file` and holds its tensors against them.
    ///
    /// - Parameter file: A model, not an adapter.
    /// - Throws: ``ModelError``, naming the key or tensor.
    package init(_ file: ModelFile) throws(ModelError) {
        try self.init(file.metadata)
        try check(file)
    }

    /// Reads the hyperparameters alone.
    package init(_ metadata: Metadata) throws(ModelError) {
        let path = metadata.path
        let name = try metadata.requiredString("general.architecture")
        guard let architecture = Architecture.named(name) else {
            throw .unsupported(
                path: path, key: "general.architecture", value: name.excerpt,
                known: Architecture.all.map(\.name))
        }
        if let type = try metadata.string("general.type"), type != "model" {
            throw .unsupported(
                path: path, key: "general.type", value: type.excerpt, known: ["model"])
        }

        self.architecture = architecture
        layerCount = try metadata.requiredInteger("\(name).block_count", in: Limits.layers)
        width = try metadata.requiredInteger("\(name).embedding_length", in: Limits.width)
        feedForwardWidth = try metadata.requiredInteger(
            "\(name).feed_forward_length", in: Limits.feedForwardWidth)
        contextLength = try metadata.requiredInteger(
            "\(name).context_length", in: Limits.contextLength)
        vocabularyCount = try metadata.requiredCount("tokenizer.ggml.tokens")
        try metadata.check(
            vocabularyCount, in: Limits.vocabulary, key: "tokenizer.ggml.tokens")

        let headsKey = "\(name).attention.head_count"
        headCount = try metadata.requiredInteger(headsKey, in: Limits.heads)
        let keyValueHeadsKey = "\(name).attention.head_count_kv"
        keyValueHeadCount =
            try metadata.integer(keyValueHeadsKey, in: 1...headCount) ?? headCount
        guard headCount % keyValueHeadCount == 0 else {
            throw .outOfRange(
                path: path, key: keyValueHeadsKey, value: "\(keyValueHeadCount)",
                allowed: "a divisor of \(headCount)")
        }
        headWidth = try Self.headWidth(metadata, name: name, width: width, headCount: headCount)
        normEpsilon = try metadata.requiredFloat(
            "\(name).attention.layer_norm_rms_epsilon", in: 0...1)
        let scaledWidth =
            layerCount == architecture.widthScaledLayerCount ? max(1, width / headCount) : headWidth
        let scale = try metadata.float("\(name).attention.scale", in: Limits.attentionScale) ?? 0
        attentionScale = scale > 0 ? scale : 1 / Float(scaledWidth).squareRoot()
        rope = try metadata.rope(name, headWidth: headWidth)
        windowRope = Rope(
            base: try metadata.float("\(name).rope.freq_base_swa", in: Limits.ropeBase) ?? 10_000,
            width: rope.width)
        originalContextLength = try metadata.originalContextLength(name)
        windows =
            if let period = architecture.globalLayerPeriod {
                try metadata.windows(name, layerCount: layerCount, period: period)
            } else {
                Array(repeating: 0, count: layerCount)
            }
        let cap = try metadata.float("\(name).final_logit_softcapping", in: Limits.logitCap) ?? 0
        logitCap = cap > 0 ? cap : nil
    }

    /// Elements per head: stated, or the heads' share of the width.
    private static func headWidth(
        _ metadata: Metadata, name: String, width: Int, headCount: Int
    ) throws(ModelError) -> Int {
        let path = metadata.path
        let key = "\(name).attention.key_length"
        let stated = try metadata.integer(key, in: Limits.headWidth)
        guard let headWidth = stated ?? (width % headCount == 0 ? width / headCount : nil) else {
            throw .outOfRange(
                path: path, key: "\(name).attention.head_count", value: "\(headCount)",
                allowed: "a divisor of \(width)")
        }
        guard Limits.headWidth.contains(headWidth), headWidth.isMultiple(of: 2) else {
            throw .outOfRange(
                path: path, key: key, value: "\(headWidth)",
                allowed: "an even number from 2 to \(Limits.headWidth.upperBound)")
        }
        _ = try metadata.integer("\(name).attention.value_length", in: headWidth...headWidth)
        return headWidth
    }
}
