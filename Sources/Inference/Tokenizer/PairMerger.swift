/// Merges the symbols of one piece, the lowest rank first and the leftmost of equal ranks.
///
/// Short pieces are searched from the front each time, long ones keep their pairs in a heap, so
/// n symbols take O(n log n) steps and a megabyte without a blank is no worse than one with.
/// The buffers are kept from piece to piece.
struct PairMerger<Rule: MergeRule> {
    /// Above this many symbols the heap is cheaper than the search.
    private let searchedMax = 40
    /// A heap item is `rank << positionBits | position`; ranks have the bits above.
    private let positionBits: UInt64 = 40

    private let rule: Rule
    private var symbols: [Int32] = []
    /// Where each symbol begins in the text; one more is the end of the piece.
    private var starts: [Int] = []
    /// The merge of each symbol with the next one, ``PairTable/none`` for the last and for
    /// symbols that were merged into another.
    private var merges: [UInt64] = []
    private var next: [Int] = []
    private var previous: [Int] = []
    private var heap = MinHeap()

    init(_ rule: Rule) { self.rule = rule }

    /// Calls `body` with each symbol that remains of `text[piece]` and what it covers, in order.
    ///
    /// What is longer than ``Limits/pieceBytes`` is merged in stretches of that length.
    mutating func merge(
        _ piece: Range<Int>, of text: UnsafeBufferPointer<UInt8>,
        _ body: (Int32, Range<Int>) -> Void
    ) {
        var start = piece.lowerBound
        while piece.upperBound - start > Limits.pieceBytes {
            var end = start + Limits.pieceBytes
            // Not within a character.
            while text[end] & 0xC0 == 0x80, end > start + 1 { end -= 1 }
            mergeStretch(start..<end, of: text, body)
            start = end
        }
        mergeStretch(start..<piece.upperBound, of: text, body)
    }

    private mutating func mergeStretch(
        _ piece: Range<Int>, of text: UnsafeBufferPointer<UInt8>,
        _ body: (Int32, Range<Int>) -> Void
    ) {
        symbols.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        var index = piece.lowerBound
        while index < piece.upperBound {
            let (symbol, byteCount) = rule.symbol(at: index, in: text)
            symbols.append(symbol)
            starts.append(index)
            index += byteCount
        }
        starts.append(piece.upperBound)
        if symbols.count > searchedMax {
            mergeByHeap(text, body)
        } else {
            mergeBySearch(text, body)
        }
    }

    private mutating func mergeBySearch(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (Int32, Range<Int>) -> Void
    ) {
        merges.removeAll(keepingCapacity: true)
        for index in symbols.indices { merges.append(merge(index, index + 1, index + 2, text)) }
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
            starts.remove(at: index + 1)
            merges.remove(at: index + 1)
            merges[index] = merge(index, index + 1, index + 2, text)
            if index > 0 { merges[index - 1] = merge(index - 1, index, index + 1, text) }
        }
        for index in symbols.indices { body(symbols[index], starts[index]..<starts[index + 1]) }
    }

    private mutating func mergeByHeap(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (Int32, Range<Int>) -> Void
    ) {
        let count = symbols.count
        next = Array(1...count)
        previous = Array(-1..<count - 1)
        merges = Array(repeating: PairTable.none, count: count)
        heap.removeAll()
        for index in 0..<count { update(index, text) }
        while let item = heap.pop() {
            let index = Int(item & (1 << positionBits - 1))
            let merge = merges[index]
            guard merge != PairTable.none, merge >> 32 == item >> positionBits else { continue }
            let absorbed = next[index]
            symbols[index] = PairTable.result(of: merge)
            merges[absorbed] = PairTable.none
            next[index] = next[absorbed]
            if next[index] < count { previous[next[index]] = index }
            update(index, text)
            if previous[index] >= 0 { update(previous[index], text) }
        }
        var index = 0
        while index < count {
            body(symbols[index], starts[index]..<starts[next[index]])
            index = next[index]
        }
    }

    /// Looks up anew how the symbol at `index` merges with the one after it.
    private mutating func update(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) {
        let following = next[index]
        let end = following < symbols.count ? next[following] : following
        merges[index] = merge(index, following, end, text)
        guard merges[index] != PairTable.none else { return }
        heap.push((merges[index] >> 32) << positionBits | UInt64(index))
    }

    /// The merge of two neighbours, the second of which ends where the symbol `end` begins.
    private func merge(
        _ left: Int, _ right: Int, _ end: Int, _ text: UnsafeBufferPointer<UInt8>
    ) -> UInt64 {
        guard right < symbols.count else { return PairTable.none }
        return rule.merge(
            symbols[left], symbols[right], covering: starts[left]..<starts[end], of: text)
    }
}
