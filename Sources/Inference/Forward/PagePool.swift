/// Which pages of the cache are free, in use, or kept because a later prompt may begin alike.
///
/// A value without effects: it counts and finds pages, it does not touch their memory. A page
/// in use may be shared; whoever shares it only reads.
struct PagePool {
    /// A kept page: the tokens it holds and the serial number of the page before it.
    private struct Key: Hashable {
        let parent: UInt64
        let tokens: [Int32]
    }

    private struct Entry {
        var users = 0
        /// Nil while the page's content may still change.
        var key: Key?
        /// Names the content: a page that is given to another use gets another number, so what
        /// once followed it can no longer be found.
        var serial: UInt64 = 0
        var lastUse: UInt64 = 0
    }

    private var entries: [Entry]
    private var free: [Int32]
    private var kept: [Key: Int32] = [:]
    /// Pages that are kept and not in use.
    private var idleCount = 0
    private var clock: UInt64 = 0

    init(pageCount: Int) {
        entries = Array(repeating: Entry(), count: pageCount)
        free = (0..<Int32(pageCount)).reversed()
    }

    /// Pages that ``take(_:)`` can give out.
    var availableCount: Int { free.count + idleCount }

    /// Whether the longest unused page is less worth than memory that was never touched.
    private var keepsTooMany: Bool {
        let usedCount = entries.count - availableCount
        return idleCount > max(Limits.keptPages, usedCount / Limits.usedPagesPerKept)
    }

    /// Gives out `count` pages for writing: free ones, but the longest unused of those that are
    /// kept when they are many, or nothing else is left.
    ///
    /// - Returns: Nil when fewer are available; nothing is taken then.
    mutating func take(_ count: Int) -> [Int32]? {
        guard count <= availableCount else { return nil }
        return (0..<count).map { _ in
            let page = keepsTooMany ? evict() : free.popLast() ?? evict()
            entries[Int(page)].users = 1
            return page
        }
    }

    /// Ends one use of each page.
    mutating func release(_ pages: [Int32]) {
        for page in pages {
            entries[Int(page)].users -= 1
            precondition(entries[Int(page)].users >= 0, "page released twice")
            guard entries[Int(page)].users == 0 else { continue }
            if entries[Int(page)].key == nil { free.append(page) } else { idleCount += 1 }
        }
    }

    /// Adds a use of pages that are in use already.
    mutating func retain(_ pages: ArraySlice<Int32>) {
        for page in pages { entries[Int(page)].users += 1 }
    }

    /// Takes the kept pages that hold the beginning of `tokens`, for reading.
    mutating func takePrefix(of tokens: ArraySlice<Int32>) -> [Int32] {
        clock += 1
        var pages: [Int32] = []
        var parent: UInt64 = 0
        for key in Self.keys(tokens) {
            guard let page = kept[Key(parent: parent, tokens: key)] else { break }
            let index = Int(page)
            if entries[index].users == 0 { idleCount -= 1 }
            entries[index].users += 1
            entries[index].lastUse = clock
            parent = entries[index].serial
            pages.append(page)
        }
        return pages
    }

    /// Keeps the full pages of a computed prompt; `pages` are those of its sequence.
    mutating func keep(_ tokens: ArraySlice<Int32>, in pages: [Int32]) {
        var parent: UInt64 = 0
        for (page, tokens) in zip(pages, Self.keys(tokens)) {
            let key = Key(parent: parent, tokens: tokens)
            if let known = kept[key] {
                parent = entries[Int(known)].serial
                continue
            }
            clock += 1
            entries[Int(page)].key = key
            entries[Int(page)].serial = clock
            entries[Int(page)].lastUse = clock
            kept[key] = page
            parent = clock
        }
    }

    private mutating func evict() -> Int32 {
        var oldest: Int?
        for index in entries.indices where entries[index].users == 0 && entries[index].key != nil {
            if let known = oldest, entries[known].lastUse <= entries[index].lastUse { continue }
            oldest = index
        }
        guard let oldest, let key = entries[oldest].key else {
            preconditionFailure("no page to evict")
        }
        kept[key] = nil
        entries[oldest] = Entry()
        idleCount -= 1
        return Int32(oldest)
    }

    private static func keys(_ tokens: ArraySlice<Int32>) -> [[Int32]] {
        stride(
            from: tokens.startIndex, through: tokens.endIndex - Page.positions, by: Page.positions
        )
        .map { Array(tokens[$0..<$0 + Page.positions]) }
    }
}
