import Domain
import Foundation
import Postgres
import Synchronization

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
    ///   - isThorough: Whether an empty answer has to mean that nothing is due. Otherwise what has
    ///   just come back may be passed over for a moment, where a look at everything takes long.
    /// - Returns: The claims; empty when nothing is due.
    /// - Throws: ``StoreError/database(_:)``.
    package func claimJobs(
        by instance: Instance, recipes: [RecipeVersion], limit: Int,
        within duration: Duration = Limits.jobDuration, isThorough: Bool = false
    ) async throws(StoreError) -> [ClaimedJob] {
        guard !recipes.isEmpty, limit > 0 else { return [] }
        let claim = UUID()
        let known =
            isThorough ? nil : claimMarks.withLock { $0.lanes(of: recipes, at: .now) }
        let statement = Self.claim(claim, instance, recipes, limit, duration, known)
        return try await run { connection in
            // Not waited for until it is on the disk: a server that crashes may lose it, and then
            // somebody else claims the job, with another token, which refuses this one's result.
            let answers = try connection.runTogether([
                SQL(stringLiteral: "\(Self.pointSettings(isOnDisk: false)), \(Self.entriesRead)"),
                statement, SQL(stringLiteral: "SELECT \(Self.entriesRead)"),
            ])
            try self.note(answers, recipes, limit, isFull: known == nil)
            return try Self.claimedJobs(answers[1], claim, connection)
        }
    }

    /// Index entries that this session has read so far to find jobs, those of rows that are long
    /// gone among them.
    private static let entriesRead =
        "pg_stat_get_xact_tuples_returned('docket.jobs_due'::regclass) AS entries_read"

    private func note(
        _ answers: [[Row]], _ recipes: [RecipeVersion], _ limit: Int, isFull: Bool
    ) throws {
        let lanes = try answers[1].map { row in
            try ClaimMarks.Lane(
                id: .init(
                    recipe: row.get("lane_recipe"), fingerprint: row.get("lane_fingerprint"),
                    connector: row.get("lane_connector")),
                dueFrom: row.get("due_from"), jobFrom: row.get("job_from"))
        }
        let counts: [Int] = try [answers[0], answers[2]].map {
            try $0.first?.get("entries_read") ?? 0
        }
        claimMarks.withLock {
            $0.note(
                lanes, of: recipes, limit: limit, entriesRead: isFull ? counts[1] - counts[0] : nil,
                at: .now)
        }
    }

    private static func claimedJobs(
        _ rows: [Row], _ claim: UUID, _ connection: borrowing Connection
    ) throws -> [ClaimedJob] {
        var claimed: [ClaimedJob] = []
        var changed: [Int64] = []
        for row in rows {
            guard let id: Int64 = try row.optional("job_id") else { continue }
            let job = try Job(
                id: .init(id), documentID: .init(row.get("document_id")),
                recipe: row.get("recipe"), fingerprint: row.get("fingerprint"),
                contentSHA256: row.get("took"), attempt: row.get("attempt"))
            // The document is as it was when the statement began, and the job as it was when it
            // was locked: it may want content that was stored in between.
            guard try row.optional("content_sha256") == job.contentSHA256 else {
                changed.append(id)
                continue
            }
            claimed.append(
                try ClaimedJob(
                    job: job, claim: claim, connector: row.get("connector"),
                    document: Document(row), rescues: row.get("rescues")))
        }
        if !changed.isEmpty { try giveBack(changed, claim, connection) }
        return claimed
    }

    /// One row for each claimed job, and one for each lane of which none is claimed.
    private static func claim(
        _ claim: UUID, _ instance: Instance, _ recipes: [RecipeVersion], _ limit: Int,
        _ duration: Duration, _ known: [ClaimMarks.Lane]?
    ) -> SQL {
        let lanes = known ?? []
        // The lanes with work are found by leaps through the index. From each the oldest jobs are
        // locked, SKIP LOCKED so that two claimers never wait for or get the same; the ranks then
        // mix the connectors. A CTE each time, because the planner may run a subquery with LIMIT
        // more than once, and lock more than it returns.
        return """
            WITH RECURSIVE found AS (
                SELECT r.recipe, r.fingerprint, (SELECT j.connector FROM docket.jobs j
                    WHERE j.state IN ('available', 'retryable') AND j.fingerprint = r.fingerprint
                    ORDER BY j.connector LIMIT 1) AS connector
                FROM unnest(\(recipes.map(\.recipe)), \(recipes.map(\.fingerprint)))
                    AS r(recipe, fingerprint)
                WHERE \(known == nil)::bool
                UNION ALL
                SELECT f.recipe, f.fingerprint, (SELECT j.connector FROM docket.jobs j
                    WHERE j.state IN ('available', 'retryable') AND j.fingerprint = f.fingerprint
                        AND j.connector > f.connector
                    ORDER BY j.connector LIMIT 1)
                FROM found f WHERE f.connector IS NOT NULL),
            lanes AS MATERIALIZED (
                SELECT recipe, fingerprint, connector, timestamptz '-infinity' AS due_from,
                    bigint '0' AS job_from
                FROM found WHERE connector IS NOT NULL
                UNION ALL
                SELECT * FROM unnest(\(lanes.map(\.id.recipe)), \(lanes.map(\.id.fingerprint)),
                    \(lanes.map(\.id.connector)), \(lanes.map(\.dueFrom))::text[]::timestamptz[],
                    \(lanes.map(\.jobFrom)))),
            due AS MATERIALIZED (
                SELECT j.* FROM lanes l CROSS JOIN LATERAL (
                    SELECT j.job_id, j.recipe, j.fingerprint, j.connector, j.due_at, j.rescues
                    FROM docket.jobs j
                    WHERE j.state IN ('available', 'retryable') AND j.recipe = l.recipe
                        AND j.fingerprint = l.fingerprint AND j.connector = l.connector
                        AND j.due_at <= now() AND (j.due_at, j.job_id) >= (l.due_from, l.job_from)
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
                    ELSE rescues = 0 END),
            taken AS (
                UPDATE docket.jobs j
                SET state = 'running', took = j.want, attempt = j.attempt + 1,
                    claim = \(claim)::uuid, instance_id = \(instance.id)::uuid,
                    deadline_at = now() + \(duration)::interval
                FROM chosen WHERE j.job_id = chosen.job_id
                RETURNING j.job_id, j.document_id, j.recipe, j.fingerprint, j.connector, j.took,
                    j.attempt, j.rescues)
            SELECT l.recipe AS lane_recipe, l.fingerprint AS lane_fingerprint,
                l.connector AS lane_connector, least(o.due_at, e.until)::text AS due_from,
                CASE WHEN o.due_at <= e.until THEN o.job_id ELSE 0 END AS job_from,
                t.*, d.source_id, d.kind, d.title, d.author, d.participants, d.language,
                d.created_at, d.modified_at, d.source_url, d.body, d.content_sha256,
                d.parent_source_id, d.metadata, d.acl
            FROM lanes l
            CROSS JOIN (SELECT now() - \(Limits.commitDuration)::interval AS until) e
            LEFT JOIN LATERAL (
                SELECT due.due_at, due.job_id FROM due
                WHERE due.fingerprint = l.fingerprint AND due.connector = l.connector
                    AND due.recipe = l.recipe
                ORDER BY due.due_at, due.job_id LIMIT 1) o ON true
            LEFT JOIN taken t ON t.fingerprint = l.fingerprint AND t.connector = l.connector
                AND t.recipe = l.recipe
            LEFT JOIN LATERAL (SELECT d.* FROM docket.documents d
                WHERE d.document_id = t.document_id AND d.deleted_at IS NULL OFFSET 0) d ON true
            """
    }
}
