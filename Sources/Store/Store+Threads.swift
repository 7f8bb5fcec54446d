package import Domain
import Postgres

/// Recipes that read conversations: one job and one result for each, at its latest message.
///
/// The messages of a conversation have the same `conversation_id` in their metadata. Whatever
/// changes in one of them makes what was said of the conversation void, so its job begins anew,
/// as another job: a worker that still has the old one finishes too late.
extension Store {
    /// The messages of a document's conversation up to the latest, oldest first.
    ///
    /// - Parameter id: One of them.
    /// - Returns: The latest ``Limits/threadMessagesMax``; the document alone where it belongs to
    ///   no conversation; empty where it is gone.
    /// - Throws: ``StoreError/database(_:)``.
    package func thread(of id: Document.ID) async throws(StoreError) -> [Document] {
        try await run { connection in
            let rows = try connection.runPrepared(
                """
                SELECT d.source_id, d.kind, d.title, d.author, d.participants, d.language,
                    d.created_at, d.modified_at, d.source_url, d.body, d.content_sha256,
                    d.parent_source_id, d.metadata, d.acl
                FROM docket.documents own JOIN docket.documents d ON d.connector = own.connector
                    AND (d.document_id = own.document_id OR own.metadata ? 'conversation_id'
                        AND d.metadata ? 'conversation_id'
                        AND d.metadata->>'conversation_id' = own.metadata->>'conversation_id')
                WHERE own.document_id = \(id.value)::bigint AND d.removed_at IS NULL
                ORDER BY coalesce(d.created_at, d.modified_at, d.ingested_at) DESC,
                    d.document_id DESC
                LIMIT \(Limits.threadMessagesMax)::int
                """)
            return try rows.reversed().map { try Document($0) }
        }
    }

    /// Begins the jobs of the conversations that some documents belong to.
    static func enqueueThreads(
        _ rules: [JobRule], of documents: [Int64], connector: String,
        _ connection: borrowing Connection
    ) throws {
        guard !rules.isEmpty, !documents.isEmpty else { return }
        let rows = try connection.runPrepared(
            """
            SELECT DISTINCT metadata->>'conversation_id' AS thread FROM docket.documents
            WHERE document_id = ANY (\(documents)) AND metadata ? 'conversation_id'
            """)
        let threads: [String] = try rows.map { try $0.get("thread") }
        for rule in rules { try begin(rule, threads, connector, connection) }
    }

    /// Begins the jobs of a connector's conversations that have neither result nor job.
    ///
    /// - Returns: How many were made.
    func enqueueMissingThreads(
        _ rule: JobRule, connector: String
    ) async throws(StoreError) -> Int {
        try await transaction { connection in
            let rows = try connection.run(
                """
                SELECT l.thread FROM (
                    SELECT DISTINCT ON (thread) d.metadata->>'conversation_id' AS thread,
                        d.document_id, d.content_sha256
                    FROM docket.documents d
                    WHERE d.connector = \(connector) AND d.metadata ? 'conversation_id'
                        AND d.removed_at IS NULL
                    ORDER BY thread, coalesce(d.created_at, d.modified_at, d.ingested_at) DESC,
                        d.document_id DESC) l
                WHERE NOT EXISTS (SELECT FROM docket.results e
                        WHERE e.document_id = l.document_id AND e.recipe = \(rule.recipe)
                            AND e.content_sha256 = l.content_sha256
                            AND e.fingerprint = \(bytes: rule.fingerprint))
                    AND NOT EXISTS (SELECT FROM docket.jobs j
                        WHERE j.document_id = l.document_id AND j.recipe = \(rule.recipe)
                            AND j.fingerprint = \(bytes: rule.fingerprint))
                """)
            let threads: [String] = try rows.map { try $0.get("thread") }
            return try Self.begin(rule, threads, connector, connection)
        }
    }

    /// - Returns: How many jobs were made: of conversations that have several messages and suit
    ///   the rule.
    @discardableResult
    private static func begin(
        _ rule: JobRule, _ threads: [String], _ connector: String,
        _ connection: borrowing Connection
    ) throws -> Int {
        guard !threads.isEmpty else { return 0 }
        let messages = try connection.runPrepared(
            """
            SELECT d.document_id FROM docket.documents d
            WHERE d.connector = \(connector) AND d.metadata ? 'conversation_id'
                AND d.removed_at IS NULL
                AND d.metadata->>'conversation_id' = ANY (\(threads))
            """)
        let ids: [Int64] = try messages.map { try $0.get("document_id") }
        try connection.runPrepared(
            """
            DELETE FROM docket.jobs
            WHERE document_id = ANY (\(ids)) AND recipe = \(rule.recipe)
            """)
        try connection.runPrepared(
            """
            DELETE FROM docket.results
            WHERE document_id = ANY (\(ids)) AND recipe = \(rule.recipe)
            """)
        return try connection.runPrepared(
            """
            INSERT INTO docket.jobs (document_id, connector, recipe, fingerprint, want)
            SELECT l.document_id, \(connector), \(rule.recipe), \(bytes: rule.fingerprint),
                l.content_sha256
            FROM (
                SELECT DISTINCT ON (thread) d.metadata->>'conversation_id' AS thread,
                    d.document_id, d.content_sha256, d.kind,
                    count(*) OVER conversation AS messages,
                    sum(d.body_characters) OVER conversation AS characters
                FROM docket.documents d WHERE d.document_id = ANY (\(ids))
                WINDOW conversation AS (PARTITION BY d.metadata->>'conversation_id')
                ORDER BY thread, coalesce(d.created_at, d.modified_at, d.ingested_at) DESC,
                    d.document_id DESC) l
            WHERE l.messages > 1 AND l.characters >= \(rule.charactersMin)::bigint
                AND (\(rule.kinds.isEmpty)::bool OR l.kind = ANY (\(rule.kinds.sorted())))
            ORDER BY l.document_id
            RETURNING 1 AS made
            """
        ).count
    }
}
