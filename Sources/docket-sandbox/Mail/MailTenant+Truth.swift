import JSON

/// What a client holds that has read all of the mail, and changes that make it read on.
extension MailTenant {
    /// Folders that a client leaves out unless told otherwise.
    private static let unread: Set<String> = ["junkemail", "deleteditems", "drafts", "outbox"]

    /// Every message in a folder that a client reads, and every file attached to one.
    func truth() -> [JSON] {
        mailboxes.flatMap { mailbox -> [JSON] in
            let paths = mailbox.folders.indices.map { Self.path(of: $0, in: mailbox) }
            return mailbox.messages.indices.flatMap { number -> [JSON] in
                let message = mailbox.messages[number]
                guard !message.isDeleted, let path = paths[message.folder] else { return [] }
                return Self.documents(number, in: mailbox, path: path)
            }
        }
    }

    /// - Returns: Nil where no client reads the folder.
    private static func path(of number: Int, in mailbox: Mailbox) -> String? {
        var names: [String] = []
        var next: Int? = number
        while let folder = next, let parent = mailbox.folders[folder].parent {
            let facts = mailbox.folders[folder]
            if facts.isDeleted || facts.isHidden || facts.search != nil
                || unread.contains(facts.key)
            {
                return nil
            }
            names.append(facts.displayName)
            next = parent
        }
        return names.reversed().joined(separator: "/")
    }

    private static func documents(_ number: Int, in mailbox: Mailbox, path: String) -> [JSON] {
        let message = mailbox.messages[number]
        let id = mailbox.id(ofMessage: number, in: message.folder, isImmutable: true)
        let key = mailbox.folders[message.folder].key
        func document(_ id: String, _ title: String, _ kind: String, _ text: String?) -> JSON {
            [
                "source_id": .string(id), "scope": .string(mailbox.address), "folder": .string(key),
                "path": .string(path), "title": .string(title), "kind": .string(kind),
                "text": text.map(JSON.string) ?? .null,
            ]
        }
        switch message.content {
        case .synthetic(let bodyBytes):
            let mail = SyntheticMail(number, seed: mailbox.seed, bodyBytes: bodyBytes)
            return [document(id, mail.subject, "mail", nil)]
        case .letter(let index):
            let letter = mailbox.letters[index]
            let parts = letter.attachments.indices.filter {
                letter.attachments[$0].kind == .file
            }
            return [document(id, letter.subject, "mail", letter.isHTML ? nil : letter.body)]
                + parts.map { part in
                    let attachment = letter.attachments[part]
                    let partID = mailbox.ids.encode(.attachment, number, part)
                    return document(
                        "\(id)#\(partID)", attachment.name, "attachment",
                        FileFormat.plainText(of: attachment.content, named: attachment.name))
                }
        }
    }

    mutating func expireFeeds() {
        for number in mailboxes.indices {
            for folder in self[number].folders.indices { self[number].expireFeed(of: folder) }
        }
    }

    /// Creates, changes, moves and deletes at random; the same seed makes the same changes.
    mutating func mutate(count: Int, seed: UInt64, now: Timestamp) {
        var mutation = MailMutation(seed: seed)
        for _ in 0..<count {
            let number = mutation.pick(mailboxes.count)
            mutation.step(&self[number], now: now)
        }
    }
}
