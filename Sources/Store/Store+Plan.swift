package import Domain
package import Foundation
import Postgres

/// A stream that the last listing of its scope had, as a plan looks at it.
package struct KnownStream: Sendable, Equatable {
    package let id: Domain.Stream.ID
    package let scope: String
    package let key: String
    package let name: String
    /// Of what decided what it shows when it was last begun; nil: not noted yet.
    package let fingerprint: [UInt8]?
    /// Nothing is read of it in this epoch, so nothing has to be read again.
    package let isAtStart: Bool
    /// Live documents that were last seen in it.
    package let documents: Int

    package init(
        id: Domain.Stream.ID, scope: String, key: String, name: String, fingerprint: [UInt8]?,
        isAtStart: Bool, documents: Int
    ) {
        (self.id, self.scope, self.key, self.name) = (id, scope, key, name)
        (self.fingerprint, self.isAtStart, self.documents) = (fingerprint, isAtStart, documents)
    }
}

/// What a scope has, and what of it is to go already.
package struct KnownScope: Sendable, Equatable {
    package let name: String
    /// Documents that are no tombstones.
    package let documents: Int
    /// Those of them that no stream shows any more.
    package let removed: Int
    /// As many of these may go, for a person said so.
    package let approved: Int
    /// Since when they wait for a person.
    package let heldAt: Date?

    package init(name: String, documents: Int, removed: Int, approved: Int, heldAt: Date?) {
        (self.name, self.documents, self.removed) = (name, documents, removed)
        (self.approved, self.heldAt) = (approved, heldAt)
    }
}

extension Store {
    /// The streams of a connector, by scope and name.
    package func knownStreams(of connector: String) async throws(StoreError) -> [KnownStream] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT s.stream_id, s.scope, s.key, s.name, s.cursor_kind = 'start' AS is_at_start,
                    s.fingerprint, (SELECT count(*) FROM docket.documents d
                        WHERE d.stream_id = s.stream_id AND d.removed_at IS NULL) AS documents
                FROM docket.streams s
                WHERE s.connector = \(connector) AND s.vanished_at IS NULL
                ORDER BY s.scope, s.name, s.key
                """)
            return try rows.map { row in
                try KnownStream(
                    id: .init(row.get("stream_id")), scope: row.get("scope"), key: row.get("key"),
                    name: row.get("name"), fingerprint: row.optional("fingerprint"),
                    isAtStart: row.get("is_at_start"), documents: row.get("documents"))
            }
        }
    }

    /// The scopes of a connector, former ones that still have documents included.
    package func knownScopes(of connector: String) async throws(StoreError) -> [KnownScope] {
        try await run { connection in
            let rows = try connection.run(
                """
                SELECT c.scope, coalesce(c.approved_documents, 0) AS approved, c.held_at,
                    count(d.document_id) AS documents, count(d.removed_at) AS removed
                FROM docket.scopes c
                LEFT JOIN docket.streams s USING (connector, scope)
                LEFT JOIN docket.documents d
                    ON d.stream_id = s.stream_id AND d.deleted_at IS NULL
                WHERE c.connector = \(connector)
                GROUP BY c.scope_id ORDER BY c.scope
                """)
            return try rows.map { row in
                try KnownScope(
                    name: row.get("scope"), documents: row.get("documents"),
                    removed: row.get("removed"), approved: row.get("approved"),
                    heldAt: row.optional("held_at"))
            }
        }
    }

    /// How many live documents each of these streams has that none but these show.
    ///
    /// - Parameter streams: Those that would go together.
    /// - Returns: A number for each that has any.
    /// - Throws: ``StoreError/database(_:)``.
    package func documents(
        onlyIn streams: [Domain.Stream.ID]
    ) async throws(StoreError) -> [Domain.Stream.ID: Int] {
        let ids = streams.map(\.value)
        return try await run { connection in
            let rows = try connection.run(
                """
                SELECT d.stream_id, count(*) AS count FROM docket.documents d
                WHERE d.stream_id = ANY (\(ids)) AND d.other_streams <@ \(ids)
                    AND d.removed_at IS NULL
                GROUP BY d.stream_id
                """)
            var counts: [Domain.Stream.ID: Int] = [:]
            for row in rows { counts[.init(try row.get("stream_id"))] = try row.get("count") }
            return counts
        }
    }
}
