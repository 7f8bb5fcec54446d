import Domain
import Testing

@Suite("RetryPolicy")
struct RetryPolicyTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let attempt: Int
        var fraction = 0.5
        var retryAfter: Duration?
        let verdict: RetryPolicy.Verdict

        var testDescription: String {
            "attempt \(attempt), fraction \(fraction), Retry-After \(retryAfter ?? .zero)"
        }
    }

    /// Of the default policy: bounds of 2 s, doubling up to 30 minutes, twelve claims.
    static let cases: [Case] = [
        Case(attempt: 1, verdict: .retry(after: .seconds(1))),
        Case(attempt: 2, verdict: .retry(after: .seconds(2))),
        Case(attempt: 5, verdict: .retry(after: .seconds(16))),
        Case(attempt: 11, verdict: .retry(after: .seconds(900))),
        Case(attempt: 12, verdict: .deadLetter),
        Case(attempt: 1000, verdict: .deadLetter),
        Case(attempt: 3, fraction: 0, verdict: .retry(after: .zero)),
        Case(attempt: 1, retryAfter: .seconds(30), verdict: .retry(after: .seconds(30))),
        Case(attempt: 5, retryAfter: .seconds(1), verdict: .retry(after: .seconds(16))),
        Case(attempt: 5, fraction: 0, retryAfter: .seconds(3), verdict: .retry(after: .seconds(3))),
        Case(attempt: 1, retryAfter: .seconds(86_400), verdict: .retry(after: .seconds(86_400))),
        Case(attempt: 12, retryAfter: .seconds(30), verdict: .deadLetter),
        Case(attempt: 0, verdict: .retry(after: .seconds(1))),
        Case(attempt: Int.min, verdict: .retry(after: .seconds(1))),
    ]

    @Test("decides by attempt, chance and the endpoint's own wish", arguments: cases)
    func verdict(_ row: Case) {
        let verdict = RetryPolicy().verdict(
            attempt: row.attempt, fraction: row.fraction, retryAfter: row.retryAfter)
        #expect(verdict == row.verdict)
    }

    @Test("never waits longer than its own bound without being asked")
    func bound() {
        var policy = RetryPolicy()
        policy.attemptsMax = .max
        for attempt in [1, 20, 21, 22, 64, 65, 1 << 40] {
            guard case .retry(let wait) = policy.verdict(attempt: attempt, fraction: 0.999) else {
                Issue.record("gave up at \(attempt)")
                continue
            }
            #expect(wait < policy.delayMax)
        }
    }
}
