package import Domain
package import Foundation
import JSON
import Postgres

extension Store {
    /// Makes the streams of a scope known, from a complete listing.
    ///
    /// Those that are known and not listed have vanished: whoever polls one loses it, and the
    /// documents that were in it alone are marked as removed. One that comes back is read from
    /// the beginning.
    ///
    /// - Parameters:
    ///   - connector: Its name.
    ///   - scope: The scope that was listed.
    ///   - streams: All of them; all of that connector and scope.
    /// - Throws: ``StoreError/database(_:)``.
    package func ensure(
        connector: String, scope: String, streams: [Domain.Stream]
    ) async throws(StoreError) {
        let streams = streams.sorted { $0.key < $1.key }
        try await transaction { connection in
            try connection.run(
                """
                INSERT INTO docket.scopes (connector, scope) VALUES (\(connector), \(scope))
                ON CONFLICT (connector, scope) DO UPDATE
                SET error = NULL, failures = 0, parked_until = NULL
                """)
            try connection.run(
                """
                INSERT INTO docket.streams AS s (connector, scope, key, name, variables)
                SELECT \(connector), \(scope), n.key, n.name, n.variables::jsonb
                FROM unnest(\(streams.map(\.key)), \(streams.map(\.name)),
                    \(streams.map { json($0.variables) })) AS n(key, name, variables)
                ON CONFLICT (connector, scope, key) DO UPDATE
                SET name = excluded.name, variables = excluded.variables, vanished_at = NULL,
                    cursor_kind = CASE WHEN s.vanished_at IS NULL THEN s.cursor_kind ELSE 'start' END,
                    cursor = CASE WHEN s.vanished_at IS NULL THEN s.cursor ELSE '' END,
                    epoch = s.epoch + (s.vanished_at IS NOT NULL)::int,
                    next_poll_at = CASE WHEN s.vanished_at IS NULL THEN s.next_poll_at ELSE now() END
                WHERE s.vanished_at IS NOT NULL OR s.name <> excluded.name
                    OR s.variables <> excluded.variables
                """)
            let gone = try connection.run(
                """
                UPDATE docket.streams
                SET vanished_at = now(), token = NULL, instance_id = NULL
                WHERE connector = \(connector) AND scope = \(scope) AND vanished_at IS NULL
                    AND key <> ALL (\(streams.map(\.key)))
                RETURNING stream_id
                """)
            for row in gone { try Self.leaveAll(try row.get("stream_id"), connection) }
        }
    }

    /// Lets the scopes that the configuration no longer has vanish, with all their streams.
    ///
    /// - Returns: The former scopes with removals that are to be settled, this time or, where
    ///   they wait for a person, again.
    @discardableResult
    package func retain(
        connector: String, scopes: [String]
    ) async throws(StoreError) -> [String] {
        try await transaction { connection in
            let gone = try connection.run(
                """
                UPDATE docket.streams
                SET vanished_at = now(), token = NULL, instance_id = NULL
                WHERE connector = \(connector) AND scope <> ALL (\(scopes))
                    AND vanished_at IS NULL
                RETURNING stream_id
                """)
            for row in gone { try Self.leaveAll(try row.get("stream_id"), connection) }
            let former = try connection.run(
                """
                SELECT DISTINCT s.scope
                FROM docket.streams s JOIN docket.documents d USING (stream_id)
                WHERE s.connector = \(connector) AND s.scope <> ALL (\(scopes))
                    AND d.removed_at IS NOT NULL AND d.deleted_at IS NULL
                ORDER BY s.scope
                """)
            return try former.map { try $0.get("scope") }
        }
    }

    /// Takes the right to read a stream, if nobody alive has it.
    ///
    /// - Parameters:
    ///   - stream: A stream that ``ensure(connector:scope:streams:)`` knows.
    ///   - instance: The claimer.
    ///   - fingerprint: Of what decides what it shows, 32 bytes; a stream that has none yet, or
    ///     of which nothing is read, takes it over. Nil: not asked.
    ///   - onlyIfDue: Leave it alone before its time, and while it is parked.
    /// - Returns: Nil when it is not to be had.
    /// - Throws: ``StoreError/database(_:)``.
    package func claim(
        _ stream: Domain.Stream, by instance: Instance, fingerprint: [UInt8]? = nil,
        onlyIfDue: Bool = true
    ) async throws(StoreError) -> StreamLease? {
        let token = UUID()
        return try await transaction { connection in
            // SKIP LOCKED: of two that claim at once one gets it and the other does not wait.
            // A scalar subquery, and not NOT EXISTS: when the row changed since the statement
            // began, the first is asked again, the second (an anti-join by then) is not.
            let found = try connection.runPrepared(
                """
                SELECT s.stream_id, s.run_id FROM docket.streams s
                WHERE s.connector = \(stream.connector) AND s.scope = \(stream.scope)
                    AND s.key = \(stream.key) AND s.vanished_at IS NULL
                    AND (SELECT count(*) FROM docket.instances i
                        WHERE i.instance_id = s.instance_id AND i.lease_until > now()
                            AND s.lease_until > now()) = 0
                    AND (NOT \(onlyIfDue)::bool OR s.next_poll_at <= now()
                        AND coalesce(s.parked_until, '-infinity') <= now())
                FOR UPDATE SKIP LOCKED
                """)
            guard let found = found.first else { return nil }
            let id: Int64 = try found.get("stream_id")
            if let lost = try found.optional("run_id", as: Int64.self) {
                try connection.run(
                    """
                    UPDATE docket.runs SET state = 'lost', finished_at = now()
                    WHERE run_id = \(lost)::bigint AND state = 'running'
                    """)
            }
            let rows = try connection.runPrepared(
                """
                WITH run AS (
                    INSERT INTO docket.runs (connector, stream, scope)
                    VALUES (\(stream.connector), \(stream.name), \(stream.scope))
                    RETURNING run_id)
                UPDATE docket.streams s
                SET token = \(token)::uuid, instance_id = \(instance.id)::uuid, run_id = run.run_id,
                    lease_until = now() + \(Limits.streamLeaseDuration)::interval,
                    fingerprint = CASE WHEN s.fingerprint IS NULL OR s.cursor_kind = 'start'
                        THEN coalesce(\(bytes: fingerprint)::bytea, s.fingerprint) ELSE s.fingerprint END
                FROM run WHERE s.stream_id = \(id)::bigint
                RETURNING s.cursor_kind, s.cursor, s.seq, s.epoch, run.run_id,
                    coalesce(s.fingerprint <> \(bytes: fingerprint)::bytea, false) AS is_outdated
                """)
            guard let row = rows.first else { return nil }
            return StreamLease(
                streamID: .init(id), stream: stream, token: token, runID: try row.get("run_id"),
                cursor: try Self.cursor(row), seq: try row.get("seq"), epoch: try row.get("epoch"),
                fingerprint: fingerprint, isOutdated: try row.get("is_outdated"))
        }
    }

    /// Reads a lease again, after an error left open whether a commit took place.
    ///
    /// - Returns: Where the stream stands; nil when the lease is gone.
    package func refresh(_ lease: StreamLease) async throws(StoreError) -> StreamLease? {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT cursor_kind, cursor, seq, epoch FROM docket.streams
                WHERE stream_id = \(lease.streamID.value)::bigint AND token = \(lease.token)::uuid
                """)
            guard let row = rows.first else { return nil }
            var lease = lease
            lease.cursor = try Self.cursor(row)
            (lease.seq, lease.epoch) = (try row.get("seq"), try row.get("epoch"))
            return lease
        }
    }

    /// Begins to read the stream from the beginning: its cursor has expired, what it is to show
    /// has changed, or a person asked.
    ///
    /// What the new reading does not show by its end is marked as removed then.
    ///
    /// - Throws: ``StoreError/leaseLost``.
    package func reset(_ lease: inout StreamLease) async throws(StoreError) {
        let held = lease
        let row = try await transaction { connection in
            try Self.forget(held.streamID.value, connection)
            let rows = try connection.run(
                """
                UPDATE docket.streams
                SET cursor_kind = 'start', cursor = '', epoch = epoch + 1, seq = seq + 1,
                    fingerprint = coalesce(\(bytes: held.fingerprint)::bytea, fingerprint)
                WHERE stream_id = \(held.streamID.value)::bigint
                    AND token = \(held.token)::uuid AND seq = \(held.seq)::bigint
                RETURNING seq, epoch
                """)
            guard let row = rows.first else { throw StoreError.leaseLost }
            return (try row.get("seq", as: Int64.self), try row.get("epoch", as: Int64.self))
        }
        lease.cursor = .start
        lease.isOutdated = false
        (lease.seq, lease.epoch) = row
    }

    /// Ends a pass and gives the stream back.
    ///
    /// - Parameters:
    ///   - lease: What ``claim(_:by:onlyIfDue:)`` gave.
    ///   - outcome: How it went.
    ///   - nextPollAt: When it is due again.
    /// - Throws: ``StoreError/leaseLost`` when it was not held any more; nothing changed then.
    package func release(
        _ lease: StreamLease, outcome: PassOutcome, nextPollAt: Date
    ) async throws(StoreError) {
        let (state, until, error) = outcome.columns
        let nextPollAt = storable(nextPollAt)
        try await transaction { connection in
            let rows = try connection.run(
                """
                UPDATE docket.streams
                SET token = NULL, instance_id = NULL, run_id = NULL, next_poll_at = \(nextPollAt),
                    parked_until = \(until), error = \(error),
                    last_success_at = CASE WHEN \(state) = 'succeeded' THEN now()
                        ELSE last_success_at END,
                    failures = CASE \(state) WHEN 'succeeded' THEN 0 WHEN 'failed'
                        THEN failures + 1 ELSE failures END
                WHERE stream_id = \(lease.streamID.value)::bigint AND token = \(lease.token)::uuid
                RETURNING failures
                """)
            guard !rows.isEmpty else { throw StoreError.leaseLost }
            try connection.run(
                """
                UPDATE docket.runs SET state = \(state), error = \(error), finished_at = now()
                WHERE run_id = \(lease.runID)::bigint AND state = 'running'
                """)
        }
    }

    private static func cursor(_ row: Row) throws -> Cursor {
        let text: String = try row.get("cursor")
        switch try row.get("cursor_kind", as: String.self) {
        case "start": return .start
        case "next": return .next(text)
        case "delta": return .delta(text)
        case let kind: throw StoreError.unreadable("cursor kind \(kind)")
        }
    }
}

extension Cursor {
    /// The columns `cursor_kind` and `cursor`.
    var columns: (kind: String, text: String) {
        switch self {
        case .start: ("start", "")
        case .next(let text): ("next", text)
        case .delta(let text): ("delta", text)
        }
    }
}

extension PassOutcome {
    /// A run's state, a stream's `parked_until`, and the error of both.
    var columns: (state: String, until: Date?, error: String?) {
        switch self {
        case .success: ("succeeded", nil, nil)
        case .parked(let until): ("parked", storable(until), nil)
        case .failed(let error):
            ("failed", nil, storable(error, charactersMax: Limits.messageCharactersMax))
        }
    }
}

/// An object of texts.
private func json(_ values: [String: String]) -> String {
    let pairs = values.sorted { $0.key < $1.key }
    return JSON.object(.init(pairs.map { ($0.key, .string($0.value)) })).serialized()
}

/// An instant that the database can add to, whatever an endpoint made up.
private func storable(_ instant: Date) -> Date {
    Date(
        timeIntervalSince1970: min(
            max(instant.timeIntervalSince1970, 0), Limits.secondsSince1970Max))
}

/// A text that every text column takes: no NUL, and not longer than asked.
func storable(_ text: String, charactersMax: Int) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.prefix(charactersMax).filter { $0 != "\0" })
    return String(scalars)
}
