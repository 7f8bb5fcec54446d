/// Changes to a mailbox at random, as its owner makes them.
struct MailMutation {
    private var random: Mixer
    private let seed: UInt64
    private var count = 0

    init(seed: UInt64) {
        random = Mixer(seed, 8500)
        self.seed = seed
    }

    mutating func step(_ mailbox: inout Mailbox, now: Timestamp) {
        count += 1
        switch pick(20) {
        case 0..<6: post(to: &mailbox, now)
        case 6..<10: change(&mailbox, now)
        case 10..<15:
            guard let number = message(mailbox), let target = folder(mailbox) else { return }
            if mailbox.messages[number].folder != target {
                mailbox.move(message: number, to: target, now: now)
            }
        case 15..<17:
            guard let number = message(mailbox) else { return }
            let reason = pick(2) == 0 ? "deleted" : "changed"
            mailbox.delete(message: number, reason: reason, now: now)
        default: changeFolder(&mailbox)
        }
    }

    mutating func pick(_ count: Int) -> Int {
        count > 0 ? Int(random.next() % UInt64(count)) : 0
    }

    private mutating func post(to mailbox: inout Mailbox, _ now: Timestamp) {
        guard let target = folder(mailbox) else { return }
        var letter = Letter(
            sentAt: now, subject: "Note \(count) of \(seed)",
            from: Letter.Person(name: "Ana Ruiz", address: "ana@fabrikam.example"),
            to: [mailbox.owner], isHTML: false, body: text(), thread: "mutation-\(seed)-\(count)")
        if pick(4) == 0 {
            let format = FileFormat.allCases[pick(FileFormat.allCases.count)]
            letter.attachments = [
                Letter.Attachment(
                    name: "note-\(count).\(format.rawValue)", contentType: format.mimeType,
                    content: format.bytes(of: "Note \(count)\n" + text()))
            ]
        }
        mailbox.add(letter, to: target, isRead: pick(2) == 0)
    }

    private mutating func change(_ mailbox: inout Mailbox, _ now: Timestamp) {
        guard let number = message(mailbox) else { return }
        if pick(3) == 0 {
            mailbox.update(
                message: number, letter: nil, isRead: !mailbox.messages[number].isRead,
                properties: ["isRead"], now: now)
            return
        }
        var letter = mailbox.letter(of: number)
        letter.subject = "Changed \(count) of \(seed)"
        letter.body = text()
        letter.isHTML = false
        mailbox.update(
            message: number, letter: letter, isRead: nil,
            properties: ["subject", "body", "bodyPreview"], now: now)
    }

    /// Makes a folder, renames one that was made, or deletes one with all that is in it.
    private mutating func changeFolder(_ mailbox: inout Mailbox) {
        let made = mailbox.folders.indices.filter {
            mailbox.folders[$0].key.hasPrefix("folder-") && !mailbox.folders[$0].isDeleted
        }
        switch pick(3) {
        case 0 where !made.isEmpty: mailbox.deleteFolder(made[pick(made.count)])
        case 1 where !made.isEmpty:
            mailbox.rename(folder: made[pick(made.count)], to: "Renamed \(count) of \(seed)")
        default:
            guard mailbox.folders.count < Limits.foldersMax else { return }
            mailbox.addFolder(
                Folder(
                    key: "folder-\(mailbox.folders.count)",
                    displayName: "Folder \(count) of \(seed)",
                    parent: mailbox.folder(named: pick(2) == 0 ? "inbox" : "archive")))
        }
    }

    private mutating func text() -> String {
        let sentences = (0..<2 + pick(8)).map { _ in
            DriveMutation.sentences[pick(DriveMutation.sentences.count)]
        }
        return sentences.joined(separator: "\n") + "\n"
    }

    /// Any folder that holds messages, those that clients leave out included.
    private mutating func folder(_ mailbox: Mailbox) -> Int? {
        let folders = mailbox.folders.indices.dropFirst().filter {
            !mailbox.folders[$0].isDeleted && mailbox.folders[$0].search == nil
        }
        return folders.isEmpty ? nil : folders[pick(folders.count)]
    }

    /// A message that is there, where one is found soon.
    private mutating func message(_ mailbox: Mailbox) -> Int? {
        for _ in 0..<32 where !mailbox.messages.isEmpty {
            let number = pick(mailbox.messages.count)
            if !mailbox.messages[number].isDeleted { return number }
        }
        return nil
    }
}
