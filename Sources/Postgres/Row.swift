/// One row of an answer, read by column name.
package struct Row: Sendable {
    /// Shared by all rows of an answer.
    let columns: [String: Int]
    let values: [String?]

    /// The value of a column that is never NULL.
    ///
    /// - Throws: ``PostgresError/column(name:expected:)``.
    package func get<Value: ColumnValue>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let value = try optional(name, as: type) else {
            throw .column(name: name, expected: "\(type)")
        }
        return value
    }

    /// The value of a column, nil for NULL.
    ///
    /// - Throws: ``PostgresError/column(name:expected:)`` when absent or of another type.
    package func optional<Value: ColumnValue>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value? {
        guard let index = columns[name] else {
            throw .column(name: name, expected: "present")
        }
        guard let text = values[index] else { return nil }
        guard let value = Value(columnText: text) else {
            throw .column(name: name, expected: "\(type)")
        }
        return value
    }
}
