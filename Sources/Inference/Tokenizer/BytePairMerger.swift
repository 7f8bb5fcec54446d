/// Merges the bytes of one piece, the lowest rank first and the leftmost of equal ranks.
///
/// Short pieces are searched from the front each time, long ones keep their pairs in a heap, so
/// n bytes take O(n log n) steps and a megabyte without a blank is no worse than a megabyte with.
/// The buffers are kept from piece to piece.
struct BytePairMerger {
    /// Above this many bytes the heap is cheaper than the search.
    private static let searchedBytesMax = 40
    /// A heap item is `rank << positionBits | position`; ranks have the bits above.
    private static let positionBits: UInt64 = 40

    private let pairs: PairTable
    /// The symbol of each byte.
    private let byteSymbols: [Int32]
    private var symbols: [Int32] = []
    /// The merge of each symbol with the next one, ``PairTable/none`` for the last and for
    /// symbols that were merged into another.
    private var merges: [UInt64] = []
    private var next: [Int] = []
    private var previous: [Int] = []
    private var heap = MinHeap()

    init(pairs: PairTable, byteSymbols: [Int32]) {
        (self.pairs, self.byteSymbols) = (pairs, byteSymbols)
    }

    /// Calls `body` with each symbol that remains of `piece`, in order.
    mutating func merge(_ piece: Slice<UnsafeBufferPointer<UInt8>>, _ body: (Int32) -> Void) {
        symbols.removeAll(keepingCapacity: true)
        merges.removeAll(keepingCapacity: true)
        for byte in piece {
            let symbol = byteSymbols[Int(byte)]
            if let last = symbols.last { merges.append(pairs.merge(last, symbol)) }
            symbols.append(symbol)
        }
        merges.append(PairTable.none)
        if symbols.count > Self.searchedBytesMax {
            mergeByHeap(body)
        } else {
            mergeBySearch(body)
        }
    }

    private mutating func mergeBySearch(_ body: (Int32) -> Void) {
        while true {
            var best = PairTable.none
            var index = 0
            for candidate in merges.indices where merges[candidate] < best {
                best = merges[candidate]
                index = candidate
            }
            guard best != PairTable.none else { break }
            symbols[index] = PairTable.result(of: best)
            symbols.remove(at: index + 1)
            merges.remove(at: index)
            if index > 0 { merges[index - 1] = pairs.merge(symbols[index - 1], symbols[index]) }
            if index + 1 < symbols.count {
                merges[index] = pairs.merge(symbols[index], symbols[index + 1])
            }
        }
        for symbol in symbols { body(symbol) }
    }

    private mutating func mergeByHeap(_ body: (Int32) -> Void) {
        let count = symbols.count
        next = Array(1...count)
        previous = Array(-1..<count - 1)
        heap.removeAll()
        for index in 0..<count { push(index) }
        while let item = heap.pop() {
            let index = Int(item & (1 << Self.positionBits - 1))
            let merge = merges[index]
            guard merge != PairTable.none, merge >> 32 == item >> Self.positionBits else {
                continue
            }
            let absorbed = next[index]
            symbols[index] = PairTable.result(of: merge)
            merges[absorbed] = PairTable.none
            next[index] = next[absorbed]
            if next[index] < count { previous[next[index]] = index }
            update(index)
            if previous[index] >= 0 { update(previous[index]) }
        }
        var index = 0
        while index < count {
            body(symbols[index])
            index = next[index]
        }
    }

    /// Looks up anew how the symbol at `index` merges with the one after it.
    private mutating func update(_ index: Int) {
        let following = next[index]
        merges[index] =
            following < symbols.count
            ? pairs.merge(symbols[index], symbols[following]) : PairTable.none
        push(index)
    }

    private mutating func push(_ index: Int) {
        guard merges[index] != PairTable.none else { return }
        heap.push((merges[index] >> 32) << Self.positionBits | UInt64(index))
    }
}
