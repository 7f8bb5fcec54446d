import Domain
import FoundationEssentials
package import JSON

/// Values as filters and keys write them.
///
/// Source: OData 2.0 Overview §6 (Abstract Type System); OData 4.01 ABNF, primitiveLiteral.
package enum ODataLiteral {
    /// Writes one value, not yet percent-encoded.
    ///
    /// - Parameters:
    ///   - value: As a record's payload has it: `/Date(…)/` where the source was JSON of
    ///     version 2, numbers as numbers or text.
    ///   - type: The property's, such as `Edm.DateTime`; what is not of Edm is an enumeration.
    ///   - version: 2 or 4.
    /// - Returns: Nil where the value is not of the type.
    package static func write(_ value: JSON, type: String, version: Int) -> String? {
        let isOld = version < 4
        let text: String
        switch value {
        case .null: return "null"
        case .bool(let flag): return type == "Edm.Boolean" ? "\(flag)" : nil
        case .number(let digits): text = digits
        case .string(let string): text = string
        case .array, .object: return nil
        }
        switch type {
        case "Edm.String": return value.stringValue.map(quoted)
        case "Edm.Boolean": return text == "true" || text == "false" ? text : nil
        case "Edm.Guid": return isGuid(text) ? (isOld ? "guid'\(text)'" : text) : nil
        case "Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32": return whole(text)
        case "Edm.Int64": return whole(text).map { isOld ? $0 + "L" : $0 }
        case "Edm.Decimal": return decimal(text).map { isOld ? $0 + "M" : $0 }
        case "Edm.Double": return number(text).map { isOld ? $0 + "d" : $0 }
        case "Edm.Single": return number(text).map { isOld ? $0 + "f" : $0 }
        case "Edm.DateTime", "Edm.DateTimeOffset", "Edm.Date": return instant(text, type, isOld)
        case "Edm.Time": return isDuration(text) ? "time'\(text)'" : nil
        case "Edm.Duration": return isDuration(text) ? "duration'\(text)'" : nil
        case "Edm.TimeOfDay": return isTimeOfDay(text) ? text : nil
        case _ where type.hasPrefix("Edm."): return nil
        default: return isOld ? nil : "\(type)\(quoted(text))"
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }

    private static func whole(_ text: String) -> String? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return isDigits(digits) ? text : nil
    }

    private static func decimal(_ text: String) -> String? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let lead = parts.first, whole(String(lead)) != nil else { return nil }
        return parts.count == 1 || isDigits(parts[1]) ? text : nil
    }

    private static func number(_ text: String) -> String? {
        let parts = text.split(maxSplits: 1) { $0 == "e" || $0 == "E" }
        guard let lead = parts.first, decimal(String(lead)) != nil else { return nil }
        guard parts.count == 2 else { return text.count == lead.count ? text : nil }
        let exponent = parts[1].hasPrefix("+") ? parts[1].dropFirst() : parts[1]
        return whole(String(exponent)) == nil ? nil : text
    }

    private static func instant(_ text: String, _ type: String, _ isOld: Bool) -> String? {
        guard let date = Timestamp(text)?.date else { return nil }
        // What is written already keeps its fraction, which has more digits than a Date.
        var written = text.hasPrefix("/Date(") ? Self.written(date) : text
        if type == "Edm.Date" { return String(written.prefix(10)) }
        if !written.contains("T") { written += "T00:00:00" }
        let hasZone = written.hasSuffix("Z") || written.dropFirst(11).contains { "+-".contains($0) }
        if type == "Edm.DateTime" {
            if hasZone { written = String(Self.written(date)) }
            if written.hasSuffix("Z") { written.removeLast() }
            return isOld ? "datetime'\(written)'" : written + "Z"
        }
        if !hasZone { written += "Z" }
        return isOld ? "datetimeoffset'\(written)'" : written
    }

    /// In UTC, milliseconds only where there are some.
    private static func written(_ date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        let hasFraction = milliseconds.truncatingRemainder(dividingBy: 1000) != 0
        // The style cuts, and a double is often just below what it stands for.
        let above = Date(timeIntervalSince1970: milliseconds / 1000 + (hasFraction ? 1e-4 : 0))
        return above.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
    }

    private static func isGuid(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
    }

    private static func isDuration(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return digits.hasPrefix("P") && digits.utf8.count <= 32
            && digits.allSatisfy { "PDTHMS.0123456789".contains($0) }
    }

    private static func isTimeOfDay(_ text: String) -> Bool {
        text.utf8.count >= 5 && text.utf8.count <= 21
            && text.allSatisfy { ":.0123456789".contains($0) }
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }
}
