/// A moment in whole seconds since 1970, UTC.
struct Timestamp: Comparable, Hashable, Sendable {
    let seconds: Int64

    init(_ seconds: Int64) { self.seconds = seconds }

    /// - Parameter text: `2026-01-15T08:00:02Z`; nil for anything else.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let template = Array("0000-00-00T00:00:00Z".utf8)
        guard bytes.count == template.count else { return nil }
        for (byte, expected) in zip(bytes, template) {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            guard expected == UInt8(ascii: "0") ? isDigit : byte == expected else { return nil }
        }
        func number(_ range: Range<Int>) -> Int64 {
            bytes[range].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        self.seconds = days * 86_400 + hour * 3600 + minute * 60 + second
    }

    static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    func advanced(by seconds: Int64) -> Timestamp { Timestamp(self.seconds &+ seconds) }

    /// `2026-01-15T08:00:02Z`; a fraction such as `.02` goes before the `Z`.
    func iso(fraction: String = "") -> String {
        var bytes: [UInt8] = []
        appendISO(fraction: fraction, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what ``iso(fraction:)`` gives.
    func appendISO(fraction: String = "", to bytes: inout [UInt8]) {
        let (parts, second) = (civil, floorMod(seconds, 86_400))
        func appendTwo(_ number: Int64, after separator: UInt8) {
            bytes.append(separator)
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
        }
        bytes.append(decimal: Int(parts.year))
        appendTwo(parts.month, after: UInt8(ascii: "-"))
        appendTwo(parts.day, after: UInt8(ascii: "-"))
        appendTwo(second / 3600, after: UInt8(ascii: "T"))
        appendTwo(second / 60 % 60, after: UInt8(ascii: ":"))
        appendTwo(second % 60, after: UInt8(ascii: ":"))
        bytes += fraction.utf8
        bytes.append(UInt8(ascii: "Z"))
    }

    /// `Thu, 15 Jan 2026 08:00:02 GMT` (RFC 9110 §5.6.7).
    var httpDate: String {
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let parts = civil
        let weekday = weekdays[Int(floorMod(dayNumber, 7))]
        let month = months[Int(parts.month) - 1]
        return "\(weekday), \(two(parts.day)) \(month) \(parts.year) \(clock) GMT"
    }

    private var dayNumber: Int64 { (seconds - floorMod(seconds, 86_400)) / 86_400 }

    private var clock: String {
        let time = floorMod(seconds, 86_400)
        return "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
    }

    /// Source: the proleptic Gregorian calendar in eras of 400 years, beginning in March.
    private var civil: (year: Int64, month: Int64, day: Int64) {
        let shifted = dayNumber + 719_468
        let era = (shifted - floorMod(shifted, 146_097)) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year - floorMod(year, 400)) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

private func floorMod(_ value: Int64, _ divisor: Int64) -> Int64 {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
}

private func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

extension [UInt8] {
    /// Appends a number in decimal digits.
    mutating func append(decimal number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var (rest, start) = (number.magnitude, digits.count)
        repeat {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for place in start..<digits.count { append(digits[place]) }
    }
}
