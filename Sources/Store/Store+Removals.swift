package import Foundation
import Postgres

/// What became of the documents of a scope that are marked as removed.
package enum Settlement: Sendable, Equatable {
    /// So many became tombstones.
    case settled(Int)
    /// A stream of the scope has not completed the pass, so one of them may yet turn up there.
    case incomplete
    /// Too many to believe it: `documents` of `total` wait for a person.
    case held(documents: Int, total: Int)

    /// Whether so many are too many to believe.
    ///
    /// - Parameters:
    ///   - marked: Documents of a scope that are to go.
    ///   - total: All it has.
    ///   - approved: As many may go, for a person said so.
    ///   - holdAbove: A share, 0 to 1.
    /// - Returns: True where they wait for a person.
    package static func isHeld(
        _ marked: Int, of total: Int, approved: Int, above holdAbove: Double
    ) -> Bool {
        let share = total == 0 ? 0 : Double(marked) / Double(total)
        return marked >= Limits.heldDocumentsMin && share > holdAbove && marked > approved
    }
}

extension Store {
    /// Turns the removals of a scope into tombstones, once every stream of it has completed a
    /// pass: a document that was moved has turned up elsewhere by then.
    ///
    /// - Parameters:
    ///   - connector: Its name.
    ///   - scope: The scope whose pass has ended.
    ///   - passStartedAt: When it began; a stream that completed no round since is not through.
    ///   - moment: Only what was removed before is settled; nil: all.
    ///   - holdAbove: The share of the scope's documents, 0 to 1, above which deletions wait for
    ///     approval; never fewer than ``Limits/heldDocumentsMin``.
    /// - Returns: What became of them.
    /// - Throws: ``StoreError/database(_:)``.
    package func settleRemovals(
        connector: String, scope: String, passStartedAt: Date, removedBefore moment: Date? = nil,
        holdAbove: Double
    ) async throws(StoreError) -> Settlement {
        try await transaction { connection in
            // Two that settle one scope at once take turns.
            let scopes = try connection.run(
                """
                SELECT approved_documents FROM docket.scopes
                WHERE connector = \(connector) AND scope = \(scope) FOR UPDATE
                """)
            guard let row = scopes.first else { return .settled(0) }
            let behind = try connection.run(
                """
                SELECT 1 AS behind FROM docket.streams
                WHERE connector = \(connector) AND scope = \(scope) AND vanished_at IS NULL
                    AND coalesce(round_completed_at, '-infinity') < \(passStartedAt)
                LIMIT 1
                """)
            guard behind.isEmpty else { return .incomplete }
            let (marked, total) = try Self.marks(connector, scope, before: moment, connection)
            let approved = try row.optional("approved_documents", as: Int.self) ?? 0
            if Settlement.isHeld(marked, of: total, approved: approved, above: holdAbove) {
                try connection.run(
                    """
                    UPDATE docket.scopes SET held_documents = \(marked)::bigint,
                        held_of = \(total)::bigint, held_at = coalesce(held_at, now())
                    WHERE connector = \(connector) AND scope = \(scope)
                    """)
                return .held(documents: marked, total: total)
            }
            try Self.unhold(connector, scope, connection)
            return .settled(try Self.bury(connector, scope, before: moment, connection))
        }
    }

    /// Whether the pass over a scope is complete, and found removals that may be moves.
    ///
    /// - Parameters:
    ///   - connector: Its name.
    ///   - scope: The scope whose pass has ended.
    ///   - startedAt: When it began.
    /// - Returns: False also where a stream is not through.
    /// - Throws: ``StoreError/database(_:)``.
    package func hasRemovals(
        connector: String, scope: String, since startedAt: Date
    ) async throws(StoreError) -> Bool {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT bool_and(coalesce(round_completed_at, '-infinity') >= \(startedAt))
                    AND bool_or(EXISTS (
                        SELECT FROM docket.documents d
                        WHERE d.stream_id = s.stream_id AND d.removed_at >= \(startedAt)
                            AND d.removed_at IS NOT NULL AND d.deleted_at IS NULL)) AS has_removals
                FROM docket.streams s
                WHERE connector = \(connector) AND scope = \(scope) AND vanished_at IS NULL
                """)
            return try rows.first?.optional("has_removals") ?? false
        }
    }

    /// Says yes to the deletions that a scope holds; the next settlement carries them out, up to
    /// the number that was shown.
    ///
    /// - Returns: False when the scope holds none.
    package func approveDeletions(
        connector: String, scope: String
    ) async throws(StoreError) -> Bool {
        try await run { connection in
            try !connection.run(
                """
                UPDATE docket.scopes SET approved_documents = held_documents, held_at = NULL,
                    held_documents = NULL, held_of = NULL
                WHERE connector = \(connector) AND scope = \(scope) AND held_at IS NOT NULL
                RETURNING 1 AS held
                """
            ).isEmpty
        }
    }

    /// Says no: the documents stay, as if they had not been removed.
    ///
    /// - Returns: How many stay.
    package func rejectDeletions(connector: String, scope: String) async throws(StoreError) -> Int {
        try await transaction { connection in
            let held = try connection.run(
                """
                SELECT 1 AS held FROM docket.scopes
                WHERE connector = \(connector) AND scope = \(scope) AND held_at IS NOT NULL
                FOR UPDATE
                """)
            guard !held.isEmpty else { return 0 }
            try Self.unhold(connector, scope, connection)
            let rows = try connection.run(
                """
                WITH kept AS (
                    UPDATE docket.documents d SET removed_at = NULL
                    FROM docket.streams s
                    WHERE s.stream_id = d.stream_id AND s.connector = \(connector)
                        AND s.scope = \(scope) AND d.removed_at IS NOT NULL
                        AND d.deleted_at IS NULL
                    RETURNING 1)
                SELECT count(*) AS count FROM kept
                """)
            return try rows.first?.get("count") ?? 0
        }
    }

    private static func marks(
        _ connector: String, _ scope: String, before moment: Date?,
        _ connection: borrowing Connection
    ) throws -> (marked: Int, total: Int) {
        let rows = try connection.run(
            """
            SELECT count(*) FILTER (
                    WHERE d.removed_at < coalesce(\(moment)::timestamptz, 'infinity')) AS marked,
                count(*) AS total
            FROM docket.streams s JOIN docket.documents d USING (stream_id)
            WHERE s.connector = \(connector) AND s.scope = \(scope) AND d.deleted_at IS NULL
            """)
        guard let row = rows.first else { return (0, 0) }
        return (try row.get("marked"), try row.get("total"))
    }

    private static func unhold(
        _ connector: String, _ scope: String, _ connection: borrowing Connection
    ) throws {
        try connection.run(
            """
            UPDATE docket.scopes SET held_documents = NULL, held_of = NULL, held_at = NULL,
                approved_documents = NULL
            WHERE connector = \(connector) AND scope = \(scope)
                AND (held_at IS NOT NULL OR approved_documents IS NOT NULL)
            """)
    }

    /// - Returns: How many became tombstones.
    private static func bury(
        _ connector: String, _ scope: String, before moment: Date?,
        _ connection: borrowing Connection
    ) throws -> Int {
        let rows = try connection.run(
            """
            WITH dead AS (
                UPDATE docket.documents d SET deleted_at = now(), other_streams = '{}'
                FROM docket.streams s
                WHERE s.stream_id = d.stream_id AND s.connector = \(connector)
                    AND s.scope = \(scope) AND d.removed_at IS NOT NULL AND d.deleted_at IS NULL
                    AND d.removed_at < coalesce(\(moment)::timestamptz, 'infinity')
                RETURNING d.document_id, d.revision, d.connector, d.source_id),
            history AS (
                UPDATE docket.revisions r SET deleted_at = now()
                FROM dead WHERE r.document_id = dead.document_id AND r.revision = dead.revision),
            dropped AS (
                DELETE FROM docket.jobs j USING dead WHERE j.document_id = dead.document_id),
            forgotten AS (
                DELETE FROM docket.failures f USING dead
                WHERE f.connector = dead.connector AND f.source_id = dead.source_id)
            SELECT count(*) AS count FROM dead
            """)
        return try rows.first?.get("count") ?? 0
    }
}
