import HTTPServer
import JSON

/// Changes to a mailbox, as its owner would make them.
extension Sandbox {
    /// Obeys `/sandbox/mailboxes/ADDRESS/messages|folders[/ID[/move]]`.
    func mailboxControl(
        _ request: HTTPRequest, _ path: [String], _ body: JSON
    ) throws(ControlError) -> JSON {
        let number = try mailbox(path[1])
        switch (request.method, path[2], path.count) {
        case ("GET", "messages", 3):
            return try listing(of: number, folder: request.queryItem("folder"))
        case ("POST", "messages", 3): return try createMessage(in: number, body)
        case ("PATCH", "messages", 4): return try changeMessage(path[3], in: number, body)
        case ("DELETE", "messages", 4):
            let message = try message(path[3], in: number)
            let reason = request.queryItem("reason") ?? "deleted"
            guard ["deleted", "changed"].contains(reason) else {
                throw ControlError("reason is not deleted or changed")
            }
            mail[number].delete(message: message, reason: reason, now: now)
            return [:]
        case ("POST", "messages", 5) where path[4] == "move":
            let fields = try ControlFields(body, known: ["folder"])
            let target = try folder(try fields.required("folder"), in: number)
            let message = try message(path[3], in: number)
            mail[number].move(message: message, to: target, now: now)
            return summary(of: message, in: number)
        case ("POST", "folders", 3): return try createFolder(in: number, body)
        case ("PATCH", "folders", 4):
            let fields = try ControlFields(body, known: ["name"])
            let folder = try folder(path[3], in: number)
            mail[number].rename(folder: folder, to: try fields.required("name"))
            return [:]
        case ("DELETE", "folders", 4):
            mail[number].deleteFolder(try folder(path[3], in: number))
            return [:]
        default: throw ControlError("no such control of a mailbox", status: 404)
        }
    }

    private func message(_ id: String, in mailbox: Int) throws(ControlError) -> Int {
        guard let number = mail[mailbox].message(withID: id) else {
            throw ControlError("no message \"\(id)\"", status: 404)
        }
        return number
    }

    private func summary(of number: Int, in mailbox: Int) -> JSON {
        let box = mail[mailbox]
        let message = box.messages[number]
        let id = { box.id(ofMessage: number, in: message.folder, isImmutable: $0) }
        return [
            "immutable_id": .string(id(true)), "id": .string(id(false)),
            "folder": .string(box.folders[message.folder].key),
            "subject": .string(box.letter(of: number).subject), "read": .bool(message.isRead),
        ]
    }

    private func listing(of mailbox: Int, folder name: String?) throws(ControlError) -> JSON {
        var wanted: Int?
        if let name { wanted = try folder(name, in: mailbox) }
        let messages = mail[mailbox].messages
        let numbers = messages.indices.lazy.filter {
            !messages[$0].isDeleted && (wanted == nil || messages[$0].folder == wanted)
        }
        return .array(
            numbers.prefix(Limits.listedMessagesMax).map { summary(of: $0, in: mailbox) })
    }

    private func createMessage(in mailbox: Int, _ body: JSON) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["folder"] + Self.letterFields)
        let target = try folder(try fields.text("folder") ?? "inbox", in: mailbox)
        var letter = Letter(
            sentAt: now, subject: "",
            from: Letter.Person(name: "Ana Ruiz", address: "ana@fabrikam.example"),
            to: [mail[mailbox].owner], isHTML: false, body: "",
            thread: "control-\(mail[mailbox].messages.count)")
        _ = try Self.change(&letter, fields)
        let isRead = try fields.flag("read") ?? false
        return summary(of: mail[mailbox].add(letter, to: target, isRead: isRead), in: mailbox)
    }

    private func changeMessage(
        _ id: String, in mailbox: Int, _ body: JSON
    ) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: Self.letterFields)
        let number = try message(id, in: mailbox)
        var letter = mail[mailbox].letter(of: number)
        var properties = try Self.change(&letter, fields)
        let isRead = try fields.flag("read")
        let isLetterChanged = !properties.isEmpty
        if isRead != nil { properties.append("isRead") }
        mail[mailbox].update(
            message: number, letter: isLetterChanged ? letter : nil, isRead: isRead,
            properties: properties, now: now)
        return summary(of: number, in: mailbox)
    }

    private func createFolder(in mailbox: Int, _ body: JSON) throws(ControlError) -> JSON {
        let fields = try ControlFields(body, known: ["name", "parent", "hidden"])
        let parent = try folder(try fields.text("parent") ?? "msgfolderroot", in: mailbox)
        let name = try fields.required("name")
        guard mail[mailbox].folders.count < Limits.foldersMax else {
            throw ControlError("more than \(Limits.foldersMax) folders")
        }
        let number = mail[mailbox].addFolder(
            Folder(
                key: "folder-\(mail[mailbox].folders.count)", displayName: name, parent: parent,
                isHidden: try fields.flag("hidden") ?? false))
        return [
            "id": .string(mail[mailbox].ids.encode(.folder, number)),
            "key": .string(mail[mailbox].folders[number].key),
        ]
    }

    private static let letterFields = [
        "subject", "body", "html", "from", "to", "cc", "sent", "thread", "importance", "read",
        "categories", "attachments",
    ]

    /// - Returns: The names of the properties that changed, as the vendor calls them.
    private static func change(
        _ letter: inout Letter, _ fields: ControlFields
    ) throws(ControlError) -> [String] {
        var properties: [String] = []
        if let subject = try fields.text("subject") {
            letter.subject = subject
            properties.append("subject")
        }
        if let body = try fields.text("body") {
            letter.body = body
            properties += ["body", "bodyPreview"]
        }
        if let isHTML = try fields.flag("html") { letter.isHTML = isHTML }
        if let from = try fields.text("from") {
            letter.from = from.isEmpty ? nil : try people(from, "from").first
            properties += ["from", "sender"]
        }
        if let to = try fields.text("to") {
            letter.to = try people(to, "to")
            properties.append("toRecipients")
        }
        if let cc = try fields.text("cc") {
            letter.cc = try people(cc, "cc")
            properties.append("ccRecipients")
        }
        if let sent = try fields.text("sent") {
            guard let moment = Timestamp(sent) else {
                throw ControlError("sent is not like 2026-01-15T08:00:00Z")
            }
            letter.sentAt = moment
            properties += ["sentDateTime", "receivedDateTime"]
        }
        if let thread = try fields.text("thread") { letter.thread = thread }
        if let importance = try fields.text("importance") {
            letter.importance = importance
            properties.append("importance")
        }
        if let categories = fields.json["categories"]?.arrayValue {
            letter.categories = categories.compactMap(\.stringValue)
            properties.append("categories")
        }
        if let attachments = fields.json["attachments"]?.arrayValue {
            letter.attachments = []
            for item in attachments { letter.attachments.append(try attachment(item)) }
            properties.append("hasAttachments")
        }
        return properties
    }

    private static func attachment(_ json: JSON) throws(ControlError) -> Letter.Attachment {
        let fields = try ControlFields(
            json, known: ["name", "content_type", "content", "kind", "inline"])
        guard let kind = Letter.Attachment.Kind(rawValue: try fields.text("kind") ?? "file") else {
            throw ControlError("kind is not file, item or reference")
        }
        return Letter.Attachment(
            kind: kind, isInline: try fields.flag("inline") ?? false,
            name: try fields.required("name"),
            contentType: try fields.text("content_type") ?? "text/plain",
            content: Array((try fields.text("content") ?? "").utf8))
    }

    private static func people(
        _ text: String, _ name: String
    ) throws(ControlError) -> [Letter.Person] {
        let people = CorpusReader.people(text[...])
        guard !people.isEmpty || text.isEmpty else {
            throw ControlError("\(name) is not like Ana Ruiz <ana@fabrikam.example>")
        }
        return people
    }
}
