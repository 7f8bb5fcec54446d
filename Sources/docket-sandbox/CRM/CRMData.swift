/// The org's records, and who may see which of their fields.
///
/// A value: what has been read of it does not change when it does.
struct CRMData: Sendable {
    let seed: UInt64
    private(set) var tables = CRMSchema.objects.map { _ in CRMTable() }
    /// Bytes of files and attachments, by the id of the record.
    private(set) var blobs: [String: [UInt8]] = [:]
    /// `object.field` in lower case.
    private(set) var hidden: Set<String> = []
    /// When each object's description changed last.
    private(set) var describedAt: [Timestamp]
    /// Who makes and changes records where nobody is named.
    var actor = ""
    private var serials: [Int]
    private var caseCount = 0

    init(seed: UInt64) {
        self.seed = seed
        var random = Mixer(seed, 40)
        // Below 62^9, whatever the org grows to.
        serials = CRMSchema.objects.map { _ in Int(random.next() >> 20) }
        describedAt = CRMSchema.objects.map { _ in Timestamp(1_760_000_000) }
    }

    /// The object and the row of a record that was ever made; the id has 15 characters.
    func place(of id: String) -> (object: Int, row: Int)? {
        guard let object = CRMSchema.number(ofID: id), let row = tables[object].row(of: id) else {
            return nil
        }
        return (object, row)
    }

    func record(_ id: String) -> CRMRecord? {
        place(of: id).map { tables[$0.object][$0.row] }
    }

    func value(_ name: String, of record: CRMRecord, _ object: Int) -> CRMValue {
        CRMSchema.objects[object].field(name).map { record.value(at: $0.source) } ?? .null
    }

    // Records

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - object: Its number in the schema.
    ///   - values: By the names of fields.
    ///   - now: The time of all its stamps.
    ///   - isHeld: Whether its transaction stays open, so that nobody sees it.
    /// - Returns: Its id.
    @discardableResult
    mutating func create(
        _ object: Int, _ values: [String: CRMValue], now: Timestamp, isHeld: Bool = false
    ) -> String {
        let schema = CRMSchema.objects[object]
        serials[object] += 1
        let id = CRMID.make(prefix: schema.keyPrefix, serial: serials[object])
        var record = CRMRecord(
            id: id, createdAt: now, modifiedAt: now, stamp: now, createdBy: actor,
            modifiedBy: actor, isHeld: isHeld, values: Self.defaults(schema))
        Self.set(values, of: &record, schema)
        if let owner = schema.slot("OwnerId"), record.values[owner] == .null {
            record.values[owner] = .id(actor)
        }
        if let number = schema.slot("CaseNumber") {
            caseCount += 1
            let digits = "\(1000 + caseCount)"
            record.values[number] = .text(
                String(repeating: "0", count: max(0, 8 - digits.count)) + digits)
        }
        Self.derive(&record, schema, now)
        tables[object].append(record)
        return id
    }

    /// Makes room for records that are about to be made.
    mutating func reserve(_ count: Int, of object: Int) { tables[object].reserve(count) }

    /// Changes a record; one that the system changes keeps its `LastModifiedDate`.
    mutating func update(
        _ id: String, _ values: [String: CRMValue], now: Timestamp, bySystem: Bool = false
    ) {
        guard let (object, row) = place(of: id) else { return }
        Self.set(values, of: &tables[object][row], CRMSchema.objects[object])
        Self.derive(&tables[object][row], CRMSchema.objects[object], now)
        touch(object, row, now, bySystem: bySystem)
    }

    private mutating func touch(
        _ object: Int, _ row: Int, _ now: Timestamp, bySystem: Bool = false
    ) {
        tables[object][row].stamp = now
        guard !bySystem else { return }
        tables[object][row].modifiedAt = now
        if !actor.isEmpty { tables[object][row].modifiedBy = actor }
    }

    /// Puts a record and what hangs on it into the recycle bin.
    mutating func delete(_ id: String, now: Timestamp) {
        for (object, row) in [place(of: id)].compactMap({ $0 }) + dependents(of: id) {
            guard !tables[object][row].isDeleted else { continue }
            tables[object][row].deletedAt = now
            tables[object][row].deletedWith = id
            tables[object][row].stamp = now
        }
    }

    /// Takes a record out of the recycle bin, and what went there with it.
    ///
    /// - Returns: False where it is not there.
    mutating func undelete(_ id: String, now: Timestamp) -> Bool {
        guard let record = record(id), record.isDeleted, !record.isPurged else { return false }
        for (object, row) in [place(of: id)].compactMap({ $0 }) + dependents(of: id)
        where tables[object][row].deletedWith == id && !tables[object][row].isPurged {
            tables[object][row].deletedAt = nil
            tables[object][row].deletedWith = nil
            tables[object][row].stamp = now
        }
        return true
    }

    /// Deletes a record and what hangs on it past the recycle bin.
    mutating func purge(_ id: String, now: Timestamp) {
        delete(id, now: now)
        for (object, row) in [place(of: id)].compactMap({ $0 }) + dependents(of: id)
        where tables[object][row].isDeleted {
            tables[object][row].isPurged = true
            blobs[tables[object][row].id] = nil
        }
    }

    /// Makes one record of two: what hangs on the loser moves to the winner.
    mutating func merge(_ winner: String, _ loser: String, now: Timestamp) {
        for (object, row) in dependents(of: loser) {
            for field in CRMSchema.objects[object].fields where field.kind == .reference {
                guard case .slot(let slot) = field.source,
                    tables[object][row].values[slot] == .id(loser)
                else { continue }
                tables[object][row].values[slot] = .id(winner)
                touch(object, row, now, bySystem: true)
            }
        }
        guard let (object, row) = place(of: loser) else { return }
        if let slot = CRMSchema.objects[object].slot("MasterRecordId") {
            tables[object][row].values[slot] = .id(winner)
        }
        delete(loser, now: now)
        update(winner, [:], now: now)
    }

    /// Ends the transaction that a record was written in.
    mutating func commit(_ id: String) {
        guard let (object, row) = place(of: id) else { return }
        tables[object][row].isHeld = false
    }

    /// Gives a record other stamps than its changes gave it.
    mutating func restamp(_ id: String, _ stamp: Timestamp) {
        guard let (object, row) = place(of: id) else { return }
        tables[object][row].stamp = stamp
        tables[object][row].modifiedAt = min(stamp, tables[object][row].modifiedAt)
        tables[object][row].createdAt = min(stamp, tables[object][row].createdAt)
    }

    mutating func setBytes(_ bytes: [UInt8], of id: String) { blobs[id] = bytes }

    /// Live records that a deletion of this one would take along.
    private func dependents(of id: String) -> [(object: Int, row: Int)] {
        guard let object = CRMSchema.number(ofID: id) else { return [] }
        var found: [(object: Int, row: Int)] = []
        for (child, field) in Self.dependencies[CRMSchema.objects[object].name] ?? [] {
            guard let number = CRMSchema.number(of: child),
                let slot = CRMSchema.objects[number].slot(field)
            else { continue }
            for row in tables[number].records.indices
            where tables[number][row].values[slot] == .id(id) {
                found.append((number, row))
            }
        }
        return found
    }

    private static let dependencies: [String: [(String, String)]] = [
        "Account": [("Contact", "AccountId"), ("Note", "ParentId"), ("Attachment", "ParentId")],
        "Contact": [("Note", "ParentId")],
        "Case": [
            ("CaseComment", "ParentId"), ("EmailMessage", "ParentId"), ("Attachment", "ParentId"),
            ("FeedItem", "ParentId"), ("Task", "WhatId"), ("ContentDocumentLink", "LinkedEntityId"),
        ],
        "EmailMessage": [("Attachment", "ParentId")],
        "Project__c": [("FeedItem", "ParentId"), ("Note", "ParentId"), ("Task", "WhatId")],
        "ContentDocument": [
            ("ContentVersion", "ContentDocumentId"), ("ContentDocumentLink", "ContentDocumentId"),
        ],
    ]

    // Fields

    private static func defaults(_ schema: CRMObject) -> [CRMValue] {
        var values = [CRMValue](repeating: .null, count: schema.slotCount)
        for case let field in schema.fields where field.kind == .boolean {
            if case .slot(let slot) = field.source { values[slot] = .flag(false) }
        }
        return values
    }

    private static func set(
        _ values: [String: CRMValue], of record: inout CRMRecord, _ schema: CRMObject
    ) {
        for (name, value) in values {
            if let slot = schema.slot(name) { record.values[slot] = value }
        }
    }

    /// What the vendor makes of other fields.
    private static func derive(_ record: inout CRMRecord, _ schema: CRMObject, _ now: Timestamp) {
        if let name = schema.slot("Name"), let last = schema.slot("LastName"),
            let first = schema.slot("FirstName")
        {
            let parts = [record.values[first].text, record.values[last].text].compactMap { $0 }
            record.values[name] = .text(parts.joined(separator: " "))
        }
        guard let closed = schema.slot("IsClosed"), let status = schema.slot("Status") else {
            return
        }
        let isClosed = ["Closed", "Completed"].contains(record.values[status].text ?? "")
        if let date = schema.slot("ClosedDate") {
            if !isClosed { record.values[date] = .null }
            if isClosed, record.values[date] == .null { record.values[date] = .moment(now) }
        }
        record.values[closed] = .flag(isClosed)
    }

    /// Takes a field from what clients see, or gives it back.
    mutating func hide(_ field: CRMField, of object: Int, _ isHidden: Bool, now: Timestamp) {
        let key = SOQLPlanner.key(CRMSchema.objects[object], field)
        if isHidden { hidden.insert(key) } else { hidden.remove(key) }
        describedAt[object] = now
    }
}
