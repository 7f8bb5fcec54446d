import Domain
import JSON
import Postgres

extension Document {
    /// Reads the columns of `docket.documents`, by their names.
    ///
    /// - Throws: ``StoreError/unreadable(_:)``, `PostgresError`.
    init(_ row: Row) throws {
        func json(_ column: String) throws -> JSON? {
            guard let text = try row.optional(column, as: String.self) else { return nil }
            do { return try JSON.parse(text) } catch { throw StoreError.unreadable(column) }
        }
        try self.init(
            sourceID: row.get("source_id"), kind: row.get("kind"), title: row.get("title"),
            author: row.optional("author"), participants: row.get("participants"),
            language: row.optional("language"), createdAt: row.optional("created_at"),
            modifiedAt: row.optional("modified_at"), sourceURL: row.optional("source_url"),
            body: row.get("body"), contentSHA256: row.get("content_sha256"),
            parentSourceID: row.optional("parent_source_id"),
            metadata: json("metadata") ?? .object(.init()), acl: json("acl"))
    }
}
