package import Foundation
import Postgres

extension Store {
    /// Records that a scope failed as a whole: its streams could not even be listed.
    ///
    /// A success is recorded by ``ensure(connector:scope:streams:)``.
    ///
    /// - Parameters:
    ///   - connector: Its name.
    ///   - scope: The scope, such as a mailbox that is not there.
    ///   - outcome: Parked or failed.
    ///   - startedAt: When the attempt began.
    /// - Throws: ``StoreError/database(_:)``.
    package func recordFailure(
        connector: String, scope: String, outcome: PassOutcome, startedAt: Date
    ) async throws(StoreError) {
        let (state, until, error) = outcome.columns
        try await transaction { connection in
            try connection.run(
                """
                INSERT INTO docket.scopes AS s (connector, scope, parked_until, error, failures)
                VALUES (\(connector), \(scope), \(until), \(error), 1)
                ON CONFLICT (connector, scope) DO UPDATE
                SET parked_until = excluded.parked_until, error = excluded.error,
                    failures = s.failures + 1
                """)
            try connection.run(
                """
                INSERT INTO docket.runs
                    (connector, scope, started_at, finished_at, state, error)
                VALUES (\(connector), \(scope), \(startedAt), now(), \(state), \(error))
                """)
        }
    }

    /// Whether an endpoint asked to be left alone, for the whole scope or for all its streams.
    ///
    /// - Throws: ``StoreError/database(_:)``.
    package func isParked(connector: String, scope: String) async throws(StoreError) -> Bool {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT coalesce(bool_or(parked_until > now()), false) OR (
                    SELECT coalesce(bool_and(coalesce(parked_until > now(), false)), false)
                    FROM docket.streams
                    WHERE connector = \(connector) AND scope = \(scope) AND vanished_at IS NULL
                ) AS is_parked
                FROM docket.scopes WHERE connector = \(connector) AND scope = \(scope)
                """)
            return try rows.first?.get("is_parked") ?? false
        }
    }

    /// Forgets old passes and instances; any instance may do it at any time.
    package func prune() async throws(StoreError) {
        try await transaction { connection in
            try connection.run(
                """
                DELETE FROM docket.runs
                WHERE started_at < now() - \(Limits.runsDuration)::interval
                """)
            // What a dead instance held is free without its row, so there is no hurry.
            try connection.run(
                "DELETE FROM docket.instances WHERE lease_until < now() - interval '1 day'")
        }
    }
}
