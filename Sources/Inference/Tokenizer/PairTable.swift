/// The merges of a byte-pair vocabulary: rank and result by pair of symbols.
struct PairTable: Sendable {
    /// Stands for a pair that does not merge; larger than every merge.
    static let none = UInt64.max

    /// Pairs as `left << 32 | right`, probed in line.
    ///
    /// ``none`` is free; at most half are taken.
    private var keys: [UInt64]
    private var merges: [UInt64]
    private let shift: UInt64
    /// Odd and different in each process, so a crafted file can not make the table degenerate.
    private let multiplier: UInt64

    init(capacity: Int) {
        var bits = 4
        while 1 << bits < 2 * capacity { bits += 1 }
        keys = Array(repeating: Self.none, count: 1 << bits)
        merges = Array(repeating: Self.none, count: 1 << bits)
        shift = UInt64(64 - bits)
        multiplier = UInt64(bitPattern: Int64(Hasher().finalize())) | 1
    }

    /// Adds a merge; of two for the same pair the first counts.
    mutating func insert(_ left: Int32, _ right: Int32, rank: Int, result: Int32) {
        let slot = slot(left, right)
        guard keys[slot] == Self.none else { return }
        keys[slot] = Self.key(left, right)
        merges[slot] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: result))
    }

    /// `rank << 32 | result` of the pair's merge, so the smaller merges first, or ``none``.
    func merge(_ left: Int32, _ right: Int32) -> UInt64 { merges[slot(left, right)] }

    /// The symbol a merge makes.
    static func result(of merge: UInt64) -> Int32 { Int32(truncatingIfNeeded: merge) }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    private func slot(_ left: Int32, _ right: Int32) -> Int {
        let key = Self.key(left, right)
        let mixed = (key ^ key >> 29) &* multiplier
        var slot = Int(((mixed ^ mixed >> 32) &* multiplier) >> shift)
        while keys[slot] != Self.none, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }
}
