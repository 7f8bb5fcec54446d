import JSON

/// How values are written.
extension CRMData {
    /// A compound address, or null where all of it is empty.
    func address(_ prefix: String, of record: CRMRecord, _ object: Int) -> JSON {
        var members: [(name: String, value: JSON)] = []
        var isEmpty = true
        for part in [
            "City", "Country", "GeocodeAccuracy", "Latitude", "Longitude", "PostalCode", "State",
            "Street",
        ] {
            let value = value(prefix + part, of: record, object)
            if value != .null { isEmpty = false }
            let name = part.prefix(1).lowercased() + part.dropFirst()
            if case .number(let number) = value {
                members.append((name, JSON(number)))
            } else {
                members.append((name, value.text.map { .string($0) } ?? .null))
            }
        }
        return isEmpty ? .null : .object(JSON.Members(members))
    }

    static func text(_ number: Double, _ kind: CRMField.Kind) -> String {
        kind == .int ? Int(exactly: number).map(String.init) ?? "\(number)" : "\(number)"
    }

    /// One line of a table; every value stands in quotes, and nothing is an empty text.
    func appendCSV(
        _ row: Int, _ plan: SOQLPlan, delimiter: UInt8, ending: [UInt8], to bytes: inout [UInt8]
    ) {
        let record = tables[plan.object][row]
        for (index, column) in plan.flat.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            let text: String
            switch value(column.operand, of: record, plan.object) {
            case .null: text = ""
            case .flag(let flag): text = flag ? "true" : "false"
            case .number(let number): text = Self.text(number, column.kind)
            case .moment(let moment): text = CRMTime.csv(moment)
            case .id(let id): text = CRMID.full(id)
            case let value: text = value.text ?? ""
            }
            Self.appendQuoted(text, to: &bytes)
        }
        bytes += ending
    }

    static func appendCSVHeader(
        _ plan: SOQLPlan, delimiter: UInt8, ending: [UInt8], to bytes: inout [UInt8]
    ) {
        for (index, column) in plan.flat.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            appendQuoted(column.name, to: &bytes)
        }
        bytes += ending
    }

    private static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        bytes.append(quote)
        if text.utf8.contains(quote) {
            for byte in text.utf8 {
                if byte == quote { bytes.append(quote) }
                bytes.append(byte)
            }
        } else {
            bytes += text.utf8
        }
        bytes.append(quote)
    }
}
