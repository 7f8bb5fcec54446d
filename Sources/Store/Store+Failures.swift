import Postgres

extension Store {
    /// Sets records aside, with why.
    static func record(
        _ failures: [RecordFailure], _ stream: PageStream, _ connection: borrowing Connection
    ) throws {
        var last: [String: RecordFailure] = [:]
        for failure in failures {
            let id = storable(
                failure.sourceID, charactersMax: Limits.failedSourceIDCharactersMax)
            last[id] = failure
        }
        guard !last.isEmpty else { return }
        let ordered = last.sorted { $0.key < $1.key }
        try connection.run(
            """
            INSERT INTO docket.failures AS f
                (connector, source_id, stream_id, stage, reason, message, record)
            SELECT \(stream.connector), n.source_id, \(stream.id)::bigint, n.stage, n.reason,
                n.message, n.record
            FROM unnest(\(ordered.map(\.key)), \(ordered.map(\.value.stage)),
                \(ordered.map(\.value.reason)),
                \(ordered.map { storable($0.value.message, charactersMax: Limits.messageCharactersMax) }),
                \(ordered.map { $0.value.record.map { storable($0, charactersMax: .max) } })
            ) AS n(source_id, stage, reason, message, record)
            -- The record would bring back what was to be forgotten.
            WHERE NOT EXISTS (
                SELECT FROM docket.documents d
                WHERE d.connector = \(stream.connector) AND d.source_id = n.source_id
                    AND d.forgotten_at IS NOT NULL)
            ON CONFLICT (connector, source_id) DO UPDATE
            SET stream_id = excluded.stream_id, stage = excluded.stage, reason = excluded.reason,
                message = excluded.message, record = excluded.record,
                attempts = f.attempts + 1, failed_at = now()
            """)
    }

    /// Forgets the failures of what has become a document, or has gone.
    static func clearFailures(
        of sourceIDs: [String], _ stream: PageStream, _ connection: borrowing Connection
    ) throws {
        guard !sourceIDs.isEmpty else { return }
        // Most often there are none at all, and then nothing is looked for.
        try connection.runPrepared(
            """
            DELETE FROM docket.failures
            WHERE connector = \(stream.connector) AND source_id = ANY (\(sourceIDs))
                AND EXISTS (SELECT FROM docket.failures WHERE connector = \(stream.connector))
            """)
    }
}
