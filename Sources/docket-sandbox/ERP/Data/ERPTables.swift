/// All tables, by name.
struct ERPTables: Sendable {
    private var storage: [ERPTableName: ERPTable] = [:]

    subscript(name: ERPTableName) -> ERPTable {
        get { storage[name, default: ERPTable(name)] }
        // In place: a table may hold millions of rows.
        _modify { yield &storage[name, default: ERPTable(name)] }
    }

    /// Deletes an entity and those that cannot be without it.
    mutating func delete(_ row: Int, of name: ERPTableName, at now: Timestamp) {
        let key = self[name].key(row)
        guard let first = key.first else { return }
        for dependent in name.dependents {
            for row in self[dependent].rows(firstKey: first) {
                self[dependent].delete(row, at: now)
            }
        }
        let objectType = name == .orders ? "BUS2032" : name == .products ? "BUS1001006" : nil
        if let objectType {
            let linked = name == .orders ? ERPAttachmentSeed.padded(first) : first
            for row in attachments(objectType: objectType, objectKey: linked) {
                self[.attachments].delete(row, at: now)
            }
        }
        self[name].delete(row, at: now)
    }

    /// Live rows of the attachments that hang on an object, its key in the internal length.
    func attachments(objectType: String, objectKey: String) -> [Int] {
        let table = self[.attachments]
        return table.rows.indices.filter { row in
            !table.rows[row].isDeleted
                && table.value(row, "BusinessObjectTypeName") == .text(objectType)
                && table.value(row, "LinkedSAPObjectKey") == .text(objectKey)
        }
    }
}
