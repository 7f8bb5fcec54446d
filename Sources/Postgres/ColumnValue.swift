package import Foundation

/// A type that a column's text form can be read as.
package protocol ColumnValue {
    /// - Parameter columnText: The server's text form, with `DateStyle` ISO and `TimeZone` UTC.
    init?(columnText: String)
}

extension String: ColumnValue {
    package init?(columnText: String) { self = columnText }
}

extension Int: ColumnValue {
    package init?(columnText: String) { self.init(columnText) }
}

extension Int64: ColumnValue {
    package init?(columnText: String) { self.init(columnText) }
}

extension Double: ColumnValue {
    package init?(columnText: String) { self.init(columnText) }
}

extension UUID: ColumnValue {
    package init?(columnText: String) { self.init(uuidString: columnText) }
}

extension Bool: ColumnValue {
    package init?(columnText: String) {
        switch columnText {
        case "t": self = true
        case "f": self = false
        default: return nil
        }
    }
}

/// An element whose arrays have a text form of their own.
package protocol ColumnElement {
    static func values(columnText: String) -> [Self]?
}

extension Array: ColumnValue where Element: ColumnElement {
    package init?(columnText: String) {
        guard let values = Element.values(columnText: columnText) else { return nil }
        self = values
    }
}

extension UInt8: ColumnElement {
    /// `\x` and two hexadecimal digits a byte.
    package static func values(columnText: String) -> [UInt8]? {
        let digits = columnText.utf8
        guard columnText.hasPrefix("\\x"), digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2 - 1)
        var high: UInt8?
        for digit in digits.dropFirst(2) {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x61...0x66: value = digit - 0x61 + 10
            default: return nil
            }
            if let upper = high {
                bytes.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }
}

extension Date: ColumnValue {
    /// `2026-11-23 21:11:44.123456+00`, the fraction as long as it must be.
    package init?(columnText: String) {
        let parts = columnText.split(
            maxSplits: 10, omittingEmptySubsequences: true, whereSeparator: { "- :+".contains($0) })
        guard parts.count == 7, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), let hour = Int(parts[3]), let minute = Int(parts[4]),
            let second = Double(parts[5]), Int(parts[6]) == 0, (1...294_276).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let days = Date.dayNumber(year: year, month: month, day: day)
        let seconds = Double(days * 86_400 + hour * 3600 + minute * 60) + second
        self.init(timeIntervalSince1970: seconds)
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    ///
    /// The year begins in March here, so that the leap day is its last.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        return shifted * 365 + leapDays + dayOfYear - 719_468
    }
}

extension String: ColumnElement {
    /// A one-dimensional array: `{plain,"quoted \" \\"}`.
    package static func values(columnText: String) -> [String]? {
        guard columnText.hasPrefix("{"), columnText.hasSuffix("}") else { return nil }
        var values: [String] = []
        var value = String.UnicodeScalarView()
        var (isQuoted, isEscaped, hasValue) = (false, false, false)
        for scalar in columnText.unicodeScalars.dropFirst().dropLast() {
            switch scalar {
            case _ where isEscaped:
                value.append(scalar)
                isEscaped = false
            case "\\": isEscaped = true
            case "\"":
                isQuoted.toggle()
                hasValue = true
            case "," where !isQuoted:
                values.append(String(value))
                value = String.UnicodeScalarView()
                hasValue = false
            default:
                value.append(scalar)
                hasValue = true
            }
        }
        guard !isQuoted, !isEscaped else { return nil }
        if hasValue || !values.isEmpty { values.append(String(value)) }
        return values
    }
}
