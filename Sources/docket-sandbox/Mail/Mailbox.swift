/// One mailbox: its folders, its messages, and what happened to them.
struct Mailbox: Sendable {
    /// What a directory knows the mailbox by.
    let guid: String
    let address: String
    let displayName: String
    let ids: MailID
    let seed: UInt64
    /// The first is the root, which lists nothing but its children.
    private(set) var folders: [Folder] = []
    private(set) var messages: [Message] = []
    private(set) var letters: [Letter] = []
    /// Folder numbers in the order they were created, renamed or deleted.
    private(set) var folderHistory: [Int] = []
    private(set) var threads: [String: Int] = [:]

    init(guid: String, address: String, displayName: String, ids: MailID, seed: UInt64) {
        (self.guid, self.address, self.displayName) = (guid, address, displayName)
        (self.ids, self.seed) = (ids, seed)
        folders.append(
            Folder(
                key: "msgfolderroot", displayName: "Top of Information Store",
                parent: nil))
    }

    /// - Parameter name: An id, a well-known name in any case, or a key of the corpus.
    /// - Returns: The folder's number.
    func folder(named name: String) -> Int? {
        if let number = ids.decode(.folder, name)?.first {
            return folders.indices.contains(number) && !folders[number].isDeleted ? number : nil
        }
        let key = name.lowercased()
        return folders.firstIndex { $0.key == key && !$0.isDeleted }
    }

    /// - Parameter id: Of either form; a movable one only until the message moves.
    /// - Returns: The number of a message that is there.
    func message(withID id: String) -> Int? {
        var number: Int?
        if let numbers = ids.decode(.immutable, id), numbers.count == 1 {
            number = numbers[0]
        } else if let numbers = ids.decode(.movable, id), numbers.count == 2,
            messages.indices.contains(numbers[1]), messages[numbers[1]].folder == numbers[0]
        {
            number = numbers[1]
        }
        guard let number, messages.indices.contains(number), !messages[number].isDeleted else {
            return nil
        }
        return number
    }

    /// The id of a message; a movable one is about its own folder, or one it left.
    func id(ofMessage number: Int, in folder: Int, isImmutable: Bool) -> String {
        isImmutable ? ids.encode(.immutable, number) : ids.encode(.movable, folder, number)
    }

    /// Appends what ``id(ofMessage:in:isImmutable:)`` gives.
    func appendID(
        ofMessage number: Int, in folder: Int, isImmutable: Bool, to bytes: inout [UInt8]
    ) {
        if isImmutable {
            ids.append(.immutable, number, to: &bytes)
        } else {
            ids.append(.movable, folder, number, to: &bytes)
        }
    }

    func letter(of number: Int) -> Letter {
        switch messages[number].content {
        case .letter(let index): letters[index]
        case .synthetic(let bodyBytes):
            SyntheticMail(number, seed: seed, bodyBytes: bodyBytes).letter(to: owner)
        }
    }

    var owner: Letter.Person { Letter.Person(name: displayName, address: address) }

    func children(of parent: Int, includingHidden: Bool) -> [Int] {
        folders.indices.filter {
            folders[$0].parent == parent && !folders[$0].isDeleted
                && (includingHidden || !folders[$0].isHidden)
        }
    }

    // Changes

    @discardableResult
    mutating func addFolder(_ folder: Folder) -> Int {
        folders.append(folder)
        folderHistory.append(folders.count - 1)
        return folders.count - 1
    }

    mutating func rename(folder number: Int, to name: String) {
        folders[number].displayName = name
        folderHistory.append(number)
    }

    /// Deletes a folder with all that is below it.
    mutating func deleteFolder(_ number: Int) {
        for child in children(of: number, includingHidden: true) { deleteFolder(child) }
        for index in messages.indices
        where messages[index].folder == number && !messages[index].isDeleted {
            delete(message: index, reason: "deleted", now: messages[index].modifiedAt)
        }
        folders[number].isDeleted = true
        folderHistory.append(number)
    }

    @discardableResult
    mutating func add(_ letter: Letter, to folder: Int, isRead: Bool) -> Int {
        letters.append(letter)
        if threads[letter.thread] == nil { threads[letter.thread] = threads.count }
        return append(
            Message(
                content: .letter(letters.count - 1), folder: folder, entry: 0, isRead: isRead,
                modifiedAt: letter.sentAt.advanced(by: 5)))
    }

    /// Adds messages that cost a few bytes each until they are read.
    mutating func generate(_ count: Int, in folder: Int, bodyBytes: Int) {
        messages.reserveCapacity(messages.count + count)
        folders[folder].reserve(count)
        for _ in 0..<count {
            let sentAt = SyntheticMail.sentAt(messages.count)
            append(
                Message(
                    content: .synthetic(bodyBytes: bodyBytes), folder: folder, entry: 0,
                    isRead: false, modifiedAt: sentAt.advanced(by: 5)))
        }
    }

    /// Changes a message; its feed names only the properties given.
    mutating func update(
        message number: Int, letter: Letter?, isRead: Bool?, properties: [String], now: Timestamp
    ) {
        if let letter {
            switch messages[number].content {
            case .letter(let index): letters[index] = letter
            case .synthetic:
                letters.append(letter)
                messages[number].content = .letter(letters.count - 1)
            }
            if threads[letter.thread] == nil { threads[letter.thread] = threads.count }
        }
        let folder = messages[number].folder
        if let isRead, isRead != messages[number].isRead {
            folders[folder].unreadCount += isRead ? -1 : 1
            messages[number].isRead = isRead
        }
        messages[number].revision += 1
        messages[number].modifiedAt = now
        folders[folder].append(.updated(properties), of: number)
    }

    mutating func move(message number: Int, to folder: Int, now: Timestamp) {
        leave(number, reason: "deleted")
        messages[number].folder = folder
        messages[number].revision += 1
        messages[number].modifiedAt = now
        enter(number)
    }

    mutating func delete(message number: Int, reason: String, now: Timestamp) {
        leave(number, reason: reason)
        messages[number].isDeleted = true
        messages[number].modifiedAt = now
    }

    /// Makes all feed positions given out so far unknown.
    mutating func expireFeed(of folder: Int) { folders[folder].generation += 1 }

    @discardableResult
    private mutating func append(_ message: Message) -> Int {
        messages.append(message)
        enter(messages.count - 1)
        return messages.count - 1
    }

    private mutating func enter(_ number: Int) {
        let folder = messages[number].folder
        messages[number].entry = folders[folder].append(.created, of: number)
        folders[folder].totalCount += 1
        folders[folder].unreadCount += messages[number].isRead ? 0 : 1
    }

    private mutating func leave(_ number: Int, reason: String) {
        let folder = messages[number].folder
        folders[folder].append(.removed(reason: reason), of: number)
        folders[folder].totalCount -= 1
        folders[folder].unreadCount -= messages[number].isRead ? 0 : 1
    }
}
