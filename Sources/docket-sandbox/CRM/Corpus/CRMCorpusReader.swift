/// Reads the CRM's corpus: records in a text form that one can write by hand.
///
/// A record begins with `@ OBJECT KEY TIME PERSON`. Lines of fields follow, `Name: value` with
/// ` | ` between several; a reference has the key of another record, `\n` is a line feed. After a
/// line `Name:` the lines that begin with `| ` are its text. What hangs on the record comes last:
///
///     + TIME PERSON text                  a comment of a case
///     < TIME subject // text              a mail that its contact wrote
///     > TIME PERSON subject // text       a mail to its contact
///     * TIME PERSON title // text         a post
///     ! TIME PERSON open|done subject // text   a task
///
/// `File` stands for a document in its first version, or in a new one where `Document` names it.
struct CRMCorpusReader {
    /// A line that does not follow the form.
    struct Malformed: Error, CustomStringConvertible {
        let line: String
        let reason: String

        var description: String { "CRM corpus, \"\(line)\": \(reason)" }
    }

    private var data: CRMData
    /// Ids by the keys of records.
    private var ids: [String: String] = [:]
    private var longField: String?

    /// The record that is being read.
    private struct Draft {
        let line: String
        let object: String
        let key: String
        let time: Timestamp
        let person: String
        var fields: [String: String] = [:]
        var children: [String] = []
    }

    /// The data that the org begins with.
    static func data(seed: UInt64) throws(Malformed) -> CRMData {
        var reader = CRMCorpusReader(data: CRMData(seed: seed))
        for text in CRMCorpus.all { try reader.read(text) }
        reader.data.actor = reader.ids["reader"] ?? ""
        return reader.data
    }

    private init(data: CRMData) { self.data = data }

    private mutating func read(_ text: String) throws(Malformed) {
        var draft: Draft?
        for line in text.split(separator: "\n") {
            if line.hasPrefix("@ ") {
                if let draft { try finish(draft) }
                draft = try begin(String(line))
            } else if var open = draft {
                try read(String(line), into: &open)
                draft = open
            } else {
                throw Malformed(line: String(line), reason: "text before the first record")
            }
        }
        if let draft { try finish(draft) }
    }

    private mutating func begin(_ line: String) throws(Malformed) -> Draft {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 5, let time = Self.time(words[3]) else {
            throw Malformed(line: line, reason: "not @ OBJECT KEY TIME PERSON")
        }
        longField = nil
        return Draft(line: line, object: words[1], key: words[2], time: time, person: words[4])
    }

    /// `2025-01-14T09:02`.
    private static func time(_ text: String) -> Timestamp? { Timestamp(text + ":00Z") }

    private mutating func read(_ line: String, into draft: inout Draft) throws(Malformed) {
        if line.hasPrefix("| ") || line == "|" {
            guard let longField else { throw Malformed(line: line, reason: "of no field") }
            let known = draft.fields[longField] ?? ""
            draft.fields[longField] =
                known + (known.isEmpty ? "" : "\n") + String(line.dropFirst(2))
        } else if let first = line.first, "+<>*!".contains(first) {
            draft.children.append(line)
        } else if line.hasSuffix(":") {
            longField = String(line.dropLast())
        } else {
            for part in line.split(separator: " | ") {
                guard let colon = part.firstIndex(of: ":") else {
                    throw Malformed(line: line, reason: "not Name: value")
                }
                let value = part[part.index(after: colon)...].drop { $0 == " " }
                draft.fields[String(part[..<colon])] = String(value).replacing("\\n", with: "\n")
            }
        }
    }

    // Records

    private mutating func finish(_ draft: Draft) throws(Malformed) {
        data.actor = ids[draft.person] ?? data.actor
        var id: String?
        switch draft.object {
        case "File": id = try store(draft)
        case "Attachment":
            id = data.attach(
                Array((draft.fields["Body"] ?? "").utf8), name: draft.fields["Name"] ?? draft.key,
                contentType: draft.fields["ContentType"] ?? "text/plain",
                to: try reference(draft.fields["ParentId"] ?? "", draft.line), now: draft.time)
        default:
            guard let number = CRMSchema.number(of: draft.object) else {
                throw Malformed(line: draft.line, reason: "no such object")
            }
            let values = try values(draft, CRMSchema.objects[number])
            id = data.create(number, values, now: draft.time)
        }
        guard let id else { throw Malformed(line: draft.line, reason: "not stored") }
        ids[draft.key] = id
        for line in draft.children { try addChild(line, to: id) }
    }

    private func reference(_ key: String, _ line: String) throws(Malformed) -> String {
        guard let id = ids[key] else {
            throw Malformed(line: line, reason: "no record \"\(key)\" before this one")
        }
        return id
    }

    private func values(
        _ draft: Draft, _ object: CRMObject
    ) throws(Malformed) -> [String: CRMValue] {
        var values: [String: CRMValue] = [:]
        for (name, text) in draft.fields {
            guard let field = object.field(name) else {
                throw Malformed(line: draft.line, reason: "no field \"\(name)\"")
            }
            values[name] = try value(text, field, draft.line)
        }
        return values
    }

    private func value(
        _ text: String, _ field: CRMField, _ line: String
    ) throws(Malformed) -> CRMValue {
        switch field.kind {
        case .reference: return .id(try reference(text, line))
        case .boolean: return .flag(text == "true")
        case .int, .double, .currency:
            guard let number = Double(text) else { break }
            return .number(number)
        case .datetime:
            guard let moment = Self.time(text) else { break }
            return .moment(moment)
        case .string where field.name == "KnowledgeArticleId":
            guard let number = Int(text), number >= 0 else { break }
            return .text(CRMID.full(CRMID.make(prefix: "kA0", serial: 4_000_000 + number)))
        default: return .text(text)
        }
        throw Malformed(line: line, reason: "\(field.name) cannot be \"\(text)\"")
    }

    private mutating func store(_ draft: Draft) throws(Malformed) -> String? {
        var file = CRMData.File(
            title: draft.fields["Title"] ?? draft.key, path: draft.fields["Path"] ?? draft.key,
            bytes: Array((draft.fields["Body"] ?? "").utf8))
        if let key = draft.fields["Document"] {
            let version = try reference(key, draft.line)
            guard let record = data.record(version), let number = CRMSchema.number(ofID: version)
            else { return nil }
            file.document = data.value("ContentDocumentId", of: record, number).text
        }
        if let key = draft.fields["Location"] { file.location = try reference(key, draft.line) }
        file.description = draft.fields["Description"]
        return data.store(file, now: draft.time)
    }

    // What hangs on a record

    private mutating func addChild(_ line: String, to parent: String) throws(Malformed) {
        let kind = line.first ?? " "
        let wordCount = kind == "<" ? 2 : kind == "!" ? 4 : 3
        let words = line.split(separator: " ", maxSplits: wordCount).map(String.init)
        guard words.count == wordCount + 1, let time = Self.time(words[1]),
            let rest = words.last
        else { throw Malformed(line: line, reason: "not a line of this kind") }
        if kind != "<" { data.actor = try reference(words[2], line) }
        let parts = rest.split(separator: " // ", maxSplits: 1).map(String.init)
        guard kind == "+" || parts.count == 2 else {
            throw Malformed(line: line, reason: "not subject // text")
        }
        let text = (parts.last ?? "").replacing("\\n", with: "\n")
        switch kind {
        case "+":
            add(
                "CaseComment",
                ["ParentId": .id(parent), "CommentBody": .text(text), "IsPublished": .flag(true)],
                time)
        case "*":
            add(
                "FeedItem",
                [
                    "ParentId": .id(parent), "Title": .text(parts[0]), "Body": .text(text),
                    "Type": .text("TextPost"), "IsRichText": .flag(text.hasPrefix("<p>")),
                    "Visibility": .text("InternalUsers"), "Status": .text("Published"),
                ], time)
        case "!":
            add(
                "Task",
                [
                    "WhatId": .id(parent), "Subject": .text(parts[0]), "Description": .text(text),
                    "Status": .text(words[3] == "done" ? "Completed" : "Not Started"),
                    "Priority": .text("Normal"), "OwnerId": .id(data.actor),
                    "ActivityDate": .text(String(words[1].prefix(10))),
                ], time)
        default: addMail(parts[0], text, of: parent, isIncoming: kind == "<", time)
        }
    }

    private mutating func add(_ object: String, _ values: [String: CRMValue], _ time: Timestamp) {
        if let number = CRMSchema.number(of: object) { data.create(number, values, now: time) }
    }

    private mutating func addMail(
        _ subject: String, _ text: String, of parent: String, isIncoming: Bool, _ time: Timestamp
    ) {
        guard let (object, row) = data.place(of: parent) else { return }
        var contact: (name: String, address: String) = ("", "unknown@customer.example")
        let theCase = data.tables[object][row]
        if let id = data.value("ContactId", of: theCase, object).text, let person = data.record(id),
            let number = CRMSchema.number(ofID: id)
        {
            contact.name = data.value("Name", of: person, number).text ?? ""
            contact.address = data.value("Email", of: person, number).text ?? contact.address
        }
        let us = (name: "Contoso Support", address: "support@contoso.example")
        let (from, to) = isIncoming ? (contact, us) : (us, contact)
        let paragraphs = text.split(separator: "\n").map { "<p>\($0)</p>" }.joined()
        add(
            "EmailMessage",
            [
                "ParentId": .id(parent), "RelatedToId": .id(parent), "Subject": .text(subject),
                "TextBody": .text(text),
                "HtmlBody": .text("<html><body>\(paragraphs)</body></html>"),
                "FromName": .text(from.name), "FromAddress": .text(from.address),
                "ToAddress": .text(isIncoming ? to.address : "\(to.address); \(us.address)"),
                "Incoming": .flag(isIncoming), "Status": .text(isIncoming ? "1" : "3"),
                "MessageDate": .moment(time),
                "MessageIdentifier": .text("<\(time.seconds).\(row)@contoso.example>"),
            ], time)
    }
}

/// The records the org begins with, in the form ``CRMCorpusReader`` reads.
enum CRMCorpus {
    static let all = [
        people, customersEnglish, customersGerman, customersFrench, casesEnglish, casesGerman,
        casesFrench, articles, projects, daily,
    ]
}
