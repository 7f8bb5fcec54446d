package import Domain
import Postgres

/// A document that a person wrote or took part in.
package struct PersonDocument: Sendable, Equatable {
    package let id: Document.ID
    package let connector: String
    package let kind: String
    package let title: String
    package let isAuthor: Bool
}

/// Who asked for what to be removed, for the audit.
package struct RemovalReason: Sendable, Equatable {
    package enum Action: String, Sendable {
        case forget, retention, refile
    }

    package let action: Action
    package let who: String

    package init(_ action: Action, who: String) { (self.action, self.who) = (action, who) }
}

extension Store {
    /// Removes documents and all that is in them, down to their content: texts, records, results,
    /// jobs, failures, revisions, words, exchanges and feedback.
    ///
    /// What stays is a row with the source's id, so that it is not filed again, and one of the
    /// audit.
    ///
    /// - Parameters:
    ///   - documents: Which; unknown ones and those that are forgotten already are left out.
    ///   - reason: Who asked for it.
    /// - Returns: The ids of those that are forgotten now.
    /// - Throws: ``StoreError/database(_:)``.
    @discardableResult
    package func forget(
        _ documents: [Document.ID], _ reason: RemovalReason
    ) async throws(StoreError) -> [Document.ID] {
        let ids = try await transaction { connection in
            try Self.forget(documents.map(\.value), reason, connection)
        }
        return ids.map { Document.ID($0) }
    }

    /// Lets documents that were forgotten be filed again, when their source shows them next.
    ///
    /// - Returns: The ids of those that may come back.
    @discardableResult
    package func refile(
        _ documents: [Document.ID], who: String
    ) async throws(StoreError) -> [Document.ID] {
        let ids = try await transaction { connection in
            let family = try Self.family(of: documents.map(\.value), connection)
            let rows = try connection.run(
                """
                UPDATE docket.documents SET forgotten_at = NULL
                WHERE document_id = ANY (\(family)) AND forgotten_at IS NOT NULL
                RETURNING document_id
                """)
            let ids: [Int64] = try rows.map { try $0.get("document_id") }
            try Self.audit(ids, RemovalReason(.refile, who: who), connection)
            return ids
        }
        return ids.map { Document.ID($0) }
    }

    /// Forgets the documents of a connector that are older than `duration`.
    ///
    /// Age is the time since the source's last change, or its creation, or their filing; what is
    /// attached goes with what it is attached to. Works in portions of ``Limits/forgottenMax``.
    ///
    /// - Returns: How many were forgotten.
    @discardableResult
    package func expire(
        connector: String, after duration: Duration
    ) async throws(StoreError) -> Int {
        var (count, last) = (0, Int64(0))
        while true {
            let after = last
            let (ids, newest) = try await transaction { connection in
                let rows = try connection.run(
                    """
                    SELECT d.document_id FROM docket.documents d
                    WHERE d.connector = \(connector) AND d.document_id > \(after)::bigint
                        AND d.forgotten_at IS NULL
                        AND coalesce(d.modified_at, d.created_at, d.ingested_at)
                            < now() - \(duration)::interval
                        AND NOT EXISTS (
                            SELECT FROM docket.documents p WHERE p.connector = d.connector
                                AND p.source_id = d.parent_source_id)
                    ORDER BY d.document_id LIMIT \(Limits.forgottenMax)::int
                    """)
                let roots: [Int64] = try rows.map { try $0.get("document_id") }
                let reason = RemovalReason(.retention, who: "docket")
                return (try Self.forget(roots, reason, connection), roots.last)
            }
            guard let newest else { return count }
            (count, last) = (count + ids.count, newest)
        }
    }

    /// What a person wrote, or is named on, by number; forgotten documents aside.
    ///
    /// - Parameter address: As sources write it, alone or as in `Anna <anna@contoso.com>`; case
    ///   does not count.
    /// - Returns: In the order they were filed.
    /// - Throws: ``StoreError/database(_:)``.
    package func documents(of address: String) async throws(StoreError) -> [PersonDocument] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT d.document_id, d.connector, d.kind, d.title, is_author
                FROM docket.documents d
                CROSS JOIN (SELECT lower(\(address)) AS whole,
                    '<' || lower(\(address)) || '>' AS part) a
                CROSS JOIN LATERAL (SELECT coalesce(lower(d.author) = a.whole
                    OR strpos(lower(d.author), a.part) > 0, false) AS is_author) w
                WHERE d.forgotten_at IS NULL AND (w.is_author OR EXISTS (
                    SELECT FROM unnest(d.participants) AS p
                    WHERE lower(p) = a.whole OR strpos(lower(p), a.part) > 0))
                ORDER BY d.document_id
                """)
            return try rows.map { row in
                try PersonDocument(
                    id: .init(row.get("document_id")), connector: row.get("connector"),
                    kind: row.get("kind"), title: row.get("title"),
                    isAuthor: row.get("is_author"))
            }
        }
    }

    /// - Returns: The documents and all that is attached to them.
    private static func family(
        of roots: [Int64], _ connection: borrowing Connection
    ) throws -> [Int64] {
        let rows = try connection.run(
            """
            WITH RECURSIVE family AS (
                SELECT d.document_id, d.connector, d.source_id, 0 AS depth
                FROM docket.documents d WHERE d.document_id = ANY (\(roots))
                UNION
                SELECT d.document_id, d.connector, d.source_id, f.depth + 1
                FROM family f
                CROSS JOIN LATERAL (
                    SELECT d.document_id, d.connector, d.source_id FROM docket.documents d
                    WHERE d.connector = f.connector AND d.parent_source_id = f.source_id
                    OFFSET 0) d
                WHERE f.depth < \(Limits.familyDepthMax)::int)
            SELECT DISTINCT document_id FROM family
            """)
        return try rows.map { try $0.get("document_id") }
    }

    /// Locks the documents first, in the order of pages, and then the jobs.
    ///
    /// Whoever is writing something about them is waited for by that, and seen by the statements
    /// behind it.
    private static func forget(
        _ roots: [Int64], _ reason: RemovalReason, _ connection: borrowing Connection
    ) throws -> [Int64] {
        guard !roots.isEmpty else { return [] }
        try waitForIndexing(connection)
        let family = try family(of: roots, connection)
        try connection.run(
            """
            SELECT document_id FROM docket.documents WHERE document_id = ANY (\(family))
            ORDER BY connector, source_id FOR UPDATE
            """)
        let rows = try connection.run(
            """
            UPDATE docket.documents SET forgotten_at = now(),
                removed_at = coalesce(removed_at, now()), deleted_at = coalesce(deleted_at, now()),
                other_streams = '{}', content_sha256 = decode(repeat('00', 32), 'hex'),
                row_sha256 = decode(repeat('00', 32), 'hex'), title = '', author = NULL,
                participants = '{}', language = NULL, created_at = NULL, modified_at = NULL,
                source_url = NULL, body = '', body_characters = 0, metadata = '{}', acl = NULL,
                record = '', container_id = NULL, path = NULL
            WHERE document_id = ANY (\(family)) AND forgotten_at IS NULL
            RETURNING document_id
            """)
        let ids: [Int64] = try rows.map { try $0.get("document_id") }
        for table in ["jobs", "results", "revisions", "search", "seen", "exchanges", "feedback"] {
            try connection.run(deletion(from: table, of: ids))
        }
        try connection.run(
            """
            DELETE FROM docket.failures f USING docket.documents d
            WHERE d.document_id = ANY (\(ids)) AND f.connector = d.connector
                AND f.source_id = d.source_id
            """)
        try audit(ids, reason, connection)
        return ids
    }

    private static func deletion(from table: String, of ids: [Int64]) -> SQL {
        var parts = SQL.StringInterpolation(literalCapacity: 80, interpolationCount: 1)
        parts.appendLiteral("DELETE FROM docket.\(table) WHERE document_id = ANY (")
        parts.appendInterpolation(ids)
        parts.appendLiteral(")")
        return SQL(stringInterpolation: parts)
    }

    private static func audit(
        _ ids: [Int64], _ reason: RemovalReason, _ connection: borrowing Connection
    ) throws {
        guard !ids.isEmpty else { return }
        try connection.run(
            """
            INSERT INTO docket.audit (who, action, document_ids)
            VALUES (\(reason.who), \(reason.action.rawValue), \(ids))
            """)
    }
}
