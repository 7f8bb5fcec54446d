package import Domain
package import Foundation
package import JSON
import Postgres

/// Which documents to list.
package struct DocumentFilter: Sendable, Equatable {
    package var connector: String?
    package var kind: String?
    package var language: String?
    /// Found in title or body, whatever its case.
    package var text: String?
    package var limit = 50

    package init() {}
}

/// A live document in a list.
package struct DocumentEntry: Sendable, Equatable {
    package let id: Document.ID
    package let connector: String
    package let scope: String
    package let stream: String
    package let sourceID: String
    package let kind: String
    package let title: String
    package let language: String?
    package let modifiedAt: Date?
    package let bodyCharacters: Int
    /// Of the first recipe by name that has one.
    package let summary: String?
    package let tag: String?
    package let score: Double?
}

/// A document, dead or alive, with all that is known of it.
package struct DocumentDetail: Sendable, Equatable {
    package let id: Document.ID
    package let connector: String
    package let scope: String
    package let stream: String
    package let document: Document
    package let revision: Int
    package let ingestedAt: Date
    /// Gone from its stream; a tombstone once its scope is settled.
    package let removedAt: Date?
    package let deletedAt: Date?
    package let results: [StoredResult]
    package let jobs: [StoredJob]

    package struct StoredResult: Sendable, Equatable {
        package let recipe: String
        package let output: JSON
        package let model: String
        package let createdAt: Date
    }

    package struct StoredJob: Sendable, Equatable {
        package let recipe: String
        package let state: String
        package let attempt: Int
        package let dueAt: Date
        package let message: String?
    }
}

extension Store {
    /// Live documents, the newest first.
    package func documents(
        _ filter: DocumentFilter
    ) async throws(StoreError) -> [DocumentEntry] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT d.document_id, d.connector, d.scope, d.stream, d.source_id, d.kind,
                    d.title, d.language, d.modified_at, d.body_characters, s.summary, t.tag,
                    t.score
                FROM docket_v1.documents d
                LEFT JOIN LATERAL (SELECT summary FROM docket_v1.summaries s
                    WHERE s.document_id = d.document_id ORDER BY recipe LIMIT 1) s ON true
                LEFT JOIN LATERAL (SELECT tag, score FROM docket_v1.tags t
                    WHERE t.document_id = d.document_id ORDER BY recipe LIMIT 1) t ON true
                WHERE (\(filter.connector)::text IS NULL OR d.connector = \(filter.connector))
                    AND (\(filter.kind)::text IS NULL OR d.kind = \(filter.kind))
                    AND (\(filter.language)::text IS NULL OR d.language = \(filter.language))
                    AND (\(filter.text)::text IS NULL
                        OR strpos(lower(d.title), lower(\(filter.text))) > 0
                        OR strpos(lower(d.body), lower(\(filter.text))) > 0)
                ORDER BY d.document_id DESC LIMIT \(filter.limit)::bigint
                """)
            return try rows.map { row in
                try DocumentEntry(
                    id: .init(row.get("document_id")), connector: row.get("connector"),
                    scope: row.get("scope"), stream: row.get("stream"),
                    sourceID: row.get("source_id"), kind: row.get("kind"),
                    title: row.get("title"), language: row.optional("language"),
                    modifiedAt: row.optional("modified_at"),
                    bodyCharacters: row.get("body_characters"), summary: row.optional("summary"),
                    tag: row.optional("tag"), score: row.optional("score"))
            }
        }
    }

    /// One document with its results and jobs; nil when there is none of that number.
    package func document(_ id: Document.ID) async throws(StoreError) -> DocumentDetail? {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT d.*, s.scope, s.name AS stream
                FROM docket.documents d JOIN docket.streams s USING (stream_id)
                WHERE d.document_id = \(id.value)::bigint
                """)
            guard let row = rows.first else { return nil }
            return try DocumentDetail(
                id: id, connector: row.get("connector"), scope: row.get("scope"),
                stream: row.get("stream"), document: Document(row),
                revision: row.get("revision"), ingestedAt: row.get("ingested_at"),
                removedAt: row.optional("removed_at"), deletedAt: row.optional("deleted_at"),
                results: Self.results(of: id, connection), jobs: Self.jobs(of: id, connection))
        }
    }

    private static func results(
        of id: Document.ID, _ connection: borrowing Connection
    ) throws -> [DocumentDetail.StoredResult] {
        let rows = try connection.run(
            """
            SELECT recipe, output, model, created_at FROM docket_v1.enrichments
            WHERE document_id = \(id.value)::bigint ORDER BY recipe
            """)
        return try rows.map { row in
            let output: JSON
            do {
                output = try JSON.parse(row.get("output", as: String.self))
            } catch {
                throw StoreError.unreadable("output")
            }
            return try DocumentDetail.StoredResult(
                recipe: row.get("recipe"), output: output, model: row.get("model"),
                createdAt: row.get("created_at"))
        }
    }

    private static func jobs(
        of id: Document.ID, _ connection: borrowing Connection
    ) throws -> [DocumentDetail.StoredJob] {
        let rows = try connection.run(
            """
            SELECT recipe, state, attempt, due_at, message FROM docket.jobs
            WHERE document_id = \(id.value)::bigint ORDER BY recipe
            """)
        return try rows.map { row in
            try DocumentDetail.StoredJob(
                recipe: row.get("recipe"), state: row.get("state"), attempt: row.get("attempt"),
                dueAt: row.get("due_at"), message: row.optional("message"))
        }
    }
}
