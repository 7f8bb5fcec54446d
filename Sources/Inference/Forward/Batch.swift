import CKernels

/// The rows of one step: consecutive tokens of one or more sequences.
struct Batch {
    private(set) var tokens: [Int32] = []
    private(set) var places: [kernel_row] = []
    /// The pages of all sequences, one sequence after the other.
    private(set) var pageTable: [Int32] = []
    private(set) var tiles: [kernel_tile] = []
    /// Rows whose logits are wanted, ascending.
    private(set) var wanted: [Int] = []
    private(set) var positionsMax = 0

    var count: Int { tokens.count }
    var isEmpty: Bool { tokens.isEmpty }

    /// Adds tokens of one sequence.
    ///
    /// - Parameters:
    ///   - added: The tokens, at least one.
    ///   - position: Position of the first; all before it are in the cache.
    ///   - pages: The sequence's pages, enough for every position.
    ///   - wantedFrom: Offset among `added` from which on logits are wanted.
    mutating func append(
        _ added: ArraySlice<Int32>, position: Int, pages: [Int32], wantedFrom: Int
    ) {
        precondition((position + added.count + Page.positions - 1) / Page.positions <= pages.count)
        let first = tokens.count
        let pagesFirst = Int32(pageTable.count)
        tokens += added
        pageTable += pages
        for offset in 0..<added.count {
            places.append(
                kernel_row(position: Int32(position + offset), pages_first: pagesFirst))
            if offset >= wantedFrom { wanted.append(first + offset) }
        }
        for start in stride(from: 0, to: added.count, by: Int(KERNEL_TILE_ROWS)) {
            let rows = min(Int(KERNEL_TILE_ROWS), added.count - start)
            tiles.append(kernel_tile(row: Int32(first + start), row_count: Int32(rows)))
        }
        positionsMax = max(positionsMax, position + added.count)
    }
}
