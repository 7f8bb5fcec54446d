/// The sessions that are open, and the calls that count against the org's quota.
struct CRMSessions: Sendable {
    private struct Session {
        let openedAt: Timestamp
        var callCount = 0
    }

    private var sessions: [String: Session] = [:]
    private var issuedCount: UInt64 = 0
    /// Calls by the second in which they came, the oldest first.
    private var calls: [(second: Int64, count: Int)] = []

    mutating func open(seed: UInt64, organization: String, now: Timestamp) -> String {
        if sessions.count >= Limits.sessionsMax { sessions = [:] }
        issuedCount += 1
        var random = Mixer(seed, 42, issuedCount)
        let bytes = (0..<63).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let secret = Base64.encode(bytes, .url).replacing("-", with: ".")
        let token = "\(organization)!AQ\(secret)"
        sessions[token] = Session(openedAt: now)
        return token
    }

    /// Counts a call of a session that is good now.
    ///
    /// - Throws: ``CRMError`` INVALID_SESSION_ID or REQUEST_LIMIT_EXCEEDED.
    mutating func admit(
        _ authorization: String?, _ switches: CRMSwitches, now: Timestamp
    ) throws(CRMError) {
        // "OAuth" is what the vendor's older clients write (REST API guide, Authorization).
        let parts = (authorization ?? "").split(separator: " ")
        guard parts.count == 2, ["bearer", "oauth"].contains(parts[0].lowercased()) else {
            throw .badSession
        }
        let token = String(parts[1])
        guard var session = sessions[token],
            now.seconds - session.openedAt.seconds < Int64(switches.sessionSeconds),
            session.callCount < switches.sessionCalls ?? .max
        else {
            sessions[token] = nil
            throw .badSession
        }
        guard used(switches, now: now) < switches.quotaMax else { throw .quotaUsedUp }
        session.callCount += 1
        sessions[token] = session
        if calls.last?.second == now.seconds {
            calls[calls.count - 1].count += 1
        } else {
            calls.append((now.seconds, 1))
        }
    }

    /// Calls within the window that ends now; older ones are given back one by one.
    mutating func used(_ switches: CRMSwitches, now: Timestamp) -> Int {
        let start = now.seconds - Int64(switches.quotaWindow)
        if let first = calls.first, first.second <= start {
            calls.removeFirst(calls.prefix { $0.second <= start }.count)
        }
        return calls.reduce(0) { $0 + $1.count }
    }

    mutating func resetUse() { calls = [] }

    mutating func expireAll() { sessions = [:] }

    var count: Int { sessions.count }
}
