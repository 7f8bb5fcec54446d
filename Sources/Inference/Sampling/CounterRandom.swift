/// Random numbers that depend on a seed and an index alone, not on what was drawn before.
///
/// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011.
package struct CounterRandom: Sendable {
    private let key: (UInt32, UInt32)

    package init(seed: UInt64) {
        key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    }

    /// The four words of a block.
    package func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
        var (key, words) = (key, counter)
        for _ in 0..<10 {
            let first = UInt64(words[0]) * 0xD251_1F53
            let second = UInt64(words[2]) * 0xCD9E_8D57
            words = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ words[1] ^ key.0,
                UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ words[3] ^ key.1,
                UInt32(truncatingIfNeeded: first))
            key = (key.0 &+ 0x9E37_79B9, key.1 &+ 0xBB67_AE85)
        }
        return words
    }

    /// The number at `index`: at least 0 and below 1, with 53 random bits.
    package func uniform(at index: Int) -> Double {
        let counter = UInt64(bitPattern: Int64(index))
        let words = block(
            [
                UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), 0,
                0,
            ])
        let bits = UInt64(words[1]) << 32 | UInt64(words[0])
        return Double(bits >> 11) * 0x1p-53
    }
}
