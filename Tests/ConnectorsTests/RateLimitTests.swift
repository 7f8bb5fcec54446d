import Connectors
import Testing

@Suite("RateLimit")
struct RateLimitTests {
    let start = ContinuousClock.now

    @Test("lends a burst, then one request per interval")
    func burst() {
        var limit = RateLimit(interval: .seconds(1), burstMax: 2, now: start)
        #expect(limit.take(at: start) == .go)
        #expect(limit.take(at: start) == .go)
        #expect(limit.take(at: start) == .wait(until: start + .seconds(1)))
        #expect(limit.take(at: start + .seconds(1)) == .go)
        #expect(limit.take(at: start + .seconds(1)) == .wait(until: start + .seconds(2)))
    }

    @Test("does not save up more than the burst while idle")
    func idle() {
        var limit = RateLimit(interval: .seconds(1), burstMax: 2, now: start)
        let later = start + .seconds(3600)
        #expect(limit.take(at: later) == .go)
        #expect(limit.take(at: later) == .go)
        #expect(limit.take(at: later) == .wait(until: later + .seconds(1)))
    }

    @Test("a refusal takes nothing: whoever comes when told to is let through")
    func refusals() {
        var limit = RateLimit(interval: .milliseconds(100), burstMax: 1, now: start)
        #expect(limit.take(at: start) == .go)
        for _ in 0..<10 {
            #expect(limit.take(at: start) == .wait(until: start + .milliseconds(100)))
        }
        #expect(limit.take(at: start + .milliseconds(99)) != .go)
        #expect(limit.take(at: start + .milliseconds(100)) == .go)
    }

    @Test("earns in part what was used in part", arguments: [2, 3, 10])
    func partial(_ burst: Int) {
        var limit = RateLimit(interval: .seconds(2), burstMax: burst, now: start)
        for _ in 0..<burst { #expect(limit.take(at: start) == .go) }
        #expect(limit.take(at: start + .seconds(1)) == .wait(until: start + .seconds(2)))
        #expect(limit.take(at: start + .seconds(3)) == .go)
        #expect(limit.take(at: start + .seconds(3)) == .wait(until: start + .seconds(4)))
    }

    @Test("over a long time lets through the burst and one per interval, and no more")
    func rate() {
        var limit = RateLimit(interval: .milliseconds(50), burstMax: 5, now: start)
        let count = (0..<10_000).count { limit.take(at: start + .milliseconds($0)) == .go }
        #expect(count == 5 + 199)
    }
}
