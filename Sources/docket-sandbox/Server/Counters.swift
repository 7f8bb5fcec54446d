import JSON

/// How often each kind of request came, so that a test can prove what a client did not ask.
struct Counters: Sendable {
    private var kinds: [String: Int] = [:]
    private var statuses: [Int: Int] = [:]
    /// Requests in progress, and the most there ever were at once, by mailbox.
    private var active: [String: Int] = [:]
    private var peaks: [String: Int] = [:]
    /// Requests under another name than the sandbox's own that carried credentials.
    var leakCount = 0

    mutating func count(kind: String) { kinds[kind, default: 0] += 1 }

    mutating func count(status: Int) { statuses[status, default: 0] += 1 }

    /// - Returns: How many requests of the mailbox are in progress now, this one included.
    mutating func begin(_ mailbox: String) -> Int {
        active[mailbox, default: 0] += 1
        let now = active[mailbox, default: 0]
        peaks[mailbox] = max(peaks[mailbox, default: 0], now)
        return now
    }

    mutating func end(_ mailbox: String) { active[mailbox, default: 1] -= 1 }

    mutating func reset() { (kinds, statuses, peaks, leakCount) = ([:], [:], [:], 0) }

    var json: JSON {
        let statuses = statuses.map { ("\($0.key)", $0.value) }
        return [
            "kinds": Self.object(Array(kinds.map { ($0.key, $0.value) })),
            "statuses": Self.object(Array(statuses)),
            "peak_concurrency": Self.object(Array(peaks.map { ($0.key, $0.value) })),
            "credentials_leaked": JSON(leakCount),
        ]
    }

    private static func object(_ counts: [(String, Int)]) -> JSON {
        .object(
            JSON.Members(counts.sorted { $0.0 < $1.0 }.map { (name: $0.0, value: JSON($0.1)) }))
    }
}
