import CKernels

/// The unit in which the cache of keys and values is given out.
enum Page {
    /// Consecutive positions of one sequence that share a page.
    static let positions = Int(KERNEL_PAGE_POSITIONS)

    /// Pages that hold `count` positions.
    static func count(positions count: Int) -> Int { (count + positions - 1) / positions }
}
