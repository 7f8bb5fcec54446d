import Domain
import Inference
import Lifecycle
package import Store
package import Telemetry

/// Claims jobs, runs them on the models side by side, and writes the results back.
package struct Worker: Service {
    package let name = "worker"
    private let recipes: [[UInt8]: ConfiguredRecipe]
    private let slots: Int
    private let store: Store
    private let membership: Membership
    private let retries = RetryPolicy()
    private let log: Log
    private let metrics: Metrics

    /// - Parameters:
    ///   - recipes: All that are configured; jobs of others stay where they are.
    ///   - slots: Jobs run side by side: the sequences of the models together.
    ///   - store: The queue.
    ///   - membership: Which instance claims.
    ///   - log: Failures.
    ///   - metrics: Counts by recipe and outcome.
    package init(
        recipes: [ConfiguredRecipe], slots: Int, store: Store, membership: Membership, log: Log,
        metrics: Metrics
    ) {
        self.recipes = Dictionary(recipes.map { ($0.fingerprint, $0) }) { first, _ in first }
        (self.slots, self.store, self.membership) = (slots, store, membership)
        (self.log, self.metrics) = (log, metrics)
    }

    package func run() async throws {
        await work(isDone: { false })
        try Task.checkCancellation()
    }

    /// Works until nothing is left to claim and `isDone` says that nothing more will come.
    ///
    /// Jobs that another instance works on are waited for: it may be dead, and they come back.
    /// Jobs that wait for another attempt are left to a later run.
    package func drain(isDone: @escaping @Sendable () -> Bool) async { await work(isDone: isDone) }

    private func work(isDone: @Sendable () -> Bool) async {
        let clock = ContinuousClock()
        var rescueAt = clock.now
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            while !Task.isCancelled {
                if clock.now >= rescueAt {
                    await rescue()
                    rescueAt = clock.now + Limits.rescueInterval
                }
                // Asked before the claim: what is filed after a claim that found nothing would
                // be missed otherwise.
                let isLast = isDone()
                let claims = await claim(slots - running)
                if let first = claims.first, first.rescues > 0 {
                    // It may be what killed its worker, so nothing runs beside it.
                    await group.waitForAll()
                    running = 0
                    await perform(first)
                    continue
                }
                for claim in claims { group.addTask { await perform(claim) } }
                running += claims.count
                if running > 0 {
                    await group.next()
                    running -= 1
                } else if isLast, await !isWorkedOnElsewhere() {
                    return
                } else {
                    try? await clock.sleep(for: Limits.pollInterval)
                }
            }
        }
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

    private func claim(_ limit: Int) async -> [ClaimedJob] {
        guard limit > 0 else { return [] }
        do {
            return try await store.claimJobs(
                by: membership.now, recipes: recipes.values.map(\.version), limit: limit)
        } catch {
            if error != .cancelled { log.error("\(error)") }
            if error.isTransient { await membership.renew() }
            return []
        }
    }

    private func perform(_ claimed: ClaimedJob) async {
        guard let recipe = recipes[claimed.job.fingerprint] else { return }
        do {
            let enrichment = try await withDeadline(Limits.jobDurationMax) {
                try await Enricher(recipe).enrich(claimed.document)
            }
            let finished = FinishedJob(
                job: claimed.job, claim: claimed.claim, enrichment: enrichment)
            let accepted = try await store.finish([finished])
            count(claimed, accepted == 1 ? "done" : "late", enrichment)
        } catch {
            await note(error, claimed)
        }
    }

    private func note(_ error: any Error, _ claimed: ClaimedJob) async {
        // The instance gives back what it holds when it unregisters.
        if Task.isCancelled { return }
        let isTransient = (error as? InferenceError)?.isTransient ?? (error is StoreError)
        let verdict: RetryPolicy.Verdict =
            isTransient
            ? retries.verdict(attempt: claimed.job.attempt, fraction: Double.random(in: 0..<1))
            : .deadLetter
        log.error(
            "\(error)",
            [
                "connector": claimed.connector, "document": "\(claimed.job.documentID)",
                "job": "\(claimed.job.id)", "recipe": claimed.job.recipe,
            ])
        count(claimed, verdict == .deadLetter ? "dead" : "retried", nil)
        do {
            try await store.fail(
                claimed.job, claim: claimed.claim, reason: reason(of: error),
                message: "\(error)", verdict: verdict)
        } catch {
            log.error("\(error)", ["job": "\(claimed.job.id)"])
        }
    }

    /// A word to group failures by.
    private func reason(of error: any Error) -> String {
        switch error {
        case is DeadlineExceeded: "deadline"
        case InferenceError.promptTooLong: "prompt_too_long"
        case InferenceError.noChatTemplate: "no_chat_template"
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
