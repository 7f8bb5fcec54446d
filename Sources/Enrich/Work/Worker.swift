import Domain
import Lifecycle
package import Store
package import Telemetry

/// Claims jobs, runs them on the models side by side, and writes the results back.
package struct Worker: Service {
    package let name = "worker"
    private let recipes: [[UInt8]: ConfiguredRecipe]
    private let lanes: [Lane]
    private let store: Store
    private let results: ResultWriter
    private let membership: Membership
    private let retries = RetryPolicy()
    private let log: Log
    private let metrics: Metrics

    /// - Parameters:
    ///   - recipes: All that are configured; jobs of others stay where they are.
    ///   - store: The queue.
    ///   - membership: Which instance claims.
    ///   - log: Failures.
    ///   - metrics: Counts by recipe and outcome.
    package init(
        recipes: [ConfiguredRecipe], store: Store, membership: Membership, log: Log,
        metrics: Metrics
    ) {
        self.recipes = Dictionary(recipes.map { ($0.fingerprint, $0) }) { first, _ in first }
        lanes = Lane.lanes(self.recipes.values.sorted { $0.recipe.name < $1.recipe.name })
        (self.store, self.membership) = (store, membership)
        results = ResultWriter(store: store)
        (self.log, self.metrics) = (log, metrics)
    }

    package func run() async throws {
        await work(isDone: { false })
        try Task.checkCancellation()
    }

    /// Works until nothing is left to claim and `isDone` says that nothing more will come.
    ///
    /// Jobs that another instance works on are waited for: it may be dead, and they come back.
    /// Jobs that wait for another attempt are left to a later run, and so are those of a remote
    /// model that is not likely to be back soon.
    package func drain(isDone: @escaping @Sendable () -> Bool) async { await work(isDone: isDone) }

    private func work(isDone: @Sendable () -> Bool) async {
        let clock = ContinuousClock()
        var rescueAt = clock.now
        await withTaskGroup(of: Ended.self) { group in
            var running = lanes.map { _ in 0 }
            var isTicking = false
            while !Task.isCancelled {
                if clock.now >= rescueAt {
                    await rescue()
                    rescueAt = clock.now + Limits.rescueInterval
                }
                // Asked before the claims: what is filed after a claim that found nothing would
                // be missed otherwise.
                let isLast = isDone()
                let isEnd = isLast && running.allSatisfy { $0 == 0 }
                var suspects: [ClaimedJob] = []
                for index in lanes.indices {
                    let places = lanes[index].places(at: clock.now)
                    let claims = await claim(
                        places - running[index], lanes[index], isThorough: isEnd)
                    if let first = claims.first, first.rescues > 0 {
                        suspects.append(first)
                        continue
                    }
                    for claim in claims {
                        group.addTask {
                            await perform(claim)
                            return .job(lane: index)
                        }
                    }
                    running[index] += claims.count
                }
                if !suspects.isEmpty {
                    // One may be what killed its worker, so nothing runs beside it.
                    await group.waitForAll()
                    (running, isTicking) = (lanes.map { _ in 0 }, false)
                    for suspect in suspects { await perform(suspect) }
                    continue
                }
                if isEnd, running.allSatisfy({ $0 == 0 }), await !isExpectingWork(at: clock.now) {
                    break
                }
                if !isTicking {
                    isTicking = true
                    group.addTask {
                        try? await clock.sleep(for: Limits.pollInterval)
                        return .tick
                    }
                }
                switch await group.next() {
                case .job(let lane): running[lane] -= 1
                case .tick, nil: isTicking = false
                }
            }
            group.cancelAll()
        }
    }

    /// What the loop waits for: a place that is free again, or the time to look for new jobs.
    private enum Ended: Sendable {
        case job(lane: Int)
        case tick
    }

    /// Whether waiting is worth it, while nothing runs here: for a model that will be back, for
    /// documents that have just changed too often, or for jobs that run elsewhere.
    private func isExpectingWork(at now: ContinuousClock.Instant) async -> Bool {
        if lanes.contains(where: { $0.isAwaited(at: now) }) { return true }
        if (try? await store.hasDebounced(recipes.values.map(\.version))) == true { return true }
        return await isWorkedOnElsewhere()
    }

    private func rescue() async {
        do {
            let count = try await store.rescue()
            if count > 0 { log.warning("rescued jobs of a dead daemon", ["jobs": "\(count)"]) }
        } catch {
            log.error("\(error)")
        }
    }

    /// Whether jobs of these recipes run now; asked while none of this worker's do.
    private func isWorkedOnElsewhere() async -> Bool {
        let names = Set(recipes.values.map(\.recipe.name))
        let backlog = (try? await store.backlog()) ?? []
        return backlog.contains { $0.state == "running" && names.contains($0.recipe) }
    }

    private func claim(
        _ limit: Int, _ lane: Lane, isThorough: Bool
    ) async -> [ClaimedJob] {
        guard limit > 0 else { return [] }
        do {
            return try await store.claimJobs(
                by: membership.now, recipes: lane.recipes, limit: limit, isThorough: isThorough)
        } catch {
            if error != .cancelled { log.error("\(error)") }
            if error.isTransient { await membership.renew() }
            return []
        }
    }

    private func perform(_ claimed: ClaimedJob) async {
        guard let recipe = recipes[claimed.job.fingerprint] else { return }
        do {
            let document = try await input(of: recipe, claimed)
            let enrichment = try await withDeadline(Limits.jobDurationMax) {
                try await Enricher(recipe).enrich(document)
            }
            let finished = FinishedJob(
                job: claimed.job, claim: claimed.claim, enrichment: enrichment)
            let isAccepted = try await results.finish(finished)
            count(claimed, isAccepted ? "done" : "late", enrichment)
        } catch {
            await note(error, claimed)
        }
    }

    /// What the recipe reads: the claimed document, or the conversation it ends.
    private func input(
        of recipe: ConfiguredRecipe, _ claimed: ClaimedJob
    ) async throws(StoreError) -> Document {
        guard recipe.recipe.input == .thread else { return claimed.document }
        let messages = try await store.thread(of: claimed.job.documentID)
        return Conversation.document(messages) ?? claimed.document
    }

    private func note(_ error: any Error, _ claimed: ClaimedJob) async {
        // The instance gives back what it holds when it unregisters.
        if Task.isCancelled { return }
        if case .away(let reason, let pause) = error as? EnrichError {
            return await putOff(claimed, reason, pause)
        }
        let isTransient = (error as? EnrichError)?.isTransient ?? (error is StoreError)
        let verdict: RetryPolicy.Verdict =
            isTransient
            ? retries.verdict(attempt: claimed.job.attempt, fraction: Double.random(in: 0..<1))
            : .deadLetter
        log.error("\(error)", details(claimed))
        count(claimed, verdict == .deadLetter ? "dead" : "retried", nil)
        do {
            try await store.fail(
                claimed.job, claim: claimed.claim, reason: reason(of: error),
                message: "\(error)", verdict: verdict)
        } catch {
            leave(claimed, error)
        }
    }

    /// Gives a job back until its model may be asked again; the attempt does not count.
    private func putOff(_ claimed: ClaimedJob, _ reason: RemoteError, _ pause: Duration) async {
        // What was not even tried was reported when the model failed.
        if case .resting = reason {} else { log.error("\(reason)", details(claimed)) }
        count(claimed, "put_off", nil)
        do {
            try await store.snooze(claimed.job, claim: claimed.claim, for: pause)
        } catch {
            leave(claimed, error)
        }
    }

    /// Gives up a claim whose end could not be told to the database.
    private func leave(_ claimed: ClaimedJob, _ error: StoreError) {
        log.error("\(error)", ["job": "\(claimed.job.id)"])
        membership.doubt()
    }

    private func details(_ claimed: ClaimedJob) -> Log.Fields {
        [
            "connector": claimed.connector, "document": "\(claimed.job.documentID)",
            "job": "\(claimed.job.id)", "recipe": claimed.job.recipe,
        ]
    }

    /// A word to group failures by.
    private func reason(of error: any Error) -> String {
        switch error {
        case is DeadlineExceeded: "deadline"
        case let error as EnrichError: error.reason
        case is StoreError: "database"
        default: "inference"
        }
    }

    private func count(_ claimed: ClaimedJob, _ outcome: String, _ enrichment: Enrichment?) {
        metrics.count(
            "docket_jobs_total", "Jobs, by how they ended.",
            ["recipe": claimed.job.recipe, "outcome": outcome])
        guard let enrichment else { return }
        let tokens = [("prompt", enrichment.promptTokens), ("output", enrichment.outputTokens)]
        for (direction, count) in tokens {
            metrics.count(
                "docket_llm_tokens_total", "Tokens of finished jobs.", by: Double(count),
                ["model": enrichment.model, "direction": direction])
        }
    }
}
