import JSON

/// Everything a message entity says, before a selection is made.
struct MessageFacts {
    /// Nil for a mail that is nothing else.
    var subtype: String?
    var id: String
    var changeKey: String
    var created: String
    var modified: String
    var sent: String
    var internetMessageID: String
    var subject: String
    var preview: String
    var folderID: String
    var conversationID: String
    var conversationIndex: String
    var webLink: String
    var isRead: Bool
    var isDraft: Bool
    var hasAttachments: Bool
    var importance: String
    var categories: [String]
    var isHTML: Bool
    var body: String
    var from: Letter.Person?
    var to: [Letter.Person]
    var cc: [Letter.Person]
    /// Drafts and mails of the company's own have none.
    var headers: [(name: String, value: String)]

    func entity(_ selection: Selection, isFeed: Bool) -> JSON {
        var members: [(name: String, value: JSON)] = []
        if isFeed || subtype != nil { members.append(("@odata.type", .string(type))) }
        members.append(("@odata.etag", .string("W/\"\(changeKey)\"")))
        for name in Selection.standardNames + Selection.extraNames where selection.contains(name) {
            if let value = value(of: name) { members.append((name, value)) }
        }
        return .object(JSON.Members(members))
    }

    /// What a feed tells of a message of which only these properties changed.
    func partialEntity(_ properties: [String], _ selection: Selection) -> JSON {
        var members: [(name: String, value: JSON)] = [
            ("@odata.type", .string(type)),
            ("@odata.etag", .string("W/\"\(changeKey)\"")), ("id", .string(id)),
        ]
        for name in properties where selection.contains(name) && name != "id" {
            if let value = value(of: name) { members.append((name, value)) }
        }
        members.append(("parentFolderId", .string(folderID)))
        return .object(JSON.Members(members))
    }

    private var type: String { "#microsoft.graph.\(subtype ?? "message")" }

    private func value(of name: String) -> JSON? {
        switch name {
        case "id": .string(id)
        case "createdDateTime": .string(created)
        case "receivedDateTime", "sentDateTime": .string(sent)
        case "lastModifiedDateTime": .string(modified)
        case "changeKey": .string(changeKey)
        case "categories": .array(categories.map(JSON.string))
        case "hasAttachments": .bool(hasAttachments)
        case "internetMessageId": .string(internetMessageID)
        case "subject": .string(subject)
        case "bodyPreview": .string(preview)
        case "importance": .string(importance)
        case "parentFolderId": .string(folderID)
        case "conversationId": .string(conversationID)
        case "conversationIndex": .string(conversationIndex)
        case "isDeliveryReceiptRequested", "isReadReceiptRequested": false
        case "isRead": .bool(isRead)
        case "isDraft": .bool(isDraft)
        case "webLink": .string(webLink)
        case "inferenceClassification": "focused"
        case "body", "uniqueBody":
            ["contentType": isHTML ? "html" : "text", "content": .string(body)]
        case "sender", "from": from.map(Self.recipient)
        case "toRecipients": .array(to.map(Self.recipient))
        case "ccRecipients": .array(cc.map(Self.recipient))
        case "bccRecipients", "replyTo": []
        case "flag": ["flagStatus": "notFlagged"]
        case "internetMessageHeaders":
            headers.isEmpty
                ? nil
                : .array(
                    headers.map { ["name": .string($0.name), "value": .string($0.value)] })
        default: nil
        }
    }

    private static func recipient(_ person: Letter.Person) -> JSON {
        ["emailAddress": ["name": .string(person.name), "address": .string(person.address)]]
    }
}
