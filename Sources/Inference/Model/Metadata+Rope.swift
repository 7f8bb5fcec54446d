/// What a file says about positions.
extension Metadata {
    /// Rotation in layers that see the whole context.
    ///
    /// A stretch without a type is linear, as is customary. Where the file does not say how many
    /// elements of a head rotate, all `headWidth` do. Keys begin with the architecture's `name`.
    func rope(_ name: String, headWidth: Int) throws(ModelError) -> Rope {
        let widthKey = "\(name).rope.dimension_count"
        let width = try integer(widthKey, in: 2...headWidth) ?? headWidth
        guard width.isMultiple(of: 2) else {
            throw .outOfRange(
                path: path, key: widthKey, value: "\(width)", allowed: "an even number")
        }
        var rope = Rope(
            base: try float("\(name).rope.freq_base", in: Limits.ropeBase) ?? 10_000, width: width)
        rope.amplitude =
            try float("\(name).rope.scaling.attn_factor", in: Limits.ropeAmplitude) ?? 1
        let olderFactor = try float("\(name).rope.scale_linear", in: Limits.ropeFactor) ?? 1
        let factor = try float("\(name).rope.scaling.factor", in: Limits.ropeFactor) ?? olderFactor
        let typeKey = "\(name).rope.scaling.type"
        switch try string(typeKey) ?? "linear" {
        case "none": break
        case "linear", "longrope": rope.scale = factor
        case "yarn":
            let length = try originalContextLength(name)
            rope.stretch(by: factor, originalContextLength: length)
        case let other:
            throw .unsupported(
                path: path, key: typeKey, value: other.excerpt,
                known: ["none", "linear", "yarn", "longrope"])
        }
        return rope
    }

    /// Positions the model was trained for before it was stretched.
    func originalContextLength(_ name: String) throws(ModelError) -> Int {
        let key = "\(name).rope.scaling.original_context_length"
        let trained = try requiredInteger("\(name).context_length", in: Limits.contextLength)
        return try integer(key, in: Limits.contextLength) ?? trained
    }

    /// Positions each layer sees, 0 for all of them; every how many layers one is global is
    /// `period` where the file does not say so.
    func windows(_ name: String, layerCount: Int, period: Int) throws(ModelError) -> [Int] {
        let global = Array(repeating: 0, count: layerCount)
        let windowKey = "\(name).attention.sliding_window"
        guard let window = try integer(windowKey, in: 0...Limits.contextLength.upperBound),
            window > 0
        else { return global }
        let key = "\(name).attention.sliding_window_pattern"
        if let isLocal = try boolsIfArray(key) {
            try check(isLocal.count, in: layerCount...layerCount, key: key)
            return isLocal.map { $0 ? window : 0 }
        }
        // Of 0 layers none is global.
        let period = try integer(key, in: 0...Limits.layers.upperBound) ?? period
        return (0..<layerCount).map { layer in
            period > 0 && layer % period == period - 1 ? 0 : window
        }
    }
}
