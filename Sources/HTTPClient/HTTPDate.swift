/// An instant as HTTP writes it, in UTC and to the second.
///
/// The three forms of RFC 9110 §5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`,
/// `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. The day's name is not checked:
/// the rest says which day it is.
package struct HTTPDate: Equatable, Sendable {
    package let secondsSince1970: Int64

    /// Reads one date.
    ///
    /// `now`, in seconds since 1970, decides the century of two-digit years: the last one that is
    /// not more than 50 years ahead.
    package init?(_ text: String, now: Double) {
        let words = text.split { " ,-".contains($0) }.map(String.init)
        let seconds: Int64?
        if text.contains(","), words.count == 6, words[5] == "GMT" {
            let year =
                words[3].utf8.count == 2
                ? number(words[3], 0...99).map { century($0, now: now) }
                : number(words[3], 1000...9999)
            seconds = instant(year, words[2], words[1], words[4])
        } else if words.count == 5, !text.contains(","), !text.contains("-") {
            seconds = instant(number(words[4], 1000...9999), words[1], words[2], words[3])
        } else {
            seconds = nil
        }
        guard let seconds else { return nil }
        secondsSince1970 = seconds
    }
}

private let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

private func instant(
    _ year: Int64?, _ monthName: String, _ dayText: String, _ time: String
) -> Int64? {
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let year, let monthIndex = months.firstIndex(of: monthName),
        let day = number(dayText, 1...31), clock.count == 3,
        let hour = number(clock[0], 0...23), let minute = number(clock[1], 0...59),
        // 60 is a leap second.
        let second = number(clock[2], 0...60)
    else { return nil }
    let days = daysSince1970(year: year, month: Int64(monthIndex) + 1, day: day)
    return days * 86_400 + hour * 3_600 + minute * 60 + second
}

/// Days of the proleptic Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year; 400 such years
/// are 146097 days, and 1970-01-01 is day 719468 since 0000-03-01.
private func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let yearFromMarch = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return yearFromMarch * 365 + yearFromMarch / 4 - yearFromMarch / 100 + yearFromMarch / 400
        + dayOfYear - 719_468
}

private func century(_ year: Int64, now: Double) -> Int64 {
    let years = (min(max(now, 0), 1e11) / 31_556_952).rounded(.down)
    let thisYear = 1970 + (Int64(exactly: years) ?? 0)
    let candidate = thisYear - thisYear % 100 + year
    if candidate > thisYear + 50 { return candidate - 100 }
    return candidate + 100 <= thisYear + 50 ? candidate + 100 : candidate
}

private func number(_ text: String, _ range: ClosedRange<Int64>) -> Int64? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        let value = Int64(text), range.contains(value)
    else { return nil }
    return value
}
