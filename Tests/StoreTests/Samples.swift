import Crypto
import Domain
import Foundation
import JSON
import Postgres
import Store

/// A document with all that the tests of search, readers and forgetting differ in.
func sample(
    _ sourceID: String, title: String = "A title", _ body: String = "some text",
    language: String? = "en", author: String? = nil, participants: [String] = [],
    modifiedAt: Date? = nil, parent: String? = nil, acl: JSON? = nil, record: String = "{}"
) throws -> StoredDocument {
    let document = Document(
        sourceID: sourceID, kind: "email", title: title, author: author,
        participants: participants, language: language, createdAt: nil, modifiedAt: modifiedAt,
        sourceURL: nil, body: body, contentSHA256: try sha256("\(title)\n\(body)"),
        parentSourceID: parent, metadata: .object(.init()), acl: acl)
    return try StoredDocument(document, record: record)
}

extension Office {
    /// Notes the words of all documents.
    func index() async throws {
        while try await store.indexNext() > 0 {}
    }

    func id(_ sourceID: String) async throws -> Document.ID {
        let rows = try await query(
            """
            SELECT document_id FROM docket.documents
            WHERE connector = \(connector) AND source_id = \(sourceID)
            """)
        guard let row = rows.first else { throw StoreError.unreadable(sourceID) }
        return .init(try row.get("document_id"))
    }
}
