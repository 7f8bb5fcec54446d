import Foundation
package import JSON

/// Rows for people and programs: one set of values, four forms.
package struct Table: Sendable {
    package enum Format: String, CaseIterable, Sendable {
        case table, json, jsonl, csv
    }

    let columns: [String]
    var rows: [[JSON]] = []

    package init(columns: [String], rows: [[JSON]] = []) {
        (self.columns, self.rows) = (columns, rows)
    }

    /// - Parameters:
    ///   - format: The form wanted.
    ///   - width: Columns of the terminal; nil leaves lines as long as they are.
    /// - Returns: Text that ends with a line feed, or nothing for an empty table.
    package func rendered(as format: Format, width: Int? = nil) -> String {
        switch format {
        case .table: aligned(width)
        case .json: "[" + objects.joined(separator: ",\n ") + "]\n"
        case .jsonl: objects.map { $0 + "\n" }.joined()
        case .csv: ([columns] + rows.map { $0.map(Self.text) }).map(Self.csvLine).joined()
        }
    }

    private var objects: [String] {
        rows.map { row in
            JSON.object(.init(zip(columns, row).map { (name: $0, value: $1) })).serialized()
        }
    }

    /// Columns side by side; the widest give way until a line fits the terminal.
    private func aligned(_ width: Int?) -> String {
        guard !rows.isEmpty else { return "" }
        let cells = [columns.map { $0.uppercased() }] + rows.map { $0.map(Self.cell) }
        var widths = columns.indices.map { index in cells.map { $0[index].count }.max() ?? 0 }
        if let width {
            while widths.reduce(0, +) + 2 * (widths.count - 1) > width,
                let widest = widths.max(), widest > 12, let index = widths.firstIndex(of: widest)
            {
                widths[index] -= 1
            }
        }
        return cells.map { row in
            let line = zip(row, widths).map { cell, width in
                cell.count > width
                    ? cell.prefix(width - 1) + "…"
                    : cell + String(repeating: " ", count: width - cell.count)
            }.joined(separator: "  ")
            let end = line.lastIndex { $0 != " " }
            return (end.map { String(line[...$0]) } ?? "") + "\n"
        }.joined()
    }

    /// One line without control characters, whatever the value holds: a stranger's title must not
    /// steer the terminal.
    private static func cell(_ value: JSON) -> String {
        let line = text(value).split(whereSeparator: { $0.isNewline || $0 == "\t" })
            .joined(separator: " ")
        let scalars = line.unicodeScalars.filter { $0.properties.generalCategory != .control }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .array(let items): items.map(text).joined(separator: ", ")
        default: value.serialized()
        }
    }

    /// A line of RFC 4180.
    ///
    /// Spreadsheets take a cell that begins like a formula for one; an apostrophe keeps it text
    /// (OWASP, "CSV Injection"). Readers see bytes and not characters: to Swift, a line break of
    /// two bytes and a quote with an accent are characters of their own.
    private static func csvLine(_ cells: [String]) -> String {
        cells.map { cell in
            let isFormula = cell.utf8.first.map("=+-@\t\r".utf8.contains) ?? false
            let isNumber = Double(cell) != nil
            let text = isFormula && !isNumber ? "'" + cell : cell
            guard text.utf8.contains(where: "\",\n\r".utf8.contains) else { return text }
            let quoted = text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
            return "\"" + String(String.UnicodeScalarView(quoted)) + "\""
        }.joined(separator: ",") + "\r\n"
    }
}
