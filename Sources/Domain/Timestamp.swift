package import FoundationEssentials

/// Instants as endpoints write them.
package enum Timestamp {
    /// Years that mean something; `0001-01-01` stands for "none" in many systems.
    private static let years = 1600...9999

    /// Reads an RFC 3339 instant with a fraction of any width, or a date alone, which is midnight.
    ///
    /// Without an offset the instant is UTC. A leap second is the one after it.
    ///
    /// Source: RFC 3339 §5.6; ISO 8601 calendar dates.
    ///
    /// - Parameter text: Such as `2026-01-15T08:00:02.0266667Z` or `2026-01-15`.
    /// - Returns: nil for anything else, and for years outside 1600 to 9999.
    package static func parse(_ text: String) -> Date? {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard let year = scanner.number(digits: 4), scanner.take("-"),
            let month = scanner.number(digits: 2), scanner.take("-"),
            let day = scanner.number(digits: 2), years.contains(year), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        let midnight = Double(dayNumber(year, month, day)) * 86_400
        if scanner.isAtEnd { return Date(timeIntervalSince1970: midnight) }
        guard scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.number(digits: 2), scanner.take(":"),
            let minute = scanner.number(digits: 2), scanner.take(":"),
            let second = scanner.number(digits: 2), hour <= 24, minute < 60, second <= 60
        else { return nil }
        let fraction = scanner.take(".") || scanner.take(",") ? scanner.fraction() : 0
        guard let fraction, let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let time = Double(hour * 3600 + minute * 60 + second - offset) + fraction
        return Date(timeIntervalSince1970: midnight + time)
    }

    /// Days from 1970-01-01, by counting years from March so that leap days come last.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        return shifted * 365 + leapDays + dayOfYear - 719_468
    }

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        var isAtEnd: Bool { index == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        private mutating func digit() -> Int? {
            guard index < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[index]
            else { return nil }
            defer { index += 1 }
            return Int(bytes[index] - UInt8(ascii: "0"))
        }

        mutating func number(digits: Int) -> Int? {
            var number = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                number = number * 10 + digit
            }
            return number
        }

        /// What follows a decimal point, in seconds; at least one digit.
        mutating func fraction() -> Double? {
            guard var value = digit().map({ Double($0) / 10 }) else { return nil }
            var scale = 0.01
            while let digit = digit() {
                value += Double(digit) * scale
                scale /= 10
            }
            return value
        }

        /// Seconds east of UTC.
        mutating func offset() -> Int? {
            if isAtEnd || take("Z") || take("z") { return 0 }
            let sign = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hours = number(digits: 2) else { return nil }
            _ = take(":")
            guard let minutes = number(digits: 2), hours < 24, minutes < 60 else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }
}
