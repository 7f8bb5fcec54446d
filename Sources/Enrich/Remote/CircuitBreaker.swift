/// Keeps requests from a server that fails, and finds out when it is back.
///
/// After some failures in a row it opens: no request for a while, twice as long each time. Then
/// one goes out as a probe, and decides. Time is an argument.
package struct CircuitBreaker: Sendable, Equatable {
    package typealias Instant = ContinuousClock.Instant

    package enum Admission: Sendable, Equatable {
        case request
        /// The only request that is out, after a pause.
        case probe
        case refused(for: Duration)
    }

    private enum State: Equatable {
        case closed(failures: Int)
        case open(until: Instant)
        case probing
    }

    private var state = State.closed(failures: 0)
    /// Pauses since the last success.
    private var openings = 0
    /// Whether what failed last may pass by itself.
    private var isTransient = true

    package init() {}

    /// Asks for leave to send a request; after each that is given, how it ended is to be told.
    package mutating func admit(at now: Instant) -> Admission {
        switch state {
        case .closed: return .request
        case .probing: return .refused(for: Limits.pauseMin)
        case .open(let until) where now < until:
            return .refused(for: max(until - now, .milliseconds(1)))
        case .open:
            state = .probing
            return .probe
        }
    }

    /// The server did what it is for, or had good reason not to.
    package mutating func succeeded() { self = CircuitBreaker() }

    /// The server failed.
    ///
    /// - Parameters:
    ///   - admission: What the request was admitted as.
    ///   - now: The time.
    ///   - isTransient: Whether this may pass by itself.
    ///   - opensAtOnce: Whether the next request would fail as well, whatever it asks.
    ///   - pause: What the server asked for; opens at once.
    package mutating func failed(
        _ admission: Admission, at now: Instant, isTransient: Bool, opensAtOnce: Bool,
        pause: Duration?
    ) {
        self.isTransient = isTransient
        switch state {
        case .closed(let failures):
            guard opensAtOnce || pause != nil || failures + 1 >= Limits.failuresMax else {
                state = .closed(failures: failures + 1)
                return
            }
            open(at: now, pause)
        case .probing where admission == .probe: open(at: now, pause)
        case .open(let until):
            // One that was out when it opened: no news, but for the pause it may bring.
            state = .open(until: max(until, now + (pause ?? .zero)))
        case .probing: break
        }
    }

    /// A request ended without saying anything about the server.
    package mutating func abandoned(_ admission: Admission, at now: Instant) {
        if admission == .probe, state == .probing { state = .open(until: now) }
    }

    /// Requests that would be admitted, of so many at most.
    package func places(_ sequences: Int, at now: Instant) -> Int {
        switch state {
        case .closed: sequences
        case .open(let until): now < until ? 0 : 1
        case .probing: 0
        }
    }

    /// How long a request that was refused or failed now should wait.
    package func pause(at now: Instant) -> Duration {
        if case .open(let until) = state {
            max(until - now, Limits.pauseMin)
        } else {
            Limits.pauseMin
        }
    }

    /// Whether the server is away, and soon asked again with some hope.
    package func isAwaited(at now: Instant) -> Bool {
        switch state {
        case .closed: false
        case .probing: true
        case .open(let until):
            isTransient && openings <= Limits.openingsAwaited
                && until - now <= Limits.pauseAwaitedMax && now - until < Limits.probeGrace
        }
    }

    private mutating func open(at now: Instant, _ pause: Duration?) {
        openings += 1
        let own = Limits.pauseMin * (1 << min(openings - 1, 20))
        state = .open(until: now + max(min(own, Limits.pauseMax), pause ?? .zero))
    }
}
