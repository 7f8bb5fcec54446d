/// What a query finds.
extension CRMData {
    /// Whether a query sees the record.
    ///
    /// With `isAll` the recycle bin and the archive are looked into as well; the bin is emptied
    /// of what has lain there for long.
    func isVisible(_ record: CRMRecord, of object: Int, isAll: Bool, now: Timestamp) -> Bool {
        guard !record.isHeld, !record.isPurged else { return false }
        guard isAll else {
            return record.deletedAt == nil && !(object == Self.task && isArchived(record))
        }
        guard let deletedAt = record.deletedAt else { return true }
        return now.seconds - deletedAt.seconds < Limits.deletionWindow
    }

    private func isArchived(_ task: CRMRecord) -> Bool {
        Self.archivedSlot.map { task.values[$0].flag } ?? false
    }

    private static let task = CRMSchema.number(of: "Task") ?? 0
    private static let archivedSlot = CRMSchema.objects[task].slot("IsArchived")

    /// The rows of the plan's object, in order, within LIMIT and OFFSET.
    func rows(_ plan: SOQLPlan, isAll: Bool, now: Timestamp) -> [Int] {
        let table = tables[plan.object]
        var rows: [Int] = []
        for row in table.records.indices
        where isVisible(table[row], of: plan.object, isAll: isAll, now: now) {
            if let filter = plan.filter, !matches(table[row], of: plan.object, filter) { continue }
            rows.append(row)
        }
        rows = sorted(rows, plan)
        if plan.offset > 0 { rows.removeFirst(min(plan.offset, rows.count)) }
        if let limit = plan.limit, limit < rows.count { rows.removeLast(rows.count - limit) }
        return rows
    }

    private func sorted(_ rows: [Int], _ plan: SOQLPlan) -> [Int] {
        guard !plan.order.isEmpty else { return rows }
        let records = tables[plan.object]
        let keys = rows.map { row in
            plan.order.map { value($0.operand, of: records[row], plan.object) }
        }
        let order = rows.indices.sorted { left, right in
            for (index, clause) in plan.order.enumerated() {
                let order = Self.order(keys[left][index], keys[right][index], clause)
                if order != 0 { return order < 0 }
            }
            return left < right
        }
        return order.map { rows[$0] }
    }

    private static func order(_ left: CRMValue, _ right: CRMValue, _ clause: SOQLOrder) -> Int {
        if left == .null || right == .null {
            if left == right { return 0 }
            return (left == .null) == clause.isNullLast ? 1 : -1
        }
        let order = left.order(right) ?? 0
        return clause.isDescending ? -order : order
    }

    func matches(_ record: CRMRecord, of object: Int, _ filter: SOQLFilter) -> Bool {
        switch filter {
        case .all(let filters): return filters.allSatisfy { matches(record, of: object, $0) }
        case .any(let filters): return filters.contains { matches(record, of: object, $0) }
        case .not(let inner): return !matches(record, of: object, inner)
        case .compare(let operand, let comparison, let wanted):
            return Self.compare(value(operand, of: record, object), comparison, wanted)
        case .like(let operand, let pattern):
            return value(operand, of: record, object).text.map(pattern.matches) ?? false
        case .oneOf(let operand, let texts, let hasNull, let isNegated):
            let isIn =
                switch value(operand, of: record, object) {
                case .null: hasNull
                case .id(let id): texts.contains(id)
                case let value: value.text.map { texts.contains($0.lowercased()) } ?? false
                }
            return isIn != isNegated
        }
    }

    private static func compare(
        _ value: CRMValue, _ comparison: SOQLQuery.Operator, _ wanted: CRMValue
    ) -> Bool {
        let order = value.order(wanted)
        switch comparison {
        case .equal: return order == 0
        case .unequal: return order != 0
        case .less: return order == -1
        case .lessOrEqual: return order == -1 || order == 0
        case .greater: return order == 1
        case .greaterOrEqual: return order == 1 || order == 0
        case .like: return false
        }
    }

    func value(_ operand: SOQLOperand, of record: CRMRecord, _ object: Int) -> CRMValue {
        switch operand {
        case .field(let source): return record.value(at: source)
        case .through(let source, let rest):
            guard case .id(let id) = record.value(at: source), let (target, row) = place(of: id)
            else { return .null }
            return value(rest, of: tables[target][row], target)
        case .named(let name): return named(name, of: record, object)
        }
    }

    private func named(_ name: String, of record: CRMRecord, _ object: Int) -> CRMValue {
        let schema = CRMSchema.objects[object]
        if name == "Type" { return .text(schema.name) }
        let field = schema.field(name == "Name" ? schema.nameField ?? "" : name)
        return field.map { record.value(at: $0.source) } ?? .null
    }

    /// Whether the condition names the links it wants, as the vendor demands of this object.
    static func namesLinks(_ condition: SOQLQuery.Condition?) -> Bool {
        let wanted = ["id", "contentdocumentid", "linkedentityid"]
        switch condition {
        case .compare(let path, .equal, let value):
            return wanted.contains(path.text.lowercased()) && !value.isWord("NULL")
        case .oneOf(let path, _, isNegated: false):
            return wanted.contains(path.text.lowercased())
        case .all(let conditions): return conditions.contains { namesLinks($0) }
        default: return false
        }
    }
}
