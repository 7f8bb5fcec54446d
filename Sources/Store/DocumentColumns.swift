import Crypto
import Domain
import Foundation
import JSON
import Postgres

/// The documents of one page as columns, one array each, sorted by source id.
///
/// Sorted, so that two pages with documents in common lock their rows in the same order.
struct DocumentColumns {
    private(set) var sourceIDs: [String] = []
    private(set) var contentHashes: [[UInt8]] = []
    private(set) var rowHashes: [[UInt8]] = []
    private(set) var kinds: [String] = []
    private(set) var titles: [String] = []
    private(set) var authors: [String?] = []
    private(set) var participants: [String] = []
    private(set) var languages: [String?] = []
    private(set) var createdAt: [Date?] = []
    private(set) var modifiedAt: [Date?] = []
    private(set) var sourceURLs: [String?] = []
    private(set) var bodies: [String] = []
    private(set) var bodyCharacters: [Int] = []
    private(set) var parentSourceIDs: [String?] = []
    private(set) var metadata: [String] = []
    private(set) var acls: [String?] = []
    private(set) var records: [String] = []
    private(set) var containerIDs: [String?] = []

    init() {}

    /// - Throws: ``StoreError/hash(_:)``.
    init(_ documents: [StoredDocument]) throws(StoreError) {
        var last: [String: Int] = [:]
        for (index, stored) in documents.enumerated() { last[stored.document.sourceID] = index }
        for (_, index) in last.sorted(by: { $0.key < $1.key }) { try append(documents[index]) }
    }

    var count: Int { sourceIDs.count }

    private mutating func append(_ stored: StoredDocument) throws(StoreError) {
        let document = stored.document
        sourceIDs.append(document.sourceID)
        contentHashes.append(document.contentSHA256)
        kinds.append(document.kind)
        titles.append(document.title)
        authors.append(document.author)
        participants.append(arrayText(document.participants))
        languages.append(document.language)
        createdAt.append(document.createdAt)
        modifiedAt.append(document.modifiedAt)
        sourceURLs.append(document.sourceURL)
        bodies.append(document.body)
        bodyCharacters.append(document.body.unicodeScalars.count)
        parentSourceIDs.append(document.parentSourceID)
        metadata.append(document.metadata.serialized())
        acls.append(document.acl?.serialized())
        records.append(stored.record)
        containerIDs.append(stored.containerID)
        rowHashes.append(try rowHash(sourceIDs.count - 1))
    }

    /// Of every column and the record, each behind its length, so that none runs into the next.
    private func rowHash(_ index: Int) throws(StoreError) -> [UInt8] {
        do {
            var hash = try SHA256()
            try hash.update(contentHashes[index])
            let texts: [String?] = [
                kinds[index], authors[index], participants[index], languages[index],
                createdAt[index].map { "\($0.timeIntervalSince1970)" },
                modifiedAt[index].map { "\($0.timeIntervalSince1970)" }, sourceURLs[index],
                parentSourceIDs[index], metadata[index], acls[index], records[index],
            ] + (containerIDs[index].map { [$0] } ?? [])
            for text in texts {
                try hash.update("\(text?.utf8.count ?? -1):")
                if let text { try hash.update(text) }
            }
            return try hash.finish()
        } catch {
            throw .hash("\(error)")
        }
    }

    /// Only the rows at `indices`.
    func selecting(_ indices: some Sequence<Int>) -> DocumentColumns {
        var part = DocumentColumns()
        for index in indices {
            part.sourceIDs.append(sourceIDs[index])
            part.contentHashes.append(contentHashes[index])
            part.rowHashes.append(rowHashes[index])
            part.kinds.append(kinds[index])
            part.titles.append(titles[index])
            part.authors.append(authors[index])
            part.participants.append(participants[index])
            part.languages.append(languages[index])
            part.createdAt.append(createdAt[index])
            part.modifiedAt.append(modifiedAt[index])
            part.sourceURLs.append(sourceURLs[index])
            part.bodies.append(bodies[index])
            part.bodyCharacters.append(bodyCharacters[index])
            part.parentSourceIDs.append(parentSourceIDs[index])
            part.metadata.append(metadata[index])
            part.acls.append(acls[index])
            part.records.append(records[index])
            part.containerIDs.append(containerIDs[index])
        }
        return part
    }
}

/// The text form of a `text[]`; `unnest` can not take arrays of arrays of different lengths.
func arrayText(_ values: some Sequence<String>) -> String {
    let quoted = values.map { value in
        // By scalars: a quote with a combining mark behind it is another Character.
        var escaped = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { escaped.append("\\") }
            escaped.append(scalar)
        }
        return "\"\(String(escaped))\""
    }
    return "{\(quoted.joined(separator: ","))}"
}
