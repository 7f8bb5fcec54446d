/// A record of any object; what its values mean is up to the object.
struct CRMRecord: Sendable {
    /// 15 characters.
    let id: String
    var createdAt: Timestamp
    var modifiedAt: Timestamp
    /// `SystemModstamp`: moves with changes of people and of the system.
    var stamp: Timestamp
    var createdBy: String
    var modifiedBy: String
    /// When it went into the recycle bin, or out of the org.
    var deletedAt: Timestamp?
    /// The record whose deletion took this one with it.
    var deletedWith: String?
    /// Out of the recycle bin: gone, but for the deletion log.
    var isPurged = false
    /// Written by a transaction that has not ended: nobody sees it yet.
    var isHeld = false
    var values: [CRMValue]

    var isDeleted: Bool { deletedAt != nil }
    /// What a client would find that reads everything.
    var isLive: Bool { deletedAt == nil && !isHeld }

    func value(at source: CRMField.Source) -> CRMValue {
        switch source {
        case .id: .id(id)
        case .isDeleted: .flag(isDeleted)
        case .createdAt: .moment(createdAt)
        case .createdBy: .id(createdBy)
        case .modifiedAt: .moment(modifiedAt)
        case .modifiedBy: .id(modifiedBy)
        case .stamp: .moment(stamp)
        case .slot(let slot): values[slot]
        case .compound: .null
        }
    }
}

/// An object's records, in the order in which they were made.
struct CRMTable: Sendable {
    private(set) var records: [CRMRecord] = []
    private var rows: [String: Int] = [:]

    func row(of id: String) -> Int? { rows[id] }

    subscript(row: Int) -> CRMRecord {
        get { records[row] }
        _modify { yield &records[row] }
    }

    mutating func append(_ record: CRMRecord) {
        rows[record.id] = records.count
        records.append(record)
    }

    mutating func reserve(_ count: Int) {
        records.reserveCapacity(records.count + count)
        rows.reserveCapacity(records.count + count)
    }
}
