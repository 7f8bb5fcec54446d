package import Domain
package import Foundation
import JSON
import Postgres

extension Store {
    /// Takes jobs to work on, oldest first, the connectors in turn.
    ///
    /// A job that was rescued before comes alone: it may be what kills its workers.
    ///
    /// - Parameters:
    ///   - instance: The claimer.
    ///   - recipes: What it is configured to do; jobs of other versions stay.
    ///   - limit: No more than there are free places.
    ///   - duration: What is not finished by then is rescued.
    /// - Returns: The claims; empty when nothing is due.
    /// - Throws: ``StoreError/database(_:)``.
    package func claimJobs(
        by instance: Instance, recipes: [RecipeVersion], limit: Int,
        within duration: Duration = Limits.jobDuration
    ) async throws(StoreError) -> [ClaimedJob] {
        guard !recipes.isEmpty, limit > 0 else { return [] }
        let claim = UUID()
        return try await pointTransaction { connection in
            let claimed = try Self.take(
                claim, instance, recipes, limit, duration, connection)
            guard !claimed.isEmpty else { return [] }
            // Read after the claim, not with it: what the claim's own snapshot showed of a
            // document may be older than the job that it locked.
            let documents = try Self.documents(of: claimed, connection)
            return try claimed.compactMap { row in
                let job = try Job(
                    id: .init(row.get("job_id")), documentID: .init(row.get("document_id")),
                    recipe: row.get("recipe"), fingerprint: row.get("fingerprint"),
                    contentSHA256: row.get("took"), attempt: row.get("attempt"))
                guard let document = documents[job.documentID.value],
                    document.document.contentSHA256 == job.contentSHA256
                else {
                    // It changed in between, and the job wants the new content by now.
                    try Self.giveBack([job.id.value], claim, connection)
                    return nil
                }
                return ClaimedJob(
                    job: job, claim: claim, connector: document.connector,
                    document: document.document, rescues: try row.get("rescues"))
            }
        }
    }

    private static func take(
        _ claim: UUID, _ instance: Instance, _ recipes: [RecipeVersion], _ limit: Int,
        _ duration: Duration, _ connection: borrowing Connection
    ) throws -> [Row] {
        // The connectors with work are found by leaps through the index (`lanes`). From each the
        // oldest are locked, SKIP LOCKED so that two claimers never wait for or get the same;
        // the ranks then mix the lanes. A CTE each time, because the planner may run a subquery
        // with LIMIT more than once, and lock more than it returns.
        try connection.runPrepared(
            """
            WITH RECURSIVE lanes AS (
                (SELECT connector FROM docket.jobs WHERE state IN ('available', 'retryable')
                ORDER BY connector LIMIT 1)
                UNION ALL
                SELECT (SELECT j.connector FROM docket.jobs j
                    WHERE j.state IN ('available', 'retryable') AND j.connector > l.connector
                    ORDER BY j.connector LIMIT 1)
                FROM lanes l WHERE l.connector IS NOT NULL),
            due AS MATERIALIZED (
                SELECT j.* FROM lanes l CROSS JOIN LATERAL (
                    SELECT j.job_id, j.connector, j.due_at, j.rescues FROM docket.jobs j
                    WHERE j.connector = l.connector AND j.state IN ('available', 'retryable')
                        AND j.due_at <= now()
                        AND (j.recipe, j.fingerprint) IN (
                            SELECT * FROM unnest(\(recipes.map(\.recipe)),
                                \(recipes.map(\.fingerprint))))
                    ORDER BY j.due_at, j.job_id LIMIT \(limit)::int
                    FOR UPDATE SKIP LOCKED) j),
            ranked AS (
                SELECT job_id, rescues, row_number() OVER (ORDER BY turn, due_at, job_id) AS rank
                FROM (SELECT *, row_number() OVER (
                    PARTITION BY connector ORDER BY due_at, job_id) AS turn FROM due) t),
            chosen AS (
                SELECT job_id FROM ranked
                WHERE rank <= \(limit)::int AND CASE
                    WHEN (SELECT rescues FROM ranked WHERE rank = 1) > 0 THEN rank = 1
                    ELSE rescues = 0 END)
            UPDATE docket.jobs j
            SET state = 'running', took = j.want, attempt = j.attempt + 1,
                claim = \(claim)::uuid, instance_id = \(instance.id)::uuid,
                deadline_at = now() + \(duration)::interval
            FROM chosen WHERE j.job_id = chosen.job_id
            RETURNING j.job_id, j.document_id, j.recipe, j.fingerprint, j.took, j.attempt,
                j.rescues
            """)
    }

    private static func documents(
        of claimed: [Row], _ connection: borrowing Connection
    ) throws -> [Int64: (connector: String, document: Document)] {
        let ids: [Int64] = try claimed.map { try $0.get("document_id") }
        let rows = try connection.runPrepared(
            """
            SELECT d.document_id, d.connector, d.source_id, d.kind, d.title, d.author,
                d.participants, d.language, d.created_at, d.modified_at, d.source_url, d.body,
                d.content_sha256, d.parent_source_id, d.metadata, d.acl
            FROM unnest(\(ids)) AS n(document_id)
            CROSS JOIN LATERAL (SELECT d.* FROM docket.documents d
                WHERE d.document_id = n.document_id AND d.deleted_at IS NULL OFFSET 0) d
            """)
        var documents: [Int64: (connector: String, document: Document)] = [:]
        for row in rows {
            documents[try row.get("document_id")] = (
                try row.get("connector"), try Document(row)
            )
        }
        return documents
    }

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

    private static func giveBack(
        _ jobs: [Int64], _ claim: UUID, _ connection: borrowing Connection
    ) throws {
        try connection.runPrepared(
            """
            UPDATE docket.jobs SET state = 'available', claim = NULL, instance_id = NULL,
                took = NULL, attempt = attempt - 1
            WHERE job_id = ANY (\(jobs)) AND claim = \(claim)::uuid AND state = 'running'
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
