import JSON

/// Writes the entities of synthetic messages by filling holes in one that is made once.
///
/// Making a JSON value of each message costs ten times what copying its bytes does, and a page
/// has up to a thousand.
struct SyntheticWriter {
    private enum Hole: Int, CaseIterable {
        case id, changeKey, created, modified, sent, messageID, subject, preview, conversationID
        case conversationIndex, body, senderName, senderAddress
    }

    private let mailbox: Mailbox
    private let isImmutable: Bool
    private var pieces: [(text: ArraySlice<UInt8>, hole: Hole?)] = []

    init(
        _ mailbox: Mailbox, folder: Int, selection: Selection, isImmutable: Bool, isFeed: Bool
    ) {
        (self.mailbox, self.isImmutable) = (mailbox, isImmutable)
        func mark(_ hole: Hole) -> String { "\u{1}\(hole.rawValue)\u{1}" }
        let facts = MessageFacts(
            id: mark(.id), changeKey: mark(.changeKey), created: mark(.created),
            modified: mark(.modified), sent: mark(.sent), internetMessageID: mark(.messageID),
            subject: mark(.subject), preview: mark(.preview),
            folderID: mailbox.ids.encode(.folder, folder), conversationID: mark(.conversationID),
            conversationIndex: mark(.conversationIndex),
            webLink: "https://outlook.office365.example/owa/?ItemID=\(mark(.id))&exvsurl=1",
            isRead: false, isDraft: mailbox.folders[folder].key == "drafts",
            hasAttachments: false, importance: "normal", categories: [], isHTML: true,
            body: mark(.body),
            from: Letter.Person(name: mark(.senderName), address: mark(.senderAddress)),
            to: [mailbox.owner], cc: [], headers: [])
        let bytes = facts.entity(selection, isFeed: isFeed).serializedBytes()
        // JSON writes U+0001 as `\u0001`; nothing else in the entity holds one.
        for (index, part) in bytes.split(escape: Array(#"\u0001"#.utf8)).enumerated() {
            if index % 2 == 0 {
                pieces.append((part, nil))
            } else {
                let hole = Int(String(decoding: part, as: UTF8.self)).flatMap(Hole.init(rawValue:))
                pieces[pieces.count - 1].hole = hole
            }
        }
    }

    /// Writes the entity of a message that is synthetic and was never changed.
    func write(message number: Int, bodyBytes: Int, to bytes: inout [UInt8]) {
        let message = mailbox.messages[number]
        let mail = SyntheticMail(number, seed: mailbox.seed, bodyBytes: bodyBytes)
        let sentAt = SyntheticMail.sentAt(number)
        let conversation = Int(UInt32.max) - number
        let fraction = Mailbox.fraction(ofMessage: number)
        var id: [UInt8] = []
        for piece in pieces {
            bytes += piece.text
            switch piece.hole {
            case .id:
                // Once more in the link: copying is cheaper than computing.
                if id.isEmpty {
                    mailbox.appendID(
                        ofMessage: number, in: message.folder, isImmutable: isImmutable, to: &id)
                }
                bytes += id
            case .changeKey:
                mailbox.appendChangeKey(number, revision: message.revision, to: &bytes)
            case .created: sentAt.advanced(by: 2).appendISO(fraction: fraction, to: &bytes)
            case .modified: message.modifiedAt.appendISO(fraction: fraction, to: &bytes)
            case .sent: sentAt.appendISO(to: &bytes)
            case .messageID: appendMessageID(mail, to: &bytes)
            case .subject: mail.appendSubject(to: &bytes)
            case .preview: mail.appendPreview(to: &bytes)
            case .conversationID: mailbox.ids.append(.conversation, conversation, to: &bytes)
            case .conversationIndex:
                var digits: [UInt8] = []
                digits.append(decimal: conversation)
                Base64.append(digits, to: &bytes)
            case .body: mail.appendBody(to: &bytes)
            case .senderName: mail.appendSender(to: &bytes)
            case .senderAddress: mail.appendAddress(to: &bytes)
            case nil: break
            }
        }
    }

    private func appendMessageID(_ mail: SyntheticMail, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(decimal: mail.number)
        bytes.append(UInt8(ascii: "."))
        bytes.append(decimal: Int(mailbox.seed % 997))
        bytes.append(UInt8(ascii: "@"))
        mail.appendHost(to: &bytes)
        bytes.append(UInt8(ascii: ">"))
    }
}

extension [UInt8] {
    fileprivate func split(escape: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index + escape.count <= count {
            if self[index..<index + escape.count].elementsEqual(escape) {
                parts.append(self[start..<index])
                index += escape.count
                start = index
            } else {
                index += 1
            }
        }
        return parts + [self[start...]]
    }
}
