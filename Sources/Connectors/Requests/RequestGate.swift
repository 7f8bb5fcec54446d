import FoundationEssentials

/// Lets requests of one connector pass, a few at a time and so many a second.
///
/// Scopes share the pace, but each has places of its own, so that one that waits holds up no
/// other. It only counts, asks ``RateLimit`` and sleeps; every decision is made there.
actor RequestGate {
    private var limit: RateLimit
    private let clock = ContinuousClock()
    private let surroundings: Surroundings
    private let concurrency: Int
    private let concurrencyPerScope: Int
    private var running = 0
    private var runningByScope: [String: Int] = [:]
    private var waiting:
        [(id: Int, scope: String, continuation: CheckedContinuation<Bool, Never>)] = []
    private var waiterCount = 0
    private var closedUntil: ContinuousClock.Instant
    /// The quota is used up as far as it is ours, or the endpoint wants to be left alone; it is
    /// asked again then.
    private var spentUntil: (instant: Date, reason: String)?

    init(
        requestsPerSecond: Double, concurrency: Int, concurrencyPerScope: Int,
        surroundings: Surroundings
    ) {
        limit = RateLimit(
            interval: .seconds(1 / requestsPerSecond), burstMax: max(1, Int(requestsPerSecond)),
            now: clock.now)
        (self.concurrency, self.concurrencyPerScope) = (concurrency, concurrencyPerScope)
        self.surroundings = surroundings
        closedUntil = clock.now
    }

    /// Returns as soon as one more request of the scope may be sent; ``leave(_:)`` ends it.
    ///
    /// - Throws: ``ConnectorError/parked(until:reason:)`` while the endpoint is left alone.
    func enter(_ scope: String, now: Date) async throws(ConnectorError) {
        try checkSpent(now)
        if !take(scope) {
            waiterCount += 1
            let id = waiterCount
            let isIn = await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    waiting.append((id, scope, continuation))
                    if Task.isCancelled { giveUp(id) }
                }
            } onCancel: {
                Task { await giveUp(id) }
            }
            guard isIn else { throw .cancelled }
        }
        do {
            var passed = clock.now
            while closedUntil > passed {
                let until = closedUntil
                try await surroundings.sleep(until - clock.now)
                passed = until
            }
            while case .wait(let until) = limit.take(at: clock.now) {
                try await clock.sleep(until: until)
            }
        } catch {
            leave(scope)
            throw .cancelled
        }
        // Somebody who was let in before may have learned of it meanwhile.
        do { try checkSpent(now) } catch {
            leave(scope)
            throw error
        }
    }

    private func checkSpent(_ now: Date) throws(ConnectorError) {
        guard let spent = spentUntil, now < spent.instant else { return }
        throw .parked(until: spent.instant, reason: spent.reason)
    }

    func leave(_ scope: String) {
        running -= 1
        runningByScope[scope, default: 1] -= 1
        if runningByScope[scope] == 0 { runningByScope[scope] = nil }
        var index = 0
        while index < waiting.count {
            if take(waiting[index].scope) {
                waiting.remove(at: index).continuation.resume(returning: true)
            } else {
                index += 1
            }
        }
    }

    /// Lets no request of any scope pass for a while: the endpoint asked for it.
    func close(for duration: Duration) {
        closedUntil = max(closedUntil, clock.now + duration)
    }

    /// Leaves the endpoint alone until then, but for what is on its way.
    func spend(until instant: Date, reason: String) {
        guard instant > spentUntil?.instant ?? .distantPast else { return }
        spentUntil = (instant, reason)
    }

    private func take(_ scope: String) -> Bool {
        guard running < concurrency, runningByScope[scope, default: 0] < concurrencyPerScope else {
            return false
        }
        running += 1
        runningByScope[scope, default: 0] += 1
        return true
    }

    private func giveUp(_ id: Int) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }
}
