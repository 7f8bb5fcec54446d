import Glibc

/// Cosines and sines of rotary position embedding, for every position of a context.
struct RopeTable: Sendable {
    /// (positions, ropeWidth / 2) pairs of cosine and sine.
    let pairs: Buffer<Float>

    /// Computes the table in double precision, so that late positions stay exact.
    ///
    /// - Parameters:
    ///   - hyperparameters: Base, width and scale of the rotation.
    ///   - positions: Context length of the engine.
    ///   - divisors: Divisors of the frequencies, `ropeWidth / 2` of them (`rope_freqs.weight`).
    /// - Throws: ``ModelError/outOfMemory(byteCount:)``.
    init(
        _ hyperparameters: Hyperparameters, positions: Int, divisors: [Float]?
    ) throws(ModelError) {
        let half = hyperparameters.ropeWidth / 2
        pairs = try Buffer(positions, half, 2)
        for i in 0..<half {
            let exponent = -2 * Double(i) / Double(hyperparameters.ropeWidth)
            let divisor = Double(hyperparameters.ropeScale) * Double(divisors?[i] ?? 1)
            let frequency = pow(Double(hyperparameters.ropeBase), exponent) / divisor
            for position in 0..<positions {
                let angle = Double(position) * frequency
                pairs.base[(position * half + i) * 2] = Float(cos(angle))
                pairs.base[(position * half + i) * 2 + 1] = Float(sin(angle))
            }
        }
    }
}
