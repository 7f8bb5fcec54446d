package import Domain
package import Foundation
import Postgres

/// A job that used up its attempts.
package struct DeadLetter: Sendable, Equatable {
    package let id: Job.ID
    package let documentID: Document.ID
    package let connector: String
    package let recipe: String
    package let title: String
    package let attempts: Int
    package let reason: String
    package let message: String
    package let failedAt: Date
}

extension Store {
    /// Dead letters, the latest first.
    package func deadLetters(limit: Int) async throws(StoreError) -> [DeadLetter] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT j.job_id, j.document_id, j.connector, j.recipe, d.title, j.attempt,
                    j.reason, j.message, j.failed_at
                FROM docket.jobs j JOIN docket.documents d USING (document_id)
                WHERE j.state = 'dead' ORDER BY j.failed_at DESC, j.job_id
                LIMIT \(limit)::bigint
                """)
            return try rows.map { row in
                try DeadLetter(
                    id: .init(row.get("job_id")), documentID: .init(row.get("document_id")),
                    connector: row.get("connector"), recipe: row.get("recipe"),
                    title: row.get("title"), attempts: row.get("attempt"),
                    reason: row.get("reason"), message: row.get("message"),
                    failedAt: row.get("failed_at"))
            }
        }
    }

    /// Gives dead letters their attempts back; of a discarded job too.
    ///
    /// - Parameter jobs: Which; nil for all dead letters.
    /// - Returns: How many are available again.
    /// - Throws: ``StoreError/database(_:)``.
    package func retry(jobs: [Job.ID]?) async throws(StoreError) -> Int {
        try await run { connection in
            try connection.run(
                """
                UPDATE docket.jobs
                SET state = 'available', attempt = 0, rescues = 0, due_at = now()
                WHERE CASE WHEN \(jobs == nil)::bool THEN state = 'dead'
                    ELSE state IN ('dead', 'cancelled')
                        AND job_id = ANY (\((jobs ?? []).map(\.value))) END
                RETURNING 1 AS changed
                """
            ).count
        }
    }

    /// Puts dead letters out of sight until their documents change.
    ///
    /// - Parameter jobs: Which; nil for all dead letters.
    /// - Returns: How many were discarded.
    /// - Throws: ``StoreError/database(_:)``.
    package func discard(jobs: [Job.ID]?) async throws(StoreError) -> Int {
        try await run { connection in
            try connection.run(
                """
                UPDATE docket.jobs SET state = 'cancelled'
                WHERE state = 'dead' AND (\(jobs == nil)::bool
                    OR job_id = ANY (\((jobs ?? []).map(\.value))))
                RETURNING 1 AS changed
                """
            ).count
        }
    }
}
