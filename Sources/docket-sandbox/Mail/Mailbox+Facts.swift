extension Mailbox {
    func facts(ofMessage number: Int, isImmutable: Bool, asText: Bool = false) -> MessageFacts {
        facts(
            letter(of: number), message: number,
            id: id(ofMessage: number, in: messages[number].folder, isImmutable: isImmutable),
            asText: asText)
    }

    private func facts(
        _ letter: Letter, message number: Int, id: String, asText: Bool
    ) -> MessageFacts {
        let message = messages[number]
        let folder = folders[message.folder]
        let isOwn = letter.from?.address.hasSuffix("@contoso.example") ?? true
        let thread = threads[letter.thread] ?? Int(UInt32.max) - number
        let fraction = Self.fraction(ofMessage: number)
        return MessageFacts(
            subtype: letter.subtype, id: id, changeKey: changeKey(ofMessage: number),
            created: letter.sentAt.advanced(by: 2).iso(fraction: fraction),
            modified: message.modifiedAt.iso(fraction: fraction),
            sent: letter.sentAt.iso(),
            internetMessageID: internetMessageID(ofMessage: number, letter),
            subject: letter.subject, preview: letter.preview,
            folderID: ids.encode(.folder, message.folder),
            conversationID: ids.encode(.conversation, thread),
            conversationIndex: Base64.encode(Array("\(thread)".utf8)),
            webLink: "https://outlook.office365.example/owa/?ItemID=\(id)&exvsurl=1",
            isRead: message.isRead, isDraft: folder.key == "drafts",
            hasAttachments: letter.attachments.contains { !$0.isInline },
            importance: letter.importance,
            categories: letter.categories, isHTML: letter.isHTML && !asText,
            body: letter.isHTML && asText ? PlainText.ofHTML(letter.body) : letter.body,
            from: letter.from, to: letter.to, cc: letter.cc,
            headers: isOwn ? [] : headers(of: letter))
    }

    func changeKey(ofMessage number: Int) -> String {
        "CQAAABYA" + Base64.encode(Array("\(number):\(messages[number].revision)".utf8))
    }

    /// Appends what ``changeKey(ofMessage:)`` gives.
    func appendChangeKey(_ number: Int, revision: Int, to bytes: inout [UInt8]) {
        bytes += "CQAAABYA".utf8
        var digits: [UInt8] = []
        digits.append(decimal: number)
        digits.append(UInt8(ascii: ":"))
        digits.append(decimal: revision)
        Base64.append(digits, to: &bytes)
    }

    func internetMessageID(ofMessage number: Int, _ letter: Letter) -> String {
        "<\(number).\(seed % 997)@\(letter.host)>"
    }

    /// All three widths of a second's fraction occur in the field.
    static func fraction(ofMessage number: Int) -> String {
        ["", "", "", ".02", ".0266667"][number % 5]
    }

    private func headers(of letter: Letter) -> [(name: String, value: String)] {
        let host = letter.host
        let relay = "mx1.contoso.example (203.0.113.9)"
        return [
            ("Received", "from mail.\(host) by \(relay); \(letter.sentAt.httpDate)"),
            ("Received", "from localhost by mail.\(host); \(letter.sentAt.httpDate)"),
            ("Date", letter.sentAt.httpDate), ("Subject", letter.subject),
            ("MIME-Version", "1.0"),
        ]
    }
}

extension Letter {
    /// Where it came from.
    fileprivate var host: Substring {
        from?.address.split(separator: "@").last ?? "contoso.example"
    }
}
