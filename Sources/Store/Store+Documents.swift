import Domain
import Foundation
import Postgres

extension Store {
    /// Inserts and updates what differs from what is there, and notes new revisions.
    ///
    /// Where it `isAlone`, nobody else is expected to insert the same documents: what is new is
    /// copied into the table, and that ends with a data error where somebody did.
    static func store(
        _ columns: DocumentColumns, _ stream: PageStream, _ connection: borrowing Connection,
        isAlone: Bool, into stored: inout Stored
    ) throws {
        guard columns.count > 0 else { return }
        let known = try knownRows(columns, stream, connection)
        if isAlone {
            let new = columns.selecting((0..<columns.count).filter { known[$0] == nil })
            try copy(new, stream, connection, into: &stored)
        }
        let changed = columns.selecting(
            (0..<columns.count).filter { index in
                known[index].map { !$0.isSame } ?? !isAlone
            })
        for row in known.values where row.isSame { stored.documentIDs.append(row.id) }
        stored.counts.unchanged += known.values.count { $0.isSame }
        stored.sourceIDs += columns.sourceIDs
        guard changed.count > 0 else { return }

        for row in try upsert(changed, stream, connection) {
            let id: Int64 = try row.get("document_id")
            stored.documentIDs.append(id)
            if try row.get("is_created") {
                stored.createdIDs.append(id)
                stored.counts.created += 1
            } else {
                stored.updatedIDs.append(id)
                stored.counts.updated += 1
            }
        }
        for row in known.values where !row.isHere {
            stored.updatedIDs += try follow(row, stream, connection)
        }
    }

    /// A document of the page that was there before it.
    struct KnownRow {
        let id: Int64
        let sourceID: String
        /// Nothing to write: it is as it was, or is not to be filed again.
        let isSame: Bool
        /// In this stream before, and not marked as removed.
        let isHere: Bool
        /// As text, exact to the microsecond; nil when not marked.
        let removedAt: String?
    }

    /// Rows that are equal never reach the upsert: even one that changes nothing would lock them
    /// and write to the log.
    ///
    /// OFFSET 0 here and elsewhere keeps the planner from turning a look-up by the whole key, a
    /// row at a time, into one by a part of it, which is what it prefers while a table is empty.
    private static func knownRows(
        _ columns: DocumentColumns, _ stream: PageStream, _ connection: borrowing Connection
    ) throws -> [Int: KnownRow] {
        let rows = try connection.runPrepared(
            """
            SELECT n.number, d.document_id, d.removed_at::text AS removed_at,
                d.stream_id = \(stream.id)::bigint AND d.removed_at IS NULL
                    OR d.forgotten_at IS NOT NULL AS is_here,
                d.row_sha256 = n.row_sha256 OR d.forgotten_at IS NOT NULL AS is_same
            FROM unnest(\(columns.sourceIDs), \(columns.rowHashes))
                WITH ORDINALITY AS n(source_id, row_sha256, number)
            CROSS JOIN LATERAL (
                SELECT d.document_id, d.stream_id, d.removed_at, d.row_sha256, d.forgotten_at
                FROM docket.documents d
                WHERE d.connector = \(stream.connector) AND d.source_id = n.source_id
                OFFSET 0) d
            """)
        var known: [Int: KnownRow] = [:]
        known.reserveCapacity(rows.count)
        for row in rows {
            let isHere: Bool = try row.get("is_here")
            let index = try row.get("number", as: Int.self) - 1
            known[index] = KnownRow(
                id: try row.get("document_id"), sourceID: columns.rows[index].document.sourceID,
                isSame: try row.get("is_same") && isHere, isHere: isHere,
                removedAt: try row.optional("removed_at"))
        }
        return known
    }

    /// Appends documents that are not there, with their first revisions.
    private static func copy(
        _ columns: DocumentColumns, _ stream: PageStream, _ connection: borrowing Connection,
        into stored: inout Stored
    ) throws {
        guard columns.count > 0 else { return }
        let ids: [Int64] = try connection.runPrepared(
            """
            SELECT nextval(s.name) AS id
            FROM (SELECT pg_get_serial_sequence('docket.documents', 'document_id')::regclass AS name
                OFFSET 0) s, generate_series(1, \(columns.count)::int)
            """
        ).map { try $0.get("id") }
        guard ids.count == columns.count else { return }
        try connection.copy(
            into: "docket.documents (\(StoredDocument.copyColumns))",
            columnCount: StoredDocument.copyColumnCount, ids.indices
        ) { index, rows in
            columns.rows[index].copy(
                id: ids[index], connector: stream.connector, streamID: stream.id, to: &rows)
        }
        try connection.copy(
            into: "docket.revisions (document_id, revision, content_sha256, stream_id)",
            columnCount: 4, ids.indices
        ) { index, rows in
            rows.append(ids[index])
            rows.append(int32: 1)
            rows.append(columns.rows[index].document.contentSHA256)
            rows.append(stream.id)
        }
        stored.documentIDs += ids
        stored.createdIDs += ids
        stored.counts.created += ids.count
    }

    private static func upsert(
        _ columns: DocumentColumns, _ stream: PageStream, _ connection: borrowing Connection
    ) throws -> [Row] {
        // A CTE, so that a new revision is in the history by the same statement.
        try connection.runPrepared(
            """
            WITH stored AS (
                INSERT INTO docket.documents AS d (
                    connector, stream_id, source_id, content_sha256, row_sha256, kind, title,
                    author, participants, language, created_at, modified_at, source_url, body,
                    body_characters, parent_source_id, metadata, acl, record, container_id)
                SELECT \(stream.connector), \(stream.id)::bigint, n.source_id, n.content_sha256,
                    n.row_sha256, n.kind, n.title, n.author, n.participants::text[], n.language,
                    n.created_at, n.modified_at, n.source_url, n.body, n.body_characters,
                    n.parent_source_id, n.metadata::jsonb, n.acl::jsonb, n.record, n.container_id
                FROM unnest(\(columns.sourceIDs), \(columns.contentHashes), \(columns.rowHashes),
                    \(columns.kinds), \(columns.titles), \(columns.authors),
                    \(columns.participants), \(columns.languages), \(columns.createdAt),
                    \(columns.modifiedAt), \(columns.sourceURLs), \(columns.bodies),
                    \(columns.bodyCharacters), \(columns.parentSourceIDs), \(columns.metadata),
                    \(columns.acls), \(columns.records), \(columns.containerIDs)
                ) AS n(source_id, content_sha256, row_sha256, kind, title, author, participants,
                    language, created_at, modified_at, source_url, body, body_characters,
                    parent_source_id, metadata, acl, record, container_id)
                ON CONFLICT ON CONSTRAINT documents_identity DO UPDATE SET
                    other_streams = CASE
                        WHEN d.removed_at IS NULL AND d.stream_id <> excluded.stream_id
                        THEN array_append(
                            array_remove(d.other_streams, excluded.stream_id), d.stream_id)
                        ELSE array_remove(d.other_streams, excluded.stream_id) END,
                    stream_id = excluded.stream_id,
                    revision = d.revision + (d.deleted_at IS NOT NULL
                        OR d.content_sha256 <> excluded.content_sha256)::int,
                    content_sha256 = excluded.content_sha256, row_sha256 = excluded.row_sha256,
                    kind = excluded.kind, title = excluded.title, author = excluded.author,
                    participants = excluded.participants, language = excluded.language,
                    created_at = excluded.created_at, modified_at = excluded.modified_at,
                    ingested_at = now(), source_url = excluded.source_url, body = excluded.body,
                    body_characters = excluded.body_characters,
                    parent_source_id = excluded.parent_source_id,
                    metadata = excluded.metadata, acl = excluded.acl, record = excluded.record,
                    container_id = excluded.container_id,
                    removed_at = NULL, deleted_at = NULL
                WHERE d.forgotten_at IS NULL
                RETURNING document_id, revision, content_sha256, xmax = 0 AS is_created),
            history AS (
                INSERT INTO docket.revisions (document_id, revision, content_sha256, stream_id)
                SELECT document_id, revision, content_sha256, \(stream.id)::bigint FROM stored
                ON CONFLICT (document_id, revision) DO NOTHING)
            SELECT document_id, is_created FROM stored
            """)
    }
}
