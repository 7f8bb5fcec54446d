import Crypto
package import Domain
import Extraction
import Foundation
package import JSON
import Language

/// Makes documents of records, as the mapping of their definition says.
package enum Normalizer {
    /// The document a whole record describes.
    ///
    /// Texts are cleaned, so that nothing in them can be refused by the database or hide from a
    /// reader; the source id alone stays as it is. A body over 4 MiB is cut, and the metadata
    /// says so under `body_truncated`. Participants are gathered from all their paths; for any
    /// other column the first path with a value wins.
    ///
    /// - Parameters:
    ///   - record: A change, merged with what was known if it came as a partial update.
    ///   - mapping: Where in the payload each column is.
    ///   - content: The text of the record's content, where it has one beside the payload.
    /// - Returns: The document, without parent and access list.
    /// - Throws: ``NormalizeError`` with the record's id and the path.
    package static func document(
        from record: Record, mapping: Mapping, content: ContentText? = nil
    ) throws(NormalizeError) -> Document {
        let payload = record.payload
        try check(record, mapping)
        let title =
            firstLine(of: mapping.title, in: payload, byteCountMax: Limits.titleByteCountMax) ?? ""
        let body =
            if let content { (text: content.text, isTruncated: content.isTruncated) } else {
                try body(of: record, mapping.body)
            }
        return Document(
            sourceID: record.sourceID, kind: mapping.kind, title: title,
            author: firstLine(
                of: mapping.author, in: payload, byteCountMax: Limits.participantByteCountMax),
            participants: participants(mapping.participants, in: payload),
            language: LanguageDetector.detect(title + "\n\n" + body.text),
            createdAt: firstDate(of: mapping.createdAt, in: payload),
            modifiedAt: firstDate(of: mapping.modifiedAt, in: payload),
            sourceURL: sourceURL(mapping.sourceURL, in: payload), body: body.text,
            contentSHA256: try hash(title, body.text, sourceID: record.sourceID),
            metadata: metadata(
                mapping, in: payload, isTruncated: body.isTruncated, content?.facts))
    }

    /// Whether the record carries only what changed: it says so, or a path every whole record has
    /// is absent.
    package static func isPartial(_ record: Record, mapping: Mapping) -> Bool {
        record.isPartial || !mapping.required.allSatisfy { $0.exists(in: record.payload) }
    }

    /// The value such that PostgreSQL takes it as `jsonb`: texts without control characters,
    /// numbers beyond all measure as texts.
    package static func storable(_ value: JSON) -> JSON { value.storable }

    /// Whether the database can keep a record, or a container, under that id.
    ///
    /// - Throws: ``NormalizeError/unusableSourceID(byteCount:)``.
    package static func check(id: String) throws(NormalizeError) {
        guard (1...Limits.sourceIDByteCountMax).contains(id.utf8.count), !id.utf8.contains(0)
        else { throw .unusableSourceID(byteCount: id.utf8.count) }
    }

    private static func check(_ record: Record, _ mapping: Mapping) throws(NormalizeError) {
        try check(id: record.sourceID)
        if let container = record.containerID { try check(id: container) }
        guard record.change == .changed else { throw .removed(sourceID: record.sourceID) }
        guard record.payload.objectMembers != nil else {
            throw .noObject(sourceID: record.sourceID)
        }
        for path in mapping.required where !path.exists(in: record.payload) {
            throw .missing(path, sourceID: record.sourceID)
        }
    }

    private static func body(
        of record: Record, _ body: Mapping.Body
    ) throws(NormalizeError) -> (text: String, isTruncated: Bool) {
        let payload = record.payload
        if let text = try text(body.content, of: record) {
            let isHTML = ["html", "text/html", "true"].contains(
                body.form?.first(in: payload)?.scalarText?.lowercased())
            let extracted = isHTML ? HTMLText.render(text) : PlainText.clean(text)
            return (extracted.text, extracted.isTruncated)
        }
        if let text = try text(body.html, of: record) {
            let extracted = HTMLText.render(text)
            return (extracted.text, extracted.isTruncated)
        }
        guard body.listsMembers else { return ("", false) }
        let extracted = PlainText.clean(MemberList.text(of: payload))
        return (extracted.text, extracted.isTruncated)
    }

    private static func text(
        _ picks: [Pick], of record: Record
    ) throws(NormalizeError) -> String? {
        for pick in picks {
            for value in pick.values(in: record.payload) {
                guard let text = value.scalarText else {
                    throw .noText(pick, sourceID: record.sourceID)
                }
                if !text.isEmpty { return text }
            }
        }
        return nil
    }

    private static func participants(_ paths: [Pick], in payload: JSON) -> [String] {
        var known: Set<String> = []
        var participants: [String] = []
        for value in paths.flatMap({ $0.values(in: payload) }) {
            guard participants.count < Limits.participantsMax else { break }
            guard let participant = line(value, byteCountMax: Limits.participantByteCountMax),
                known.insert(participant.lowercased()).inserted
            else { continue }
            participants.append(participant)
        }
        return participants
    }

    private static func sourceURL(_ paths: [Pick], in payload: JSON) -> String? {
        first(of: paths, in: payload) { value in
            // Cut it would lead elsewhere.
            let url = value.stringValue.map(PlainText.withoutControls) ?? ""
            return (1...Limits.sourceURLByteCountMax).contains(url.utf8.count) ? url : nil
        }
    }

    private static func metadata(
        _ mapping: Mapping, in payload: JSON, isTruncated: Bool, _ facts: JSON?
    ) -> JSON {
        var pairs: [(name: String, value: JSON)] = []
        pairs.reserveCapacity(mapping.metadataNames.count)
        for name in mapping.metadataNames {
            guard let pick = mapping.metadata[name] else { continue }
            if pick.isMany {
                let values = pick.values(in: payload).map(\.storable)
                if !values.isEmpty { pairs.append((name, .array(values))) }
            } else if let value = pick.first(in: payload) {
                pairs.append((name, value.storable))
            }
        }
        var members = JSON.Members(pairs)
        if isTruncated { members["body_truncated"] = true }
        if let facts {
            // In one order, also where they come back from the database: it has its own.
            let pairs = (facts.objectMembers?.pairs ?? []).sorted { $0.name < $1.name }
            members["content"] = .object(JSON.Members(pairs))
        }
        return .object(members)
    }

    private static func firstLine(
        of paths: [Pick], in payload: JSON, byteCountMax: Int
    ) -> String? {
        first(of: paths, in: payload) { line($0, byteCountMax: byteCountMax) }
    }

    private static func firstDate(of paths: [Pick], in payload: JSON) -> Date? {
        first(of: paths, in: payload) { $0.stringValue.flatMap(Timestamp.init)?.date }
    }

    private static func first<Value>(
        of paths: [Pick], in payload: JSON, _ read: (JSON) -> Value?
    ) -> Value? {
        paths.lazy.flatMap { $0.values(in: payload) }.compactMap(read).first
    }

    private static func line(_ value: JSON, byteCountMax: Int) -> String? {
        guard let text = value.scalarText else { return nil }
        let line = PlainText.line(text, byteCountMax: byteCountMax).text
        return line.isEmpty ? nil : line
    }

    private static func hash(
        _ title: String, _ body: String, sourceID: String
    ) throws(NormalizeError) -> [UInt8] {
        do throws(CryptoError) {
            var hash = try SHA256()
            try hash.update(title)
            try hash.update("\n")
            try hash.update(body)
            return try hash.finish()
        } catch {
            throw .hashing(sourceID: sourceID, reason: error.description)
        }
    }
}
