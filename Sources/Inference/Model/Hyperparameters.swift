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
    package let ropeBase: Float
    /// Elements of a head that are rotated; even and at most ``headWidth``.
    package let ropeWidth: Int
    /// Divisor of positions, 1 unless the model stretches them linearly.
    package let ropeScale: Float
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
        guard let architecture = Architecture(rawValue: name) else {
            throw .unsupported(
                path: path, key: "general.architecture", value: name.excerpt,
                known: Architecture.allCases.map(\.rawValue))
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
        let ropeWidthKey = "\(name).rope.dimension_count"
        ropeWidth = try metadata.integer(ropeWidthKey, in: 2...headWidth) ?? headWidth
        guard ropeWidth.isMultiple(of: 2) else {
            throw .outOfRange(
                path: path, key: ropeWidthKey, value: "\(ropeWidth)", allowed: "an even number")
        }
        normEpsilon = try metadata.requiredFloat(
            "\(name).attention.layer_norm_rms_epsilon", in: 0...1)
        ropeBase = try metadata.float("\(name).rope.freq_base", in: 1...1e12) ?? 10_000
        ropeScale = try Self.ropeScale(metadata, name: name)
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

    /// The linear stretch of positions; other ways of stretching are refused.
    private static func ropeScale(
        _ metadata: Metadata, name: String
    ) throws(ModelError) -> Float {
        let key = "\(name).rope.scaling.type"
        switch try metadata.string(key) ?? "none" {
        case "none": return 1
        case "linear":
            return try metadata.float("\(name).rope.scaling.factor", in: 1...1024) ?? 1
        case let other:
            throw .unsupported(
                path: metadata.path, key: key, value: other.excerpt, known: ["none", "linear"])
        }
    }
}
