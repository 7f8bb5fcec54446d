import CSV
import Domain
import JSON

/// A table with a header line as records.
///
/// A name with dots is a member of a member, as where the endpoint answers in JSON; a field that
/// is empty is null.
enum CSVRecords {
    static func items(_ bytes: [UInt8]) throws(Unreadable) -> [JSON] {
        var reader = CSVReader()
        var header: [[String]]?
        var items: [JSON] = []
        do throws(CSVError) {
            var rows = try reader.read(bytes)
            if let last = try reader.finish() { rows.append(last) }
            for row in rows {
                guard let names = header else {
                    header = row.map { $0.text.split(separator: ".").map(String.init) }
                    continue
                }
                items.append(record(names, row))
            }
        } catch {
            throw Unreadable(reason: "no table: \(error)")
        }
        return items
    }

    private static func record(_ names: [[String]], _ row: [CSVField]) -> JSON {
        var members = JSON.Members()
        for (name, field) in zip(names, row) {
            let value: JSON =
                switch field.text {
                case "": .null
                case "true" where !field.isQuoted, "false" where !field.isQuoted:
                    .bool(field.text == "true")
                default: .string(field.text)
                }
            guard let first = name.first else { continue }
            if name.count == 1 {
                members[first] = value
            } else if !value.isNull {
                var inner = members[first]?.objectMembers ?? JSON.Members()
                inner[name.dropFirst().joined(separator: ".")] = value
                members[first] = .object(inner)
            }
        }
        return .object(members)
    }
}
