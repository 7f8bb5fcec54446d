package import Domain
package import Foundation
import JSON
import Postgres

extension Store {
    /// Whether there are jobs of documents that change often, put off for a moment.
    package func hasDebounced(_ recipes: [RecipeVersion]) async throws(StoreError) -> Bool {
        try await run { connection in
            try !connection.run(
                """
                SELECT 1 AS found FROM docket.jobs
                WHERE state = 'available' AND due_at > now()
                    AND (recipe, fingerprint) IN (
                        SELECT * FROM unnest(\(recipes.map(\.recipe)),
                            \(recipes.map(\.fingerprint))))
                LIMIT 1
                """
            ).isEmpty
        }
    }

    static func giveBack(
        _ jobs: [Int64], _ claim: UUID, _ connection: borrowing Connection
    ) throws {
        try connection.runPrepared(
            """
            UPDATE docket.jobs SET state = 'available', claim = NULL, instance_id = NULL,
                took = NULL, attempt = attempt - 1
            WHERE job_id = ANY (\(jobs)) AND claim = \(claim)::uuid
            """)
    }

    /// Returns claims that were never worked on, as if they had not been made.
    package func giveBack(_ claims: [ClaimedJob]) async throws(StoreError) {
        try await run { connection in
            for (claim, jobs) in Dictionary(grouping: claims, by: \.claim) {
                try Self.giveBack(jobs.map(\.job.id.value), claim, connection)
            }
        }
    }

    /// Puts a claim off without counting the attempt: it was not the document's fault, such as
    /// a remote model that is down.
    ///
    /// - Returns: False when the claim is not held any more.
    @discardableResult
    package func snooze(
        _ job: Job, claim: UUID, for duration: Duration
    ) async throws(StoreError) -> Bool {
        let delay = min(duration, Limits.delayMax)
        return try await run { connection in
            try !connection.runPrepared(
                """
                UPDATE docket.jobs SET state = 'retryable', claim = NULL, instance_id = NULL,
                    took = NULL, attempt = attempt - 1, due_at = now() + \(delay)::interval
                WHERE job_id = \(job.id.value)::bigint AND claim = \(claim)::uuid
                RETURNING 1 AS held
                """
            ).isEmpty
        }
    }

    /// Notes a failed attempt.
    ///
    /// When the document changed meanwhile, the job is available at once and begins anew.
    ///
    /// - Parameters:
    ///   - job: The job that failed.
    ///   - claim: Its claim.
    ///   - reason: A word to group by.
    ///   - message: What happened; cut to ``Limits/messageCharactersMax``.
    ///   - verdict: Whether to try again.
    /// - Returns: False when the claim is not held any more; nothing changed then.
    /// - Throws: ``StoreError/database(_:)``.
    @discardableResult
    package func fail(
        _ job: Job, claim: UUID, reason: String, message: String, verdict: RetryPolicy.Verdict
    ) async throws(StoreError) -> Bool {
        let (state, delay): (String, Duration) =
            switch verdict {
            case .retry(let after): ("retryable", min(after, Limits.delayMax))
            case .deadLetter: ("dead", .zero)
            }
        let reason = storable(reason, charactersMax: Limits.messageCharactersMax)
        let message = storable(message, charactersMax: Limits.messageCharactersMax)
        return try await run { connection in
            try !connection.runPrepared(
                """
                UPDATE docket.jobs SET
                    state = CASE WHEN want = took AND fingerprint = \(bytes: job.fingerprint)
                        THEN \(state) ELSE 'available' END,
                    attempt = CASE WHEN want = took AND fingerprint = \(bytes: job.fingerprint)
                        THEN attempt ELSE 0 END,
                    due_at = CASE WHEN want = took AND fingerprint = \(bytes: job.fingerprint)
                        THEN now() + \(delay)::interval ELSE now() END,
                    claim = NULL, instance_id = NULL, took = NULL,
                    failed_at = now(), reason = \(reason), message = \(message),
                    errors = CASE WHEN jsonb_array_length(errors) >= \(Limits.errorsMax)::int
                        THEN errors - 0 ELSE errors END
                        || jsonb_build_object('attempt', attempt, 'at', now(),
                            'reason', \(reason)::text, 'message', \(message)::text)
                WHERE job_id = \(job.id.value)::bigint AND claim = \(claim)::uuid
                RETURNING 1 AS held
                """
            ).isEmpty
        }
    }

    /// Frees the jobs of instances that have died, and those past their deadline; any instance may do it at any time.
    ///
    /// A job that has taken ``Limits/rescuesMax`` instances with it is given up.
    ///
    /// - Returns: How many were freed or given up.
    /// - Throws: ``StoreError/database(_:)``.
    @discardableResult
    package func rescue() async throws(StoreError) -> Int {
        try await run { connection in
            // SKIP LOCKED: several may rescue at once, and a job that is being finished at this
            // moment is not to be rescued. A CTE, so that only what is locked is changed. A
            // scalar subquery, which is asked again should the row have changed meanwhile.
            let rows = try connection.runPrepared(
                """
                WITH lost AS MATERIALIZED (
                    SELECT j.job_id FROM docket.jobs j
                    WHERE j.state = 'running' AND (
                        SELECT count(*) FROM docket.instances i
                        WHERE i.instance_id = j.instance_id AND i.lease_until > now()
                            AND j.deadline_at > now()) = 0
                    FOR UPDATE OF j SKIP LOCKED)
                UPDATE docket.jobs j SET
                    state = CASE WHEN j.rescues + 1 >= \(Limits.rescuesMax)::int THEN 'dead'
                        ELSE 'available' END,
                    rescues = j.rescues + 1, claim = NULL, instance_id = NULL, took = NULL,
                    failed_at = CASE WHEN j.rescues + 1 >= \(Limits.rescuesMax)::int
                        THEN now() ELSE j.failed_at END,
                    reason = CASE WHEN j.rescues + 1 >= \(Limits.rescuesMax)::int
                        THEN 'kills_worker' ELSE j.reason END,
                    message = CASE WHEN j.rescues + 1 >= \(Limits.rescuesMax)::int
                        THEN 'the daemon died while working on it, each time' ELSE j.message END
                FROM lost WHERE j.job_id = lost.job_id
                RETURNING 1 AS rescued
                """)
            return rows.count
        }
    }
}
