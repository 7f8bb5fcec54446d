import HTTPServer
import JSON

extension MailTenant {
    func messageResponse(
        _ mailbox: Mailbox, _ id: String, _ request: MailRequest
    ) throws(GraphError) -> HTTPResponse {
        let number = try message(id, mailbox)
        let selection = try Selection(request.option("select"))
        let facts = mailbox.facts(
            ofMessage: number, isImmutable: request.isImmutable, asText: request.prefersText)
        guard case .object(let entity) = facts.entity(selection, isFeed: false) else {
            throw .itemNotFound
        }
        let context = "\(request.origin)/v1.0/$metadata#users('\(mailbox.guid)')/messages/$entity"
        return json(
            .object(JSON.Members([("@odata.context", .string(context))] + entity.pairs)))
    }

    /// The message as MIME: rebuilt, as the vendor does, and not what was once received.
    func mimeResponse(_ mailbox: Mailbox, _ id: String) throws(GraphError) -> HTTPResponse {
        let number = try message(id, mailbox)
        let letter = mailbox.letter(of: number)
        let people = { (people: [Letter.Person]) in
            people.map { "\"\($0.name)\" <\($0.address)>" }.joined(separator: ", ")
        }
        let subject = Base64.encode(Array(letter.subject.utf8))
        var lines = [
            "Date: \(letter.sentAt.httpDate)", "From: \(people(letter.from.map { [$0] } ?? []))",
            "To: \(people(letter.to))", "Subject: =?utf-8?B?\(subject)?=",
            "Message-ID: \(mailbox.internetMessageID(ofMessage: number, letter))",
            "MIME-Version: 1.0",
        ]
        let type = letter.isHTML ? "text/html" : "text/plain"
        let body = mimeLines(Array(letter.body.utf8))
        if letter.attachments.isEmpty {
            lines += [
                "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", "",
            ]
            lines += body
        } else {
            let boundary = "part-\(number)-\(seed % 99_991)"
            lines += ["Content-Type: multipart/mixed; boundary=\"\(boundary)\"", ""]
            lines += ["--\(boundary)", "Content-Type: \(type); charset=utf-8"]
            lines += ["Content-Transfer-Encoding: base64", ""] + body
            for attachment in letter.attachments {
                lines += ["--\(boundary)", "Content-Type: \(attachment.contentType)"]
                lines += ["Content-Disposition: attachment; filename=\"\(attachment.name)\""]
                lines += ["Content-Transfer-Encoding: base64", ""] + mimeLines(attachment.content)
            }
            lines.append("--\(boundary)--")
        }
        return HTTPResponse(
            status: 200, headers: [("Content-Type", "text/plain")],
            body: Array((lines.joined(separator: "\r\n") + "\r\n").utf8))
    }

    private func mimeLines(_ bytes: [UInt8]) -> [String] {
        // 57 bytes make the 76 characters that RFC 2045 §6.8 allows on a line.
        stride(from: 0, to: bytes.count, by: 57).map {
            Base64.encode(Array(bytes[$0..<min($0 + 57, bytes.count)]))
        }
    }

    // Attachments

    /// Names of an attachment's properties; nil: all.
    typealias AttachmentSelection = [String]?

    func attachmentPage(
        _ mailbox: Mailbox, _ id: String, _ request: MailRequest
    ) throws(GraphError) -> HTTPResponse {
        let number = try message(id, mailbox)
        let letter = mailbox.letter(of: number)
        let names = request.option("select")?.split(separator: ",").map(String.init)
        var items = ItemList()
        for index in letter.attachments.indices {
            items.append(entity(ofAttachment: index, of: number, letter, mailbox, names))
        }
        let context = "\(request.origin)/v1.0/$metadata#Collection(attachment)"
        return page(items.page(context: context, link: nil))
    }

    func attachment(
        _ part: String, of id: String, _ mailbox: Mailbox
    ) throws(GraphError) -> (letter: Letter, message: Int, index: Int) {
        let number = try message(id, mailbox)
        let letter = mailbox.letter(of: number)
        guard let numbers = mailbox.ids.decode(.attachment, part), numbers.count == 2,
            numbers[0] == number, letter.attachments.indices.contains(numbers[1])
        else { throw .itemNotFound }
        return (letter, number, numbers[1])
    }

    func entity(
        ofAttachment index: Int, of message: Int, _ letter: Letter, _ mailbox: Mailbox,
        _ names: AttachmentSelection
    ) -> JSON {
        let attachment = letter.attachments[index]
        let encoded = Base64.encode(attachment.content)
        let isFile = attachment.kind == .file
        var members: [(name: String, value: JSON)] = [
            ("@odata.type", .string("#microsoft.graph.\(attachment.kind)Attachment"))
        ]
        var properties: [(name: String, value: JSON)] = [
            ("id", .string(mailbox.ids.encode(.attachment, message, index))),
            ("lastModifiedDateTime", .string(letter.sentAt.advanced(by: 2).iso())),
            ("name", .string(attachment.name)),
            ("contentType", isFile ? .string(attachment.contentType) : .null),
            // The vendor counts the encoded form and what describes it.
            ("size", JSON(encoded.utf8.count + 180)), ("isInline", .bool(attachment.isInline)),
        ]
        if isFile {
            properties += [
                ("contentId", attachment.isInline ? .string("\(index)@contoso.example") : .null),
                ("contentLocation", .null), ("contentBytes", .string(encoded)),
            ]
        }
        members += properties.filter { names == nil || $0.name == "id" || has(names, $0.name) }
        return .object(JSON.Members(members))
    }

    private func has(_ names: AttachmentSelection, _ name: String) -> Bool {
        names?.contains { $0.lowercased() == name.lowercased() } ?? true
    }
}
