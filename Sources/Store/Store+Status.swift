package import Foundation
import Postgres

/// How a stream stands, or a scope that has none yet: a row of `docket_v1.connector_status`.
package struct StreamStatus: Sendable, Equatable {
    package let connector: String
    package let stream: String?
    package let scope: String
    /// `ok`, `new`, `polling`, `parked`, `failing` or `held`.
    package let state: String
    package let lastSuccessAt: Date?
    package let nextPollAt: Date?
    package let parkedUntil: Date?
    package let documents: Int
    package let error: String?
}

/// Jobs of one recipe in one state: a row of `docket_v1.backlog`.
package struct BacklogEntry: Sendable, Equatable {
    package let recipe: String
    package let state: String
    package let jobs: Int
    package let oldestAt: Date
}

/// A row of `docket_v1.failed_documents`.
package struct FailedDocument: Sendable, Equatable {
    package let connector: String
    package let stream: String
    package let sourceID: String
    package let documentID: Int64?
    package let stage: String
    package let reason: String
    package let message: String
    package let attempts: Int
    package let failedAt: Date
}

/// A row of `docket_v1.health_findings`.
package struct HealthFinding: Sendable, Equatable {
    package let name: String
    /// `warning` or `error`.
    package let level: String
    package let detail: String
    package let remedy: String
}

/// Deletions that wait for a person.
package struct HeldDeletions: Sendable, Equatable {
    package let connector: String
    package let scope: String
    package let documents: Int
    package let total: Int
    package let heldAt: Date
}

extension Store {
    package func status() async throws(StoreError) -> [StreamStatus] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT * FROM docket_v1.connector_status ORDER BY connector, scope, stream
                """)
            return try rows.map { row in
                try StreamStatus(
                    connector: row.get("connector"), stream: row.optional("stream"),
                    scope: row.get("scope"), state: row.get("state"),
                    lastSuccessAt: row.optional("last_success_at"),
                    nextPollAt: row.optional("next_poll_at"),
                    parkedUntil: row.optional("parked_until"), documents: row.get("documents"),
                    error: row.optional("error"))
            }
        }
    }

    package func backlog() async throws(StoreError) -> [BacklogEntry] {
        try await run { connection in
            let rows = try connection.run(
                "SELECT * FROM docket_v1.backlog ORDER BY recipe, state")
            return try rows.map { row in
                try BacklogEntry(
                    recipe: row.get("recipe"), state: row.get("state"), jobs: row.get("jobs"),
                    oldestAt: row.get("oldest_at"))
            }
        }
    }

    /// Jobs that are yet to end in a result or a dead letter: available, running, retryable.
    package func backlogCount() async throws(StoreError) -> Int {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT count(*) AS count FROM docket.jobs
                WHERE state IN ('available', 'running', 'retryable')
                """)
            return try rows.first?.get("count") ?? 0
        }
    }

    /// What could not be stored or enriched, the latest first.
    package func failedDocuments(limit: Int) async throws(StoreError) -> [FailedDocument] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT * FROM docket_v1.failed_documents
                ORDER BY failed_at DESC, source_id LIMIT \(limit)::bigint
                """)
            return try rows.map { row in
                try FailedDocument(
                    connector: row.get("connector"), stream: row.get("stream"),
                    sourceID: row.get("source_id"), documentID: row.optional("document_id"),
                    stage: row.get("stage"), reason: row.get("reason"),
                    message: row.get("message"), attempts: row.get("attempts"),
                    failedAt: row.get("failed_at"))
            }
        }
    }

    package func findings() async throws(StoreError) -> [HealthFinding] {
        try await run { connection in
            let rows = try connection.run(
                "SELECT * FROM docket_v1.health_findings ORDER BY level, name, detail")
            return try rows.map { row in
                try HealthFinding(
                    name: row.get("name"), level: row.get("level"), detail: row.get("detail"),
                    remedy: row.get("remedy"))
            }
        }
    }

    package func heldDeletions() async throws(StoreError) -> [HeldDeletions] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT connector, scope, held_documents, held_of, held_at FROM docket.scopes
                WHERE held_at IS NOT NULL ORDER BY connector, scope
                """)
            return try rows.map { row in
                try HeldDeletions(
                    connector: row.get("connector"), scope: row.get("scope"),
                    documents: row.get("held_documents"), total: row.get("held_of"),
                    heldAt: row.get("held_at"))
            }
        }
    }
}
