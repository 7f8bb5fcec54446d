import JSON

/// Writes records as the query interface does, straight into bytes: pages have 2,000 of them.
struct CRMRowWriter {
    let data: CRMData
    /// `/services/data/v62.0`.
    let base: String
    let isAll: Bool
    let now: Timestamp
    /// Records of a subquery before the rest goes to pages of its own.
    let childPageSize: Int
    /// Subqueries answer null, whatever there is.
    let hidesChildren: Bool
    /// The locator that the next subquery with a rest would get.
    var nextCursor: Int
    /// Positions that subqueries left behind.
    private(set) var opened: [CRMCursor] = []
    private(set) var bytes: [UInt8] = []
    /// Rows of a subquery's object by the record above, made once for a page.
    private var children: [String: [String: [Int]]] = [:]

    init(
        _ data: CRMData, base: String, isAll: Bool, now: Timestamp, childPageSize: Int,
        hidesChildren: Bool, nextCursor: Int
    ) {
        (self.data, self.base, self.isAll, self.now) = (data, base, isAll, now)
        (self.childPageSize, self.hidesChildren) = (childPageSize, hidesChildren)
        self.nextCursor = nextCursor
    }

    mutating func write(raw text: String) { bytes += text.utf8 }

    mutating func write(rows: some Sequence<Int>, _ plan: SOQLPlan) {
        bytes.append(UInt8(ascii: "["))
        for (index, row) in rows.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(data.tables[plan.object][row], plan.object, plan.columns, type: nil)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// The type is what `attributes` says where it is not the record's own kind.
    private mutating func write(
        _ record: CRMRecord, _ object: Int, _ columns: [SOQLColumn], type: String?
    ) {
        let name = CRMSchema.objects[object].name
        write(
            raw: "{\"attributes\":{\"type\":\"\(type ?? name)\",\"url\":\"\(base)/sobjects/\(name)/"
                + CRMID.full(record.id) + "\"}")
        for column in columns {
            write(raw: ",\"\(column.name)\":")
            switch column.content {
            case .value(let operand, let kind): write(operand, kind, record, object)
            case .parent(let source, let isPolymorphic, let inner):
                guard case .id(let id) = record.value(at: source), let place = data.place(of: id)
                else {
                    write(raw: "null")
                    break
                }
                write(
                    data.tables[place.object][place.row], place.object, inner,
                    type: isPolymorphic ? "Name" : nil)
            case .children(let plan): write(children: plan, of: record.id, column.name)
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func write(children plan: SOQLPlan, of id: String, _ name: String) {
        guard let parent = plan.parentField, !hidesChildren else { return write(raw: "null") }
        if children[name] == nil {
            var groups: [String: [Int]] = [:]
            for row in data.rows(plan.unlimited, isAll: isAll, now: now) {
                guard case .id(let id) = data.tables[plan.object][row].value(at: parent) else {
                    continue
                }
                groups[id, default: []].append(row)
            }
            children[name] = groups
        }
        let all = (children[name]?[id] ?? []).prefix(plan.limit ?? .max)
        guard !all.isEmpty else { return write(raw: "null") }
        let isDone = all.count <= childPageSize
        write(raw: "{\"totalSize\":\(all.count),\"done\":\(isDone),")
        if !isDone {
            let cursor = CRMCursor(
                number: nextCursor, plan: plan, rows: Array(all), isAll: isAll,
                pageSize: childPageSize, openedAt: now)
            write(raw: "\"nextRecordsUrl\":\"\(base)/query/\(cursor.locator(at: childPageSize))\",")
            opened.append(cursor)
            nextCursor += 1
        }
        write(raw: "\"records\":")
        write(rows: all.prefix(childPageSize), plan)
        bytes.append(UInt8(ascii: "}"))
    }

    // Values

    private mutating func write(
        _ operand: SOQLOperand, _ kind: CRMField.Kind, _ record: CRMRecord, _ object: Int
    ) {
        if case .field(.compound(let prefix)) = operand {
            return write(raw: data.address(prefix, of: record, object).serialized())
        }
        if kind == .base64 {
            let field = CRMSchema.objects[object].name == "Attachment" ? "Body" : "VersionData"
            let path = "\(base)/sobjects/\(CRMSchema.objects[object].name)/\(CRMID.full(record.id))"
            return write(raw: "\"\(path)/\(field)\"")
        }
        switch data.value(operand, of: record, object) {
        case .null: write(raw: "null")
        case .flag(let flag): write(raw: flag ? "true" : "false")
        case .number(let number): write(raw: CRMData.text(number, kind))
        case .moment(let moment): write(raw: "\"\(CRMTime.json(moment))\"")
        case .id(let id): write(raw: "\"\(CRMID.full(id))\"")
        case .text(let text): write(string: text)
        case .synthetic(let number, let size):
            write(string: CRMSynthetic.body(number, bytes: size))
        }
    }

    private mutating func write(string: String) {
        bytes.append(UInt8(ascii: "\""))
        // Most texts can be copied as they are, which takes a tenth of the time.
        if string.utf8.contains(where: { $0 < 32 || $0 == 0x22 || $0 == 0x5C }) {
            write(escaped: string)
        } else {
            bytes += string.utf8
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func write(escaped string: String) {
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 10: write(raw: "\\n")
            case 13: write(raw: "\\r")
            case 9: write(raw: "\\t")
            case 0..<32: write(raw: "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
    }
}

extension SOQLPlan {
    /// The same without its LIMIT, which in a subquery counts for each record above.
    fileprivate var unlimited: SOQLPlan {
        var plan = self
        plan.limit = nil
        return plan
    }
}
