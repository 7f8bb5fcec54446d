import Domain
import Foundation

/// The documents of one page, sorted by source id, and each column of them as an array.
///
/// Sorted, so that two pages with documents in common lock their rows in the same order.
struct DocumentColumns {
    let rows: [StoredDocument]

    /// - Parameter documents: In any order; of several with one source id the last counts.
    init(_ documents: [StoredDocument]) {
        var last: [String: StoredDocument] = [:]
        last.reserveCapacity(documents.count)
        for stored in documents { last[stored.document.sourceID] = stored }
        rows = last.values.sorted { $0.document.sourceID < $1.document.sourceID }
    }

    private init(sorted rows: [StoredDocument]) { self.rows = rows }

    var count: Int { rows.count }

    var sourceIDs: [String] { rows.map(\.document.sourceID) }
    var contentHashes: [[UInt8]] { rows.map(\.document.contentSHA256) }
    var rowHashes: [[UInt8]] { rows.map(\.hash) }
    var kinds: [String] { rows.map(\.document.kind) }
    var titles: [String] { rows.map(\.document.title) }
    var authors: [String?] { rows.map(\.document.author) }
    var participants: [String] { rows.map(\.participants) }
    var languages: [String?] { rows.map(\.document.language) }
    var createdAt: [Date?] { rows.map(\.document.createdAt) }
    var modifiedAt: [Date?] { rows.map(\.document.modifiedAt) }
    var sourceURLs: [String?] { rows.map(\.document.sourceURL) }
    var bodies: [String] { rows.map(\.document.body) }
    var bodyCharacters: [Int] { rows.map(\.bodyCharacters) }
    var parentSourceIDs: [String?] { rows.map(\.document.parentSourceID) }
    var metadata: [String] { rows.map(\.metadata) }
    var acls: [String?] { rows.map(\.acl) }
    var records: [String] { rows.map(\.record) }
    var containerIDs: [String?] { rows.map(\.containerID) }

    /// Only the rows at `indices`.
    func selecting(_ indices: some Sequence<Int>) -> DocumentColumns {
        DocumentColumns(sorted: indices.map { rows[$0] })
    }
}
