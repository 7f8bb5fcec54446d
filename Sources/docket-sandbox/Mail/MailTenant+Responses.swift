import HTTPServer
import JSON

extension MailTenant {
    static let contentType =
        "application/json;odata.metadata=minimal;odata.streaming=true;"
        + "IEEE754Compatible=false;charset=utf-8"

    /// Answers one request; nothing changes by it.
    ///
    /// - Parameters:
    ///   - route: What the request's path says.
    ///   - request: A request that has been let in.
    ///   - pageSizeDefault: Messages of a page where the request does not say.
    /// - Returns: The answer.
    /// - Throws: ``GraphError``, the refusal.
    func response(
        to route: MailRoute, _ request: MailRequest, pageSizeDefault: Int
    ) throws(GraphError) -> HTTPResponse {
        let mailbox = try mailbox(for: route)
        guard request.method == (route.isPost ? "POST" : "GET") else { throw .badMethod }
        switch route {
        case .folders:
            return try folderPage(mailbox, children: 0, request)
        case .childFolders(_, let name):
            return try folderPage(mailbox, children: try folder(name, mailbox), request)
        case .folder(_, let name):
            let number = try folder(name, mailbox)
            return json(entity(ofFolder: number, mailbox, context: "mailFolders/$entity", request))
        case .foldersFeed:
            return page(try FolderFeed(mailbox: mailbox, user: route.user).page(request))
        case .folderMessages(_, let name):
            return try messagePage(mailbox, try folder(name, mailbox), request, pageSizeDefault)
        case .messagesFeed(_, let name):
            let number = try folder(name, mailbox)
            guard mailbox.folders[number].search == nil else {
                throw .badRequest("Change tracking is not supported against a search folder.")
            }
            let feed = MessageFeed(
                mailbox: mailbox, user: route.user, folder: number,
                pageSizeDefault: pageSizeDefault)
            return page(try feed.page(request))
        case .message(_, let id): return try messageResponse(mailbox, id, request)
        case .mime(_, let id): return try mimeResponse(mailbox, id)
        case .attachments(_, let id): return try attachmentPage(mailbox, id, request)
        case .attachment(_, let id, let part):
            let (letter, message, index) = try attachment(part, of: id, mailbox)
            let entity = entity(ofAttachment: index, of: message, letter, mailbox, nil)
            let expanded = request.option("expand")?.lowercased()
            guard expanded == "microsoft.graph.itemattachment/item" else { return json(entity) }
            return json(Self.withItem(entity, letter.attachments[index]))
        case .attachmentContent(_, let id, let part):
            let (letter, _, index) = try attachment(part, of: id, mailbox)
            let attachment = letter.attachments[index]
            guard attachment.kind != .reference else { throw .badMethod }
            return HTTPResponse(
                status: 200, headers: [("Content-Type", attachment.contentType)],
                body: attachment.content)
        case .translateIDs: return try translation(mailbox, request)
        }
    }

    private func mailbox(for route: MailRoute) throws(GraphError) -> Mailbox {
        switch route.user.lowercased() {
        case Self.deniedAddress: throw .denied
        case Self.remoteAddress: throw .notEnabled
        default:
            guard let number = mailbox(of: route.user) else { throw .unknownUser(route.user) }
            return self[number]
        }
    }

    func folder(_ name: String, _ mailbox: Mailbox) throws(GraphError) -> Int {
        guard let number = mailbox.folder(named: name) else { throw .itemNotFound }
        return number
    }

    func message(_ id: String, _ mailbox: Mailbox) throws(GraphError) -> Int {
        guard let number = mailbox.message(withID: id) else {
            throw id.hasPrefix("AA") ? .itemNotFound : .badID
        }
        return number
    }

    /// Adds the mail that is attached, itself without an id.
    private static func withItem(_ entity: JSON, _ attachment: Letter.Attachment) -> JSON {
        guard attachment.kind == .item else { return entity }
        let text = String(decoding: attachment.content, as: UTF8.self)
        let item: JSON = [
            "@odata.type": "#microsoft.graph.message", "id": "",
            "subject": .string(attachment.name), "hasAttachments": false,
            "body": ["contentType": "text", "content": .string(text)],
        ]
        return entity.merging(["item": item])
    }

    func json(_ value: JSON) -> HTTPResponse { page(value.serializedBytes()) }

    func page(_ bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: 200, headers: [("Content-Type", Self.contentType)], body: bytes)
    }

    private func translation(
        _ mailbox: Mailbox, _ request: MailRequest
    ) throws(GraphError) -> HTTPResponse {
        guard let body = try? JSON.parse(request.body), let ids = body["inputIds"]?.arrayValue,
            ids.count <= Limits.translatedIDsMax, body["sourceIdType"] != nil,
            let target = body["targetIdType"]?.stringValue
        else { throw .badRequest("inputIds, sourceIdType and targetIdType are required.") }
        var translations: [JSON] = []
        for case .string(let source) in ids {
            guard let number = mailbox.message(withID: source) else { continue }
            let id = mailbox.id(
                ofMessage: number, in: mailbox.messages[number].folder,
                isImmutable: target.lowercased().contains("immutable"))
            translations.append(["sourceId": .string(source), "targetId": .string(id)])
        }
        return json(["value": .array(translations)])
    }
}

extension MailRoute {
    fileprivate var isPost: Bool { if case .translateIDs = self { true } else { false } }
}
