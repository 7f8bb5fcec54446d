/// How fast a connector may ask its endpoint: a token bucket.
///
/// A value with no clock, no lock and no waiting. Time goes in as an argument and decisions
/// come out as return values.
package struct RateLimit: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package enum Verdict: Equatable, Sendable {
        case go
        case wait(until: Instant)
    }

    /// Time in which one request is earned.
    package let interval: Duration
    /// Requests that may be saved up while idle.
    package let burstMax: Int

    /// When the bucket would be full again if no request were made from now on.
    private var fullAt: Instant

    package init(interval: Duration, burstMax: Int, now: Instant) {
        precondition(interval > .zero)
        precondition(burstMax >= 1)
        (self.interval, self.burstMax, self.fullAt) = (interval, burstMax, now)
    }

    /// Takes one request out of the bucket, or says when one will be in it.
    package mutating func take(at now: Instant) -> Verdict {
        let next = max(fullAt, now) + interval
        let earliest = next - interval * burstMax
        guard earliest <= now else { return .wait(until: earliest) }
        fullAt = next
        return .go
    }
}
