package import FoundationEssentials

/// An instant as endpoints write it.
///
/// RFC 3339 with a fraction of any width, also `+0100` for the offset, no offset for UTC, or the
/// day alone; the same without separators, as IDocs have it; and OData 2's `/Date(milliseconds)/`.
/// Behind midnight there may be a time of day as a duration, such as `PT19H14M17S`. Source: RFC
/// 3339 §5.6; ISO 8601, basic format; OData 2, JSON format; XML Schema, duration.
package struct Timestamp {
    package private(set) var date: Date

    /// Offsets from UTC in use reach 14 hours.
    private static let offsetHoursMax = 14

    private var rest: ArraySlice<UInt8>

    /// - Parameter text: Nil where it is no instant of the years 1 to 9999, or the first of
    ///   them, which some systems write for none.
    package init?(_ text: String) {
        (rest, date) = (Array(text.utf8)[...], .distantPast)
        let seconds = text.hasPrefix("/Date(") ? milliseconds() : self.seconds()
        // 0001-01-01T00:00:00Z and 10000-01-01T00:00:00Z.
        guard let seconds, rest.isEmpty, seconds > -62_135_596_800, seconds < 253_402_300_800
        else { return nil }
        date = Date(timeIntervalSince1970: seconds)
    }

    private mutating func milliseconds() -> Double? {
        rest = rest.dropFirst("/Date(".utf8.count)
        let sign: Double = take("-") ? -1 : 1
        guard let number = number(digits: 1...15) else { return nil }
        // What follows the number only says where it was written.
        if take("+") || take("-"), self.number(digits: 4...4) == nil { return nil }
        guard take(")"), take("/"), let time = timeOfDay() else { return nil }
        return sign * Double(number) / 1000 + time
    }

    private mutating func timeOfDay() -> Double? {
        guard take("P") else { return 0 }
        guard take("T") else { return nil }
        var seconds = 0.0
        for (unit, length) in [("H", 3600.0), ("M", 60.0), ("S", 1.0)] as [(Unicode.Scalar, Double)]
        {
            let before = rest
            guard let number = number(digits: 1...2), let fraction = fraction(), take(unit) else {
                rest = before
                continue
            }
            seconds += (Double(number) + fraction) * length
        }
        return seconds < 86_400 ? seconds : nil
    }

    private mutating func seconds() -> Double? {
        guard let year = number(digits: 4...4) else { return nil }
        let isBasic = !take("-")
        guard let month = number(digits: 2...2), isBasic || take("-"),
            let day = number(digits: 2...2), year > 0, (1...12).contains(month),
            (1...Self.days(inMonth: month, year)).contains(day)
        else { return nil }
        let midnight = Self.days(year, month, day) * 86_400
        if rest.isEmpty { return Double(midnight) }
        // A day and a time that were joined have nothing between them.
        _ = take("T") || take("t") || take(" ")
        guard let hour = number(digits: 2...2), isBasic || take(":"),
            let minute = number(digits: 2...2), hour < 24, minute < 60
        else { return nil }
        var second = 0
        if isBasic || take(":") {
            // A leap second counts as the first second of the next minute.
            guard let read = number(digits: 2...2), read <= 60 else { return nil }
            second = read
        }
        guard let fraction = fraction(), let offset = offset(), let time = timeOfDay() else {
            return nil
        }
        return Double(midnight + hour * 3600 + minute * 60 + second - offset) + fraction + time
    }

    private mutating func fraction() -> Double? {
        guard take(".") || take(",") else { return 0 }
        let digits = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        return digits.prefix(9).reversed().reduce(0) { ($0 + Double($1 - UInt8(ascii: "0"))) / 10 }
    }

    /// Seconds east of Greenwich.
    private mutating func offset() -> Int? {
        if rest.isEmpty || rest.first == UInt8(ascii: "P") || take("Z") || take("z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = number(digits: 2...2) else { return nil }
        _ = take(":")
        let minutes = rest.isEmpty ? 0 : number(digits: 2...2)
        guard let minutes, hours <= Self.offsetHoursMax, minutes < 60 else { return nil }
        return (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
    }

    /// At most 15 digits, so that no number overflows.
    private mutating func number(digits: ClosedRange<Int>) -> Int? {
        let found = rest.prefix(digits.upperBound).prefix { $0 &- UInt8(ascii: "0") < 10 }
        guard found.count >= digits.lowerBound else { return nil }
        rest = rest[found.endIndex...]
        return found.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private static func days(inMonth month: Int, _ year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 1970-01-01 in the Gregorian calendar.
    ///
    /// Years are counted from March, so that the leap day is the last of its year.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        // 719468 days from 0000-03-01 to 1970-01-01.
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
