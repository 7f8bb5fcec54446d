/// When to try again after a failure, and when to give up.
package struct RetryPolicy: Sendable {
    /// Claims before a job becomes a dead letter.
    package var attemptsMax = 12
    /// Upper bound of the delay after the first failure; doubles with every further one.
    package var delayBase: Duration = .seconds(2)
    package var delayMax: Duration = .seconds(1800)

    package init() {}

    package enum Verdict: Equatable, Sendable {
        case retry(after: Duration)
        case deadLetter
    }

    /// What becomes of work whose `attempt`-th claim just failed.
    ///
    /// Full jitter: the delay is `fraction` of the exponential bound. The upstream's own wish,
    /// HTTP `Retry-After`, lengthens it and never shortens it.
    ///
    /// - Parameters:
    ///   - attempt: Claims so far, from 1.
    ///   - fraction: A random number in 0..<1, made by the caller.
    ///   - retryAfter: What the endpoint asked for.
    /// - Returns: Whether and when to try again.
    package func verdict(
        attempt: Int, fraction: Double, retryAfter: Duration? = nil
    ) -> Verdict {
        guard attempt < attemptsMax else { return .deadLetter }
        let bound = min(delayBase * (1 << min(max(attempt, 1) - 1, 20)), delayMax)
        return .retry(after: max(bound * fraction, retryAfter ?? .zero))
    }
}
