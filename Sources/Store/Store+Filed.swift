import Domain
import Postgres

/// What is filed of a record: what partial updates are merged into, and what need not be fetched
/// again.
package struct FiledRecord: Sendable, Equatable {
    /// The payload as the endpoint gave it.
    package let record: String
    package let body: String
    /// The body was longer than what is filed.
    package let isTruncated: Bool
    /// What the metadata says of the content, as JSON.
    package let contentFacts: String?
    /// Its content was fetched; false where that failed.
    package let hasContent: Bool
    package let isDeleted: Bool
    /// It was removed for good: nothing of it is to be fetched.
    package let isForgotten: Bool
}

extension Store {
    /// What is filed of these records, tombstones too; unknown ids are left out.
    ///
    /// - Parameters:
    ///   - connector: Its name.
    ///   - sourceIDs: What to look for.
    /// - Returns: By source id.
    /// - Throws: ``StoreError/database(_:)``.
    package func filed(
        connector: String, sourceIDs: [String]
    ) async throws(StoreError) -> [String: FiledRecord] {
        guard !sourceIDs.isEmpty else { return [:] }
        return try await pointTransaction { connection in
            let rows = try connection.runPrepared(
                """
                SELECT d.source_id, d.record, d.body, d.is_truncated, d.facts,
                    d.deleted_at IS NOT NULL AS is_deleted,
                    d.forgotten_at IS NOT NULL AS is_forgotten, f.failed IS NULL AS has_content
                FROM unnest(\(sourceIDs)) AS n(source_id)
                CROSS JOIN LATERAL (
                    SELECT d.source_id, d.record, d.body, (d.metadata->'content')::text AS facts,
                        d.metadata ? 'body_truncated' AS is_truncated, d.deleted_at,
                        d.forgotten_at
                    FROM docket.documents d
                    WHERE d.connector = \(connector) AND d.source_id = n.source_id
                    OFFSET 0) d
                LEFT JOIN LATERAL (
                    SELECT true AS failed FROM docket.failures f
                    WHERE f.connector = \(connector) AND f.source_id = n.source_id
                        AND f.stage = 'content'
                    OFFSET 0) f ON true
                """)
            var filed: [String: FiledRecord] = [:]
            for row in rows {
                filed[try row.get("source_id")] = FiledRecord(
                    record: try row.get("record"), body: try row.get("body"),
                    isTruncated: try row.get("is_truncated"),
                    contentFacts: try row.optional("facts"),
                    hasContent: try row.get("has_content"), isDeleted: try row.get("is_deleted"),
                    isForgotten: try row.get("is_forgotten"))
            }
            return filed
        }
    }

    /// Records of a stream whose content, or that of their children, could not be fetched and may
    /// be had by now.
    ///
    /// - Parameters:
    ///   - lease: Of the stream they are in.
    ///   - attemptsMax: Those that failed as often are left to a person.
    /// - Returns: Payloads by source id, of the parents where children failed.
    /// - Throws: ``StoreError/database(_:)``.
    package func unfetched(
        in lease: StreamLease, attemptsMax: Int
    ) async throws(StoreError) -> [String: String] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT DISTINCT coalesce(p.source_id, d.source_id) AS source_id,
                    coalesce(p.record, d.record) AS record
                FROM docket.failures f
                JOIN docket.documents d
                    ON d.connector = f.connector AND d.source_id = f.source_id
                LEFT JOIN docket.documents p
                    ON p.connector = d.connector AND p.source_id = d.parent_source_id
                WHERE f.stream_id = \(lease.streamID.value)::bigint AND f.stage = 'content'
                    AND f.reason = 'content' AND f.attempts < \(attemptsMax)::int
                    AND d.removed_at IS NULL
                LIMIT \(Limits.unfetchedMax)::int
                """)
            var records: [String: String] = [:]
            for row in rows { records[try row.get("source_id")] = try row.get("record") }
            return records
        }
    }
}
