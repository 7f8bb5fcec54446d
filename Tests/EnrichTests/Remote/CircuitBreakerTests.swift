import Enrich
import Testing

@Suite("CircuitBreaker")
struct CircuitBreakerTests {
    private static let start = ContinuousClock.now
    private static func at(_ seconds: Double) -> ContinuousClock.Instant {
        start + .seconds(seconds)
    }

    private func fail(
        _ breaker: inout CircuitBreaker, as admission: CircuitBreaker.Admission = .request,
        at seconds: Double = 0, isTransient: Bool = true, opensAtOnce: Bool = false,
        pause: Duration? = nil
    ) {
        breaker.failed(
            admission, at: Self.at(seconds), isTransient: isTransient, opensAtOnce: opensAtOnce,
            pause: pause)
    }

    /// One that has just opened, at 0.
    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 0..<5 { fail(&breaker) }
        return breaker
    }

    @Test("admits while failures are few, and a success forgets them")
    func closed() {
        var breaker = CircuitBreaker()
        for _ in 0..<20 {
            for _ in 0..<4 { fail(&breaker) }
            #expect(breaker.admit(at: Self.at(0)) == .request)
            #expect(breaker.places(7, at: Self.at(0)) == 7)
            breaker.succeeded()
        }
    }

    @Test("opens at the fifth failure in a row, then lets one probe out and no second")
    func probing() {
        var breaker = opened()
        #expect(breaker.places(7, at: Self.at(0)) == 0)
        #expect(breaker.admit(at: Self.at(0.25)) == .refused(for: .seconds(0.75)))
        #expect(breaker.places(7, at: Self.at(1)) == 1)
        #expect(breaker.admit(at: Self.at(1)) == .probe)
        #expect(breaker.places(7, at: Self.at(1)) == 0)
        guard case .refused = breaker.admit(at: Self.at(500)) else {
            Issue.record("a second probe")
            return
        }
        breaker.succeeded()
        #expect(breaker.admit(at: Self.at(2)) == .request)
        #expect(breaker.places(7, at: Self.at(2)) == 7)
    }

    @Test("each failed probe doubles the pause, up to five minutes")
    func growth() {
        var breaker = opened()
        var now = 0.0
        for pause in [1.0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300] {
            #expect(breaker.admit(at: Self.at(now + pause - 0.5)) == .refused(for: .seconds(0.5)))
            now += pause
            #expect(breaker.admit(at: Self.at(now)) == .probe)
            fail(&breaker, as: .probe, at: now)
        }
        breaker.succeeded()
        for _ in 0..<5 { fail(&breaker, at: now) }
        #expect(breaker.admit(at: Self.at(now)) == .refused(for: .seconds(1)))
    }

    @Test("a pause the server asks for is kept, and one failure that is certain opens it")
    func atOnce() {
        var asked = CircuitBreaker()
        fail(&asked, pause: .seconds(40))
        #expect(asked.admit(at: Self.at(30)) == .refused(for: .seconds(10)))
        #expect(asked.admit(at: Self.at(40)) == .probe)
        var certain = CircuitBreaker()
        fail(&certain, isTransient: false, opensAtOnce: true)
        #expect(certain.admit(at: Self.at(0)) == .refused(for: .seconds(1)))
        // Of those that were out when it opened, one may know better how long it takes.
        fail(&certain, at: 0.5, pause: .seconds(9))
        #expect(certain.admit(at: Self.at(0.5)) == .refused(for: .seconds(9)))
        #expect(certain.pause(at: Self.at(0.5)) == .seconds(9))
    }

    @Test("those that were out when it opened make no pause longer, nor end a probe")
    func stale() {
        var breaker = opened()
        for _ in 0..<20 { fail(&breaker, at: 0.5) }
        #expect(breaker.admit(at: Self.at(1)) == .probe)
        fail(&breaker, at: 1)
        breaker.abandoned(.request, at: Self.at(1))
        #expect(breaker.places(7, at: Self.at(1)) == 0)
        fail(&breaker, as: .probe, at: 1)
        #expect(breaker.admit(at: Self.at(1)) == .refused(for: .seconds(2)))
    }

    @Test("a probe that was cancelled makes room for another")
    func abandoned() {
        var breaker = opened()
        #expect(breaker.admit(at: Self.at(1)) == .probe)
        breaker.abandoned(.probe, at: Self.at(1))
        #expect(breaker.admit(at: Self.at(1)) == .probe)
    }

    @Test("is awaited while it may soon be back: not for ever, and not for what a person must mend")
    func awaited() {
        #expect(!CircuitBreaker().isAwaited(at: Self.at(0)))
        var breaker = opened()
        #expect(breaker.isAwaited(at: Self.at(0.5)))
        #expect(breaker.isAwaited(at: Self.at(1.5)))
        #expect(!breaker.isAwaited(at: Self.at(60)))
        var now = 0.0
        for pause in [1.0, 2, 4, 8, 16] {
            now += pause
            #expect(breaker.isAwaited(at: Self.at(now)))
            #expect(breaker.admit(at: Self.at(now)) == .probe)
            #expect(breaker.isAwaited(at: Self.at(now)))
            fail(&breaker, as: .probe, at: now)
        }
        #expect(!breaker.isAwaited(at: Self.at(now)))
        var refused = CircuitBreaker()
        fail(&refused, isTransient: false, opensAtOnce: true)
        #expect(!refused.isAwaited(at: Self.at(0)))
        var slow = CircuitBreaker()
        fail(&slow, pause: .seconds(3600))
        #expect(!slow.isAwaited(at: Self.at(0)))
    }
}
