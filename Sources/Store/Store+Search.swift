package import Domain
package import Foundation
import Postgres

/// A document that fits a query: a row of `docket_v1.search_documents`.
package struct FoundDocument: Sendable, Equatable {
    package let id: Document.ID
    package let connector: String
    package let kind: String
    package let title: String
    package let language: String?
    package let modifiedAt: Date?
    /// Greater is better; comparable within one answer.
    package let rank: Double
    /// What was found, between `**`.
    package let excerpt: String
}

extension Store {
    /// The live documents that best fit a query, best first.
    ///
    /// - Parameters:
    ///   - query: As for a web search: words, `"a phrase"`, `or`, `-without`.
    ///   - connector: Only of this one; nil for all.
    ///   - limit: At most so many.
    /// - Returns: Those whose words are noted already; see ``unindexedCount()``.
    /// - Throws: ``StoreError/database(_:)``.
    package func search(
        _ query: String, connector: String?, limit: Int
    ) async throws(StoreError) -> [FoundDocument] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT * FROM docket_v1.search_documents(
                    \(query), \(limit)::int, \(connector)::text)
                """)
            return try rows.map { row in
                try FoundDocument(
                    id: .init(row.get("document_id")), connector: row.get("connector"),
                    kind: row.get("kind"), title: row.get("title"),
                    language: row.optional("language"), modifiedAt: row.optional("modified_at"),
                    rank: row.get("rank"), excerpt: row.get("excerpt"))
            }
        }
    }

    /// About how many documents cannot be found yet in their present state.
    package func unindexedCount() async throws(StoreError) -> Int {
        try await run { connection in
            let rows = try connection.run("SELECT count(*) AS count FROM docket.unindexed")
            return try rows.first?.get("count") ?? 0
        }
    }

    /// Notes the words of some documents that were filed since.
    ///
    /// One instance does so at a time: of two, the one that saw the older text might write last.
    ///
    /// - Returns: How many; 0 when nothing is left, or another instance is at it.
    /// - Throws: ``StoreError/database(_:)``.
    package func indexNext() async throws(StoreError) -> Int {
        try await pointTransaction(isOnDisk: false) { connection in
            let locks = try connection.run(
                "SELECT pg_try_advisory_xact_lock(\(Self.indexLockNumber)::bigint) AS held")
            guard try locks.first?.get("held") == true else { return 0 }
            let rows = try connection.runPrepared(
                """
                WITH next AS MATERIALIZED (
                    SELECT ctid AS place, document_id FROM docket.unindexed
                    LIMIT \(Limits.indexedMax)::int),
                sized AS (
                    SELECT next.place, d.document_id, sum(d.body_characters) OVER (
                        ORDER BY next.place) - d.body_characters AS characters_before
                    FROM next CROSS JOIN LATERAL (
                        SELECT d.document_id, d.body_characters FROM docket.documents d
                        WHERE d.document_id = next.document_id OFFSET 0) d),
                taken AS (
                    DELETE FROM docket.unindexed
                    WHERE ctid = ANY (ARRAY(SELECT place FROM sized
                        WHERE characters_before < \(Limits.indexedCharactersMax)::bigint))
                    RETURNING document_id),
                texts AS (
                    SELECT d.document_id, c.configuration,
                        docket.search_text(c.configuration, d.title, d.body) AS text
                    FROM (SELECT DISTINCT document_id FROM taken) t
                    CROSS JOIN LATERAL (
                        SELECT d.* FROM docket.documents d
                        WHERE d.document_id = t.document_id AND d.deleted_at IS NULL OFFSET 0) d
                    CROSS JOIN LATERAL (SELECT docket.search_configuration(d.language)
                        AS configuration OFFSET 0) c),
                noted AS (
                    INSERT INTO docket.search AS s (document_id, configuration, text)
                    SELECT * FROM texts
                    ON CONFLICT (document_id) DO UPDATE
                    SET configuration = excluded.configuration, text = excluded.text
                    WHERE (s.configuration, s.text)
                        IS DISTINCT FROM (excluded.configuration, excluded.text))
                SELECT count(*) AS count FROM taken
                """)
            return try rows.first?.get("count") ?? 0
        }
    }

    /// Means nothing but that.
    private static let indexLockNumber = 7_164_082_319_528_212

    /// Lets nobody note words until the transaction ends: one who does may have read a text that
    /// is being removed.
    static func waitForIndexing(_ connection: borrowing Connection) throws {
        try connection.run("SELECT pg_advisory_xact_lock(\(indexLockNumber)::bigint)")
    }

    /// Notes that documents have other words now; they can be found once that is worked off.
    static func noteUnindexed(_ ids: [Int64], _ connection: borrowing Connection) throws {
        guard !ids.isEmpty else { return }
        try connection.copy(
            into: "docket.unindexed (document_id)", columnCount: 1, ids.indices
        ) { index, rows in rows.append(ids[index]) }
    }
}
