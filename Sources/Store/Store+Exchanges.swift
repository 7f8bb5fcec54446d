package import Domain
package import Foundation
import JSON
import Postgres

/// An exchange with a model, and what a person said of its result: a row of
/// `docket_v1.exchanges`.
package struct StoredExchange: Sendable, Equatable {
    package let documentID: Document.ID
    package let recipe: String
    package let exchange: Exchange
    /// `good` or `bad`.
    package let rating: String?
    package let correction: String?
    package let model: String
    package let createdAt: Date
}

extension Store {
    /// Keeps the exchanges of jobs that were finished just now, where the configuration says so.
    ///
    /// - Parameters:
    ///   - finished: What was made.
    ///   - held: The jobs among them whose claims were held.
    ///   - connection: In the transaction of the finish.
    /// - Throws: ``PostgresError``.
    func keepExchanges(
        of finished: [FinishedJob], held: Set<Int64>, _ connection: borrowing Connection
    ) throws {
        guard let exchangeDuration else { return }
        let kept = finished.compactMap { finished in
            held.contains(finished.job.id.value)
                ? finished.enrichment.exchange.map { (finished, $0) } : nil
        }
        guard !kept.isEmpty else { return }
        let jobs = kept.map(\.0.job)
        try connection.runPrepared(
            """
            INSERT INTO docket.exchanges (document_id, recipe, content_sha256, fingerprint,
                messages, output, model, expires_at)
            SELECT n.document_id, n.recipe, n.content_sha256, n.fingerprint, n.messages::jsonb,
                n.output, n.model, now() + \(exchangeDuration)::interval
            FROM unnest(\(jobs.map(\.documentID.value)), \(jobs.map(\.recipe)),
                \(jobs.map(\.contentSHA256)), \(jobs.map(\.fingerprint)),
                \(kept.map { $0.1.messages.json }),
                \(kept.map { storable($0.1.output, charactersMax: .max) }),
                \(kept.map(\.0.enrichment.model))
            ) AS n(document_id, recipe, content_sha256, fingerprint, messages, output, model)
            """)
    }

    /// Drops exchanges whose time is over.
    package func pruneExchanges() async throws(StoreError) {
        try await run { connection in
            try connection.run("DELETE FROM docket.exchanges WHERE expires_at <= now()")
        }
    }

    /// Kept exchanges in the order they were made, a portion at a time.
    ///
    /// - Parameters:
    ///   - recipe: Only of this one; nil: all.
    ///   - rating: `good` or `bad`: only those; nil: all.
    ///   - last: The last number of the portion before; 0 at first.
    /// - Returns: At most ``Limits/exchangesMax``, and the last number; nil when there are no more.
    /// - Throws: ``StoreError/database(_:)``.
    package func exchanges(
        recipe: String?, rating: String?, after last: Int64
    ) async throws(StoreError) -> (exchanges: [StoredExchange], last: Int64)? {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT e.exchange_id, e.document_id, e.recipe, e.messages, e.output, f.rating,
                    f.correction, e.model, e.created_at
                FROM docket.exchanges e
                JOIN docket.documents d USING (document_id)
                LEFT JOIN docket.feedback f
                    ON f.document_id = e.document_id AND f.recipe = e.recipe
                        AND f.content_sha256 = e.content_sha256 AND f.fingerprint = e.fingerprint
                WHERE e.exchange_id > \(last)::bigint AND e.expires_at > now()
                    AND d.deleted_at IS NULL
                    AND (\(recipe)::text IS NULL OR e.recipe = \(recipe))
                    AND (\(rating)::text IS NULL OR f.rating = \(rating))
                ORDER BY e.exchange_id LIMIT \(Limits.exchangesMax)::int
                """)
            guard let newest = rows.last else { return nil }
            return (try rows.map(Self.exchange), try newest.get("exchange_id"))
        }
    }

    private static func exchange(_ row: Row) throws -> StoredExchange {
        let text: String = try row.get("messages")
        guard let messages = (try? JSON.parse(text))?.arrayValue else {
            throw StoreError.unreadable("messages")
        }
        let exchange = Exchange(
            messages: messages.map { message in
                Exchange.Message(
                    role: message["role"]?.stringValue ?? "",
                    content: message["content"]?.stringValue ?? "")
            }, output: try row.get("output"))
        return try StoredExchange(
            documentID: .init(row.get("document_id")), recipe: row.get("recipe"),
            exchange: exchange, rating: row.optional("rating"),
            correction: row.optional("correction"), model: row.get("model"),
            createdAt: row.get("created_at"))
    }

    /// Notes what a person says of a recipe's current result; the last word counts.
    ///
    /// - Parameters:
    ///   - document: The one it is about.
    ///   - recipe: Its name.
    ///   - isGood: Whether it is as it should be.
    ///   - correction: What it should have been.
    /// - Returns: False when there is no such result.
    /// - Throws: ``StoreError/database(_:)``.
    package func rate(
        _ document: Document.ID, recipe: String, isGood: Bool, correction: String?
    ) async throws(StoreError) -> Bool {
        do {
            try await run { connection in
                try connection.run(
                    """
                    SELECT docket_v1.rate_result(\(document.value)::bigint, \(recipe)::text,
                        \(isGood ? "good" : "bad")::text, \(correction)::text)
                    """)
            }
            return true
        } catch .database(let error) where error.sqlState == "P0002" {
            return false
        }
    }
}

extension [Exchange.Message] {
    /// The column `messages`, as text.
    fileprivate var json: String {
        JSON.array(
            map { message in
                [
                    "role": .string(message.role),
                    "content": .string(storable(message.content, charactersMax: .max)),
                ]
            }
        ).serialized()
    }
}
