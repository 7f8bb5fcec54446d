/// A drive: a tree of items, and what happened to them.
struct Drive: Sendable {
    /// A line of the history; feeds tell the state of its item, not what is said here.
    struct Entry: Sendable {
        enum Change: Sendable {
            case changed, shared, removed
        }

        let item: Int
        let change: Change
        let at: Timestamp
    }

    enum Owner: Sendable, Equatable {
        case user(Int), group(Int), site(Int)
    }

    /// What the control interface calls it.
    let key: String
    let id: String
    let name: String
    let owner: Owner
    let seed: UInt64
    /// The first is the root.
    private(set) var items: [DriveItem] = []
    private(set) var history: [Entry] = []
    /// Feed positions of an older generation are no longer known.
    private(set) var generation = 0
    private var numbers: [String: Int] = [:]
    private var permissionCount = 0

    init(
        key: String, id: String, name: String, owner: Owner, seed: UInt64, by author: Letter.Person,
        at moment: Timestamp
    ) {
        (self.key, self.id, self.name, self.owner) = (key, id, name, owner)
        self.seed = seed
        add("root", .root, to: nil, by: author, now: moment)
    }

    /// `business` for a person's, `documentLibrary` for a site's or a group's.
    var type: String { if case .user = owner { "business" } else { "documentLibrary" } }

    // Finding

    /// - Returns: The number of an item that is there.
    func item(withID id: String) -> Int? {
        let number = id == "root" ? 0 : numbers[id]
        guard let number, !items[number].isDeleted else { return nil }
        return number
    }

    /// The item of an id, or of a path such as `/Offers/2025`; `/` is the root.
    func item(named text: String) -> Int? {
        if let number = item(withID: text) { return number }
        guard text.hasPrefix("/") else { return nil }
        var number = 0
        for name in text.split(separator: "/") {
            guard let child = child(of: number, named: String(name)) else { return nil }
            number = child
        }
        return number
    }

    func child(of parent: Int, named name: String) -> Int? {
        let wanted = name.lowercased()
        return items.indices.first {
            items[$0].parent == parent && !items[$0].isDeleted
                && items[$0].name.lowercased() == wanted
        }
    }

    func children(of parent: Int) -> [Int] {
        items.indices.filter { items[$0].parent == parent && !items[$0].isDeleted }
    }

    /// The folders above an item, the nearest first; the root has none.
    func ancestors(of number: Int) -> [Int] {
        var ancestors: [Int] = []
        var next = items[number].parent
        while let parent = next {
            ancestors.append(parent)
            next = items[parent].parent
        }
        return ancestors
    }

    /// `/Offers/2025/offer.docx`; `/` for the root.
    func path(of number: Int) -> String {
        let names = ancestors(of: number).dropLast().map { items[$0].name }.reversed()
        guard items[number].parent != nil else { return "/" }
        return "/" + (names + [items[number].name]).joined(separator: "/")
    }

    /// Whether anyone beyond its owner was let in to it, or to a folder above.
    func isShared(_ number: Int) -> Bool {
        ([number] + ancestors(of: number)).contains { !items[$0].permissions.isEmpty }
    }

    // Changing

    @discardableResult
    mutating func add(
        _ name: String, _ kind: DriveItem.Kind, to parent: Int?, by author: Letter.Person,
        now: Timestamp
    ) -> Int {
        // Not of the drive: the same ids are in all drives.
        var random = Mixer(seed, 4000, UInt64(items.count))
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let id = "01" + String((0..<32).map { _ in digits[Int(random.next() % 32)] })
        var item = DriveItem(
            id: id, name: name, parent: parent, kind: kind, createdAt: now, modifiedAt: now,
            author: author, editor: author)
        item.size = item.file?.bytes.count ?? 0
        items.append(item)
        numbers[id] = items.count - 1
        enter(items.count - 1, to: parent)
        record(items.count - 1, .changed, now)
        return items.count - 1
    }

    mutating func write(_ file: DriveFile, to number: Int, by editor: Letter.Person, now: Timestamp)
    {
        let difference = file.bytes.count - items[number].size
        items[number].kind = .file(file)
        items[number].contentRevision += 1
        items[number].size += difference
        for folder in ancestors(of: number) { items[folder].size += difference }
        touch(number, by: editor, now)
    }

    mutating func rename(_ number: Int, to name: String, by editor: Letter.Person, now: Timestamp) {
        items[number].name = name
        touch(number, by: editor, now)
    }

    mutating func mark(_ number: Int, asMalware isMalware: Bool, now: Timestamp) {
        items[number].isMalware = isMalware
        touch(number, by: items[number].editor, now)
    }

    mutating func name(_ number: Int, specialFolder: String) {
        items[number].specialFolder = specialFolder
    }

    /// - Precondition: The target is a folder, and not below the item.
    mutating func move(_ number: Int, to target: Int, by editor: Letter.Person, now: Timestamp) {
        leave(number)
        items[number].parent = target
        enter(number, to: target)
        touch(number, by: editor, now)
    }

    func canMove(_ number: Int, to target: Int) -> Bool {
        number != 0 && number != target && items[target].isFolder
            && !ancestors(of: target).contains(number)
    }

    /// How the feed tells of what went with a deleted folder.
    enum Tombstones: CaseIterable, Sendable {
        case folderOnly, contentsFirst, contentsLast
    }

    /// Deletes an item, a folder with all that is in it.
    mutating func delete(_ number: Int, _ tombstones: Tombstones, now: Timestamp) {
        let contents = descendants(of: number)
        leave(number)
        for item in contents { items[item].isDeleted = true }
        items[number].isDeleted = true
        if tombstones == .contentsFirst { contents.forEach { record($0, .removed, now) } }
        record(number, .removed, now)
        if tombstones == .contentsLast { contents.forEach { record($0, .removed, now) } }
    }

    func descendants(of number: Int) -> [Int] {
        children(of: number).flatMap { [$0] + descendants(of: $0) }
    }

    /// Tells of an item once more, behind all that was told since.
    mutating func retell(_ number: Int, now: Timestamp) { record(number, .changed, now) }

    mutating func grant(
        _ roles: [String], to grantee: DrivePermission.Grantee, on number: Int, now: Timestamp
    ) -> String {
        permissionCount += 1
        let id = Base64.encode(Array("permission-\(permissionCount)".utf8), .url)
        items[number].permissions.append(
            DrivePermission(id: id, roles: roles, grantee: grantee))
        items[number].hasOwnPermissions = true
        recordSharing(number, now)
        return id
    }

    /// - Returns: False where there is no such permission.
    mutating func revoke(_ permission: String, on number: Int, now: Timestamp) -> Bool {
        let count = items[number].permissions.count
        items[number].permissions.removeAll { $0.id == permission }
        guard items[number].permissions.count < count else { return false }
        recordSharing(number, now)
        return true
    }

    mutating func expireFeed() { generation += 1 }

    private mutating func touch(_ number: Int, by editor: Letter.Person, _ now: Timestamp) {
        items[number].revision += 1
        items[number].modifiedAt = now
        items[number].editor = editor
        record(number, .changed, now)
    }

    private mutating func record(_ number: Int, _ change: Entry.Change, _ now: Timestamp) {
        items[number].entry = history.count
        history.append(Entry(item: number, change: change, at: now))
    }

    private mutating func recordSharing(_ number: Int, _ now: Timestamp) {
        items[number].sharedEntry = history.count
        history.append(Entry(item: number, change: .shared, at: now))
    }

    private mutating func enter(_ number: Int, to parent: Int?) {
        guard let parent else { return }
        items[parent].childCount += 1
        for folder in ancestors(of: number) { items[folder].size += items[number].size }
    }

    private mutating func leave(_ number: Int) {
        for folder in ancestors(of: number) { items[folder].size -= items[number].size }
        if let parent = items[number].parent { items[parent].childCount -= 1 }
    }
}
