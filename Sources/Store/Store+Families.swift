import Postgres

// Attachments and members live and die with the document they are in: what happens to a parent
// happens to its family.

extension Store {
    /// Takes documents and their families out of a stream; a document that is in no other stream
    /// is marked as removed.
    ///
    /// - Returns: How many were marked.
    static func leave(
        _ stream: Int64, _ sourceIDs: [String], _ connection: borrowing Connection
    ) throws -> Int {
        guard !sourceIDs.isEmpty else { return 0 }
        let roots = try connection.runPrepared(
            """
            SELECT d.document_id FROM docket.documents d
            JOIN docket.streams s ON s.stream_id = \(stream)::bigint AND s.connector = d.connector
            WHERE d.source_id = ANY (\(sourceIDs)) AND d.removed_at IS NULL
                AND (d.stream_id = \(stream)::bigint OR \(stream)::bigint = ANY (d.other_streams))
            """)
        return try leave(stream, roots: roots, connection)
    }

    /// Takes out of a stream what a document does not have any more of its children.
    ///
    /// - Parameters:
    ///   - families: For each document its children as they are now.
    ///   - stream: The one they leave.
    ///   - connection: In the transaction of the page.
    /// - Returns: How many were marked.
    /// - Throws: ``PostgresError``.
    static func leave(
        childrenBut families: [String: [String]], _ stream: PageStream,
        _ connection: borrowing Connection
    ) throws -> Int {
        guard !families.isEmpty else { return 0 }
        let kept = families.values.flatMap(\.self)
        let gone = try connection.runPrepared(
            """
            SELECT d.document_id FROM unnest(\(families.keys.sorted())) AS n(parent)
            CROSS JOIN LATERAL (
                SELECT d.document_id, d.source_id, d.removed_at FROM docket.documents d
                WHERE d.connector = \(stream.connector) AND d.parent_source_id = n.parent
                OFFSET 0) d
            WHERE d.removed_at IS NULL AND d.source_id <> ALL (\(kept))
            """)
        return try leave(stream.id, roots: gone, connection)
    }

    /// Ends a reading from the beginning; marks what it did not show, if that says anything.
    static func sweep(
        _ stream: Int64, marks: Bool, _ connection: borrowing Connection
    ) throws -> Int {
        guard marks else {
            try connection.run("DELETE FROM docket.seen WHERE stream_id = \(stream)::bigint")
            return 0
        }
        let roots = try connection.run(
            """
            SELECT d.document_id FROM docket.documents d
            WHERE d.stream_id = \(stream)::bigint AND d.removed_at IS NULL
                AND d.parent_source_id IS NULL
                AND NOT EXISTS (SELECT FROM docket.seen n
                    WHERE n.stream_id = d.stream_id AND n.document_id = d.document_id)
            UNION ALL
            SELECT d.document_id FROM docket.documents d
            WHERE d.other_streams <> '{}' AND d.other_streams @> ARRAY[\(stream)::bigint]
                AND d.removed_at IS NULL AND d.parent_source_id IS NULL
                AND NOT EXISTS (SELECT FROM docket.seen n
                    WHERE n.stream_id = \(stream)::bigint AND n.document_id = d.document_id)
            """)
        let count = try leave(stream, roots: roots, connection)
        try connection.run("DELETE FROM docket.seen WHERE stream_id = \(stream)::bigint")
        return count
    }

    /// Takes every document out of a stream that has vanished.
    static func leaveAll(_ stream: Int64, _ connection: borrowing Connection) throws {
        try connection.run(
            """
            UPDATE docket.runs r SET state = 'lost', finished_at = now()
            FROM docket.streams s
            WHERE s.stream_id = \(stream)::bigint AND r.run_id = s.run_id AND r.state = 'running'
            """)
        let roots = try connection.run(
            """
            SELECT document_id FROM docket.documents
            WHERE stream_id = \(stream)::bigint AND removed_at IS NULL
            UNION ALL
            SELECT document_id FROM docket.documents
            WHERE other_streams <> '{}' AND other_streams @> ARRAY[\(stream)::bigint]
                AND removed_at IS NULL
            """)
        _ = try leave(stream, roots: roots, connection)
        try forget(stream, connection)
    }

    /// Forgets how far a stream was read, as it is to be read from the beginning.
    static func forget(_ stream: Int64, _ connection: borrowing Connection) throws {
        try connection.run("DELETE FROM docket.seen WHERE stream_id = \(stream)::bigint")
        try connection.run("DELETE FROM docket.marks WHERE stream_id = \(stream)::bigint")
    }

    /// Notes what a stream that is read again has shown.
    static func markSeen(
        _ ids: [Int64], _ stream: PageStream, _ connection: borrowing Connection
    ) throws {
        try connection.runPrepared(
            """
            INSERT INTO docket.seen (stream_id, document_id)
            SELECT \(stream.id)::bigint, id FROM unnest(\(ids)) AS id
            ON CONFLICT DO NOTHING
            """)
    }

    /// Notes records that are there, though something about them failed: their documents stay.
    static func markSeen(
        failed sourceIDs: [String], _ stream: PageStream, _ connection: borrowing Connection
    ) throws {
        guard !sourceIDs.isEmpty else { return }
        try connection.run(
            """
            INSERT INTO docket.seen (stream_id, document_id)
            SELECT \(stream.id)::bigint, document_id FROM docket.documents
            WHERE connector = \(stream.connector) AND stream_id = \(stream.id)::bigint
                AND source_id = ANY (\(sourceIDs.map { storable($0, charactersMax: .max) }))
            ON CONFLICT DO NOTHING
            """)
    }

    /// Lets the family of a document that came here follow it.
    ///
    /// Those who were in the state it was in, that is: one that had gone before is not brought
    /// back.
    ///
    /// - Returns: The ids of those who followed.
    static func follow(
        _ parent: KnownRow, _ stream: PageStream, _ connection: borrowing Connection
    ) throws -> [Int64] {
        let rows = try connection.runPrepared(
            """
            WITH RECURSIVE family AS (
                SELECT d.document_id, d.source_id, 1 AS depth FROM docket.documents d
                WHERE d.connector = \(stream.connector)
                    AND d.parent_source_id = \(parent.sourceID)
                UNION
                SELECT d.document_id, d.source_id, f.depth + 1 FROM family f
                CROSS JOIN LATERAL (
                    SELECT d.document_id, d.source_id FROM docket.documents d
                    WHERE d.connector = \(stream.connector)
                        AND d.parent_source_id = f.source_id OFFSET 0) d
                WHERE f.depth < \(Limits.familyDepthMax)::int),
            followed AS (
                UPDATE docket.documents d SET
                    other_streams = CASE
                        WHEN d.removed_at IS NULL AND d.stream_id <> \(stream.id)::bigint
                        THEN array_append(
                            array_remove(d.other_streams, \(stream.id)::bigint), d.stream_id)
                        ELSE array_remove(d.other_streams, \(stream.id)::bigint) END,
                    stream_id = \(stream.id)::bigint,
                    revision = d.revision + (d.deleted_at IS NOT NULL)::int,
                    removed_at = NULL, deleted_at = NULL
                WHERE d.document_id IN (SELECT document_id FROM family)
                    AND d.removed_at IS NOT DISTINCT FROM \(parent.removedAt)::timestamptz
                    -- What was forgotten has nothing to come back with.
                    AND d.row_sha256 <> decode(repeat('00', 32), 'hex')
                RETURNING d.document_id, d.revision, d.content_sha256),
            history AS (
                INSERT INTO docket.revisions (document_id, revision, content_sha256, stream_id)
                SELECT document_id, revision, content_sha256, \(stream.id)::bigint FROM followed
                ON CONFLICT (document_id, revision) DO NOTHING)
            SELECT document_id FROM followed
            """)
        return try rows.map { try $0.get("document_id") }
    }

    static func leave(
        _ stream: Int64, roots: [Row], _ connection: borrowing Connection
    ) throws -> Int {
        guard !roots.isEmpty else { return 0 }
        let ids: [Int64] = try roots.map { try $0.get("document_id") }
        let rows = try connection.runPrepared(
            """
            WITH RECURSIVE family AS (
                SELECT d.document_id, d.connector, d.source_id, 0 AS depth
                FROM docket.documents d WHERE d.document_id = ANY (\(ids))
                UNION
                SELECT d.document_id, d.connector, d.source_id, f.depth + 1
                FROM family f
                CROSS JOIN LATERAL (
                    SELECT d.document_id, d.connector, d.source_id FROM docket.documents d
                    WHERE d.connector = f.connector AND d.parent_source_id = f.source_id
                    OFFSET 0) d
                WHERE f.depth < \(Limits.familyDepthMax)::int),
            gone AS (
                UPDATE docket.documents d SET
                    removed_at = CASE WHEN d.stream_id = \(stream)::bigint
                        AND d.other_streams = '{}' THEN now() END,
                    stream_id = CASE WHEN d.stream_id = \(stream)::bigint
                        THEN coalesce(d.other_streams[cardinality(d.other_streams)], d.stream_id)
                        ELSE d.stream_id END,
                    other_streams = CASE WHEN d.stream_id = \(stream)::bigint
                        THEN trim_array(d.other_streams, least(cardinality(d.other_streams), 1))
                        ELSE array_remove(d.other_streams, \(stream)::bigint) END
                WHERE d.document_id IN (SELECT document_id FROM family) AND d.removed_at IS NULL
                    AND (d.stream_id = \(stream)::bigint
                        OR \(stream)::bigint = ANY (d.other_streams))
                RETURNING d.removed_at)
            SELECT count(removed_at) AS count FROM gone
            """)
        return try rows.first?.get("count") ?? 0
    }
}
