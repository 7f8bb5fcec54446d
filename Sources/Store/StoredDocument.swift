import Crypto
package import Domain
import Foundation
import JSON
import Postgres

/// A document and the record it was made of, as they go into their table.
///
/// Made where the document was, on any thread and while its texts are in the processor's cache:
/// all that the commit of a page has to do for it later is to send it. A class, as it is too
/// large to be copied from one list into the next.
package final class StoredDocument: Sendable {
    package let document: Document
    /// As the endpoint gave it.
    package let record: String
    /// The container it is in, where its stream has containers.
    package let containerID: String?
    /// Of every column and the record.
    let hash: [UInt8]
    /// In code points, as PostgreSQL counts.
    let bodyCharacters: Int
    /// The text forms of columns that are no texts.
    let participants: String
    let metadata: String
    let acl: String?
    /// The values of the columns from `source_id` on.
    private let fields: CopyFields

    /// - Parameters:
    ///   - document: What is stored.
    ///   - record: What it was made of, as the endpoint gave it.
    ///   - containerID: The container it is in.
    /// - Throws: ``StoreError/hash(_:)``.
    package init(
        _ document: Document, record: String, containerID: String? = nil
    ) throws(StoreError) {
        (self.document, self.record, self.containerID) = (document, record, containerID)
        bodyCharacters = document.body.databaseLength
        participants = arrayText(document.participants)
        metadata = document.metadata.serialized()
        acl = document.acl?.serialized()
        do throws(CryptoError) {
            var hash = try SHA256()
            try hash.update(Self.head(document, participants, metadata, acl, record))
            if let containerID { try hash.update("\(containerID):") }
            try hash.update(record)
            self.hash = try hash.finish()
        } catch {
            throw .hash("\(error)")
        }
        fields = Self.fields(document, record, hash, bodyCharacters, metadata, acl, containerID)
    }

    /// What is hashed before the record: each behind its length, so that none runs into the next.
    private static func head(
        _ document: Document, _ participants: String, _ metadata: String, _ acl: String?,
        _ record: String
    ) -> [UInt8] {
        var bytes = document.contentSHA256
        bytes.reserveCapacity(2048)
        func append(_ text: String?, count: Int? = nil) {
            bytes.append(contentsOf: String(count ?? text?.utf8.count ?? -1).utf8)
            bytes.append(UInt8(ascii: ":"))
            if let text { bytes.append(contentsOf: text.utf8) }
        }
        append(document.kind)
        append(document.author)
        append(participants)
        append(document.language)
        append(document.createdAt.map { String($0.timeIntervalSince1970) })
        append(document.modifiedAt.map { String($0.timeIntervalSince1970) })
        append(document.sourceURL)
        append(document.parentSourceID)
        append(metadata)
        append(acl)
        append(nil, count: record.utf8.count)
        return bytes
    }
}

extension StoredDocument {
    static let copyColumns = """
        document_id, connector, stream_id, source_id, content_sha256, row_sha256, kind, title, \
        author, participants, language, created_at, modified_at, source_url, body, \
        body_characters, parent_source_id, metadata, acl, record, container_id
        """
    static let copyColumnCount = 21

    /// Writes the values of `copyColumns`.
    func copy(id: Int64, connector: String, streamID: Int64, to row: inout CopyFields) {
        row.append(id)
        row.append(connector)
        row.append(streamID)
        row.append(fields)
    }

    private static func fields(
        _ document: Document, _ record: String, _ hash: [UInt8], _ bodyCharacters: Int,
        _ metadata: String, _ acl: String?, _ containerID: String?
    ) -> CopyFields {
        var fields = CopyFields(
            reserving: document.body.utf8.count + record.utf8.count + metadata.utf8.count + 1024)
        fields.append(document.sourceID)
        fields.append(document.contentSHA256)
        fields.append(hash)
        fields.append(document.kind)
        fields.append(document.title)
        fields.append(document.author)
        fields.append(array: document.participants)
        fields.append(document.language)
        fields.append(document.createdAt)
        fields.append(document.modifiedAt)
        fields.append(document.sourceURL)
        fields.append(document.body)
        // A body has 4 MiB at most.
        fields.append(int32: Int32(clamping: bodyCharacters))
        fields.append(document.parentSourceID)
        fields.append(jsonb: metadata)
        fields.append(jsonb: acl)
        fields.append(record)
        fields.append(containerID)
        return fields
    }
}

extension StoredDocument: Equatable {
    package static func == (left: StoredDocument, right: StoredDocument) -> Bool {
        left.document == right.document && left.record == right.record
            && left.containerID == right.containerID
    }
}

/// The text form of a `text[]`; `unnest` can not take arrays of arrays of different lengths.
func arrayText(_ values: some Sequence<String>) -> String {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for value in values {
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        text.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                text.append(UInt8(ascii: "\\"))
            }
            text.append(byte)
        }
        text.append(UInt8(ascii: "\""))
    }
    text.append(UInt8(ascii: "}"))
    return String(decoding: text, as: UTF8.self)
}
