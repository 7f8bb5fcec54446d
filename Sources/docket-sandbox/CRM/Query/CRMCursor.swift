/// What a query found, for the pages that are still to come.
struct CRMCursor: Sendable {
    let number: Int
    let plan: SOQLPlan
    let rows: [Int]
    let isAll: Bool
    let pageSize: Int
    let openedAt: Timestamp

    /// The locator of the page that begins at this row.
    func locator(at row: Int) -> String {
        CRMID.full(CRMID.make(prefix: "01g", serial: number)) + "-\(row)"
    }
}

/// The cursors that are still known.
struct CRMCursors: Sendable {
    private var cursors: [String: CRMCursor] = [:]
    private(set) var nextNumber: Int

    init(seed: UInt64) {
        var random = Mixer(seed, 41)
        nextNumber = Int(random.next() >> 24)
    }

    /// Remembers a cursor, and forgets the oldest where there are too many.
    mutating func open(_ cursor: CRMCursor) {
        if cursors.count >= Limits.cursorsMax,
            let oldest = cursors.min(by: { $0.value.number < $1.value.number })
        {
            cursors[oldest.key] = nil
        }
        cursors[Self.key(cursor.locator(at: 0))] = cursor
        nextNumber = max(nextNumber, cursor.number + 1)
    }

    /// - Parameters:
    ///   - locator: As a link had it, with or without the position.
    ///   - now: The time.
    ///   - lifetime: Seconds that a cursor is known.
    /// - Returns: The cursor and the row to go on with.
    func find(
        _ locator: String, now: Timestamp, lifetime: Int
    ) -> (cursor: CRMCursor, row: Int)? {
        let parts = locator.split(separator: "-", maxSplits: 1)
        guard let cursor = cursors[Self.key(locator)], parts.count == 2, let row = Int(parts[1]),
            cursor.rows.indices.contains(row),
            now.seconds - cursor.openedAt.seconds < Int64(lifetime)
        else { return nil }
        return (cursor, row)
    }

    mutating func forgetAll() { cursors = [:] }

    var count: Int { cursors.count }

    private static func key(_ locator: String) -> String {
        locator.split(separator: "-").first.map(String.init) ?? ""
    }
}
