/// One table: entities in the order they came, and the log of what happened to them.
struct ERPTable: Sendable {
    struct Row: Sendable {
        enum Content: Sendable {
            case stored([ERPValue])
            /// Made from its number whenever it is read, so that millions cost little memory.
            case synthetic(Int, bodyBytes: Int)
        }

        fileprivate(set) var content: Content
        fileprivate(set) var changedAt: Timestamp
        fileprivate(set) var isDeleted = false
        /// Counts what happened to this entity.
        fileprivate(set) var version = 1
    }

    struct Change: Sendable {
        enum Kind: Sendable { case created, updated, deleted }

        let row: Int
        let kind: Kind
        let at: Timestamp
        /// What the entity was before; nil where it was not.
        let before: [ERPValue]?
    }

    let name: ERPTableName
    let properties: [ERPProperty]
    let keyCount: Int
    private(set) var rows: [Row] = []
    /// Oldest first; a feed position is an index into it.
    private(set) var log: [Change] = []
    /// The bytes of media entities, by row.
    private(set) var media: [Int: [UInt8]] = [:]
    private var rowsByKey: [[String]: Int] = [:]
    private var rowsByFirstKey: [String: [Int]] = [:]
    private let columns: [String: Int]

    init(_ name: ERPTableName) {
        self.name = name
        properties = name.properties
        keyCount = properties.count { $0.isKey }
        columns = Dictionary(
            properties.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var liveCount: Int { rows.count { !$0.isDeleted } }

    func column(_ name: String) -> Int? { columns[name] }

    func value(_ row: Int, _ column: Int) -> ERPValue {
        switch rows[row].content {
        case .stored(let values): values[column]
        case .synthetic(let number, let bodyBytes):
            ERPSynthetic.value(
                number, column, properties[column], of: name, bodyBytes: bodyBytes)
        }
    }

    func value(_ row: Int, _ name: String) -> ERPValue {
        column(name).map { value(row, $0) } ?? .null
    }

    func values(_ row: Int) -> [ERPValue] { properties.indices.map { value(row, $0) } }

    func key(_ row: Int) -> [String] { (0..<keyCount).map { value(row, $0).text ?? "" } }

    /// The live row of that key; nil where there is none.
    func row(_ key: [String]) -> Int? {
        guard let row = rowsByKey[key], !rows[row].isDeleted else { return nil }
        return row
    }

    /// Live rows whose first key property has that value.
    func rows(firstKey: String) -> [Int] {
        (rowsByFirstKey[firstKey] ?? []).filter { !rows[$0].isDeleted }
    }

    /// What a person would call the entity; of a long text its first line.
    func title(_ row: Int) -> String {
        String((value(row, name.titleProperty).text ?? "").prefix { $0 != "\n" })
    }

    // Changes

    /// Puts an entity in, without a trace in the log: the state a tenant begins with.
    mutating func seed(_ members: [String: ERPValue], at: Timestamp, media bytes: [UInt8]? = nil) {
        let values = properties.map { members[$0.name] ?? Self.initial($0) }
        insert(.stored(values), at: at)
        if let bytes { media[rows.count - 1] = bytes }
    }

    /// - Returns: The row; nil where the key is taken.
    mutating func create(
        _ members: [String: ERPValue], at now: Timestamp, media bytes: [UInt8]? = nil
    ) -> Int? {
        var values = properties.map { members[$0.name] ?? Self.initial($0) }
        stamp(&values, now, isNew: true)
        let key = values.prefix(keyCount).map { $0.text ?? "" }
        if let old = rowsByKey[key] {
            guard rows[old].isDeleted else { return nil }
            rows[old].isDeleted = false
            rows[old].content = .stored(values)
            touch(old, now)
            media[old] = bytes
            log.append(Change(row: old, kind: .created, at: now, before: nil))
            return old
        }
        insert(.stored(values), at: now)
        if let bytes { media[rows.count - 1] = bytes }
        log.append(Change(row: rows.count - 1, kind: .created, at: now, before: nil))
        return rows.count - 1
    }

    mutating func generate(_ number: Int, bodyBytes: Int, at now: Timestamp) {
        insert(.synthetic(number, bodyBytes: bodyBytes), at: now)
        log.append(Change(row: rows.count - 1, kind: .created, at: now, before: nil))
    }

    /// Changes what the members name, and the stamps of the entity itself; keys stay.
    mutating func update(
        _ row: Int, _ members: [String: ERPValue], at now: Timestamp, media bytes: [UInt8]? = nil
    ) {
        let before = values(row)
        var values = before
        for (index, property) in properties.enumerated() where !property.isKey {
            if let value = members[property.name] { values[index] = value }
        }
        stamp(&values, now, isNew: false)
        rows[row].content = .stored(values)
        if let bytes { media[row] = bytes }
        touch(row, now)
        log.append(Change(row: row, kind: .updated, at: now, before: before))
    }

    mutating func delete(_ row: Int, at now: Timestamp) {
        log.append(Change(row: row, kind: .deleted, at: now, before: values(row)))
        rows[row].isDeleted = true
        media[row] = nil
        touch(row, now)
    }

    private mutating func touch(_ row: Int, _ now: Timestamp) {
        rows[row].changedAt = now
        rows[row].version += 1
    }

    private mutating func insert(_ content: Row.Content, at: Timestamp) {
        rows.append(Row(content: content, changedAt: at))
        let row = rows.count - 1
        let key = key(row)
        rowsByKey[key] = row
        rowsByFirstKey[key.first ?? "", default: []].append(row)
    }

    /// What ABAP has in a field nobody filled.
    private static func initial(_ property: ERPProperty) -> ERPValue {
        switch property.type {
        case .string: .text("")
        case .decimal:
            .number("0" + (property.scale.map { "." + String(repeating: "0", count: $0) } ?? ""))
        case .int32: .number("0")
        case .boolean: .flag(false)
        case .dateTime, .dateTimeOffset, .guid: .null
        case .time: .time(0)
        }
    }

    /// Sets the entity's own stamps; no other entity's, as of items and texts none do.
    private func stamp(_ values: inout [ERPValue], _ now: Timestamp, isNew: Bool) {
        let day = now.seconds - now.seconds % 86_400
        // The log's length keeps two changes of one second apart.
        let ticks = Int64(log.count % Int(ERPValue.ticksPerSecond))
        for (index, property) in properties.enumerated() {
            switch property.name {
            case "LastChangeDateTime": values[index] = .moment(now, ticks: ticks)
            case "LastChangeDate": values[index] = .moment(Timestamp(day))
            case "LastChangeTime": values[index] = .time(Int(now.seconds % 86_400))
            case "ETag": values[index] = .text("\(now.seconds)\(log.count)")
            case "CreationDate" where isNew && values[index] == .null:
                values[index] = .moment(Timestamp(day))
            default: break
            }
        }
    }
}
