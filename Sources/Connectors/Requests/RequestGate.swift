/// Shared by all scopes of one connector, hence an actor.
///
/// It only serializes, asks ``RateLimit`` and sleeps; every decision is made there.
actor RequestGate {
    private var limit: RateLimit
    private let clock = ContinuousClock()

    init(requestsPerSecond: Double) {
        limit = RateLimit(
            interval: .seconds(1 / requestsPerSecond), burstMax: max(1, Int(requestsPerSecond)),
            now: clock.now)
    }

    /// Returns as soon as one more request may be sent.
    func pass() async throws(ConnectorError) {
        while case .wait(let until) = limit.take(at: clock.now) {
            do { try await clock.sleep(until: until) } catch { throw .cancelled }
        }
    }
}
