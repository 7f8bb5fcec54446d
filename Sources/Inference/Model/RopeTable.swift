import Glibc

/// Cosines and sines of rotary position embedding, for every position of a context.
struct RopeTable: Sendable {
    /// (positions, width / 2) pairs of cosine and sine.
    let pairs: Buffer<Float>

    /// Computes the table in double precision, so that late positions stay exact.
    ///
    /// - Parameters:
    ///   - rope: The rotation.
    ///   - positions: Context length of the engine.
    ///   - divisors: Divisors of the frequencies, `rope.width / 2` of them.
    /// - Throws: ``ModelError/outOfMemory(byteCount:)``.
    init(_ rope: Rope, positions: Int, divisors: [Float]?) throws(ModelError) {
        let half = rope.width / 2
        pairs = try Buffer(positions, half, 2)
        let amplitude = Double(rope.amplitude)
        for (i, frequency) in rope.frequencies(divisors: divisors).enumerated() {
            for position in 0..<positions {
                let angle = Double(position) * frequency
                pairs.base[(position * half + i) * 2] = Float(cos(angle) * amplitude)
                pairs.base[(position * half + i) * 2 + 1] = Float(sin(angle) * amplitude)
            }
        }
    }
}
