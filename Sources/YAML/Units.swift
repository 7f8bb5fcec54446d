/// Numbers with a unit: durations, sizes and percentages, in checked arithmetic.
enum Units {
    /// Why a text is no such number.
    struct Problem: Error {
        let message: String
    }

    /// `250ms`, `30s`, `5m`, `1h`, `2d`.
    static func duration(_ text: String) throws(Problem) -> Duration {
        let (count, unit) = try split(text, what: "duration", units: durations.map(\.unit))
        guard let milliseconds = durations.first(where: { $0.unit == unit })?.milliseconds else {
            throw unknownUnit(unit, durations.map(\.unit))
        }
        let (product, overflows) = count.multipliedReportingOverflow(by: milliseconds)
        guard !overflows else { throw Problem(message: "\(quoted(text)) is too long") }
        return .milliseconds(product)
    }

    /// `512B`, `10kB`, `50MB`, `2GB` in powers of 1000; `KiB`, `MiB`, `GiB` in powers of 1024.
    static func bytes(_ text: String) throws(Problem) -> Int {
        let (count, unit) = try split(text, what: "size", units: sizes.map(\.unit))
        guard let factor = sizes.first(where: { $0.unit == unit })?.bytes else {
            throw unknownUnit(unit, sizes.map(\.unit))
        }
        let (product, overflows) = count.multipliedReportingOverflow(by: factor)
        guard !overflows else { throw Problem(message: "\(quoted(text)) is too large") }
        return product
    }

    /// `20%` is 0.2.
    static func fraction(_ text: String) throws(Problem) -> Double {
        let digits = text.dropLast()
        guard text.last == "%", !digits.isEmpty, digits.count <= 12,
            digits.allSatisfy({ $0.isDigit || $0 == "." }), let percent = Double(digits)
        else { throw Problem(message: "\(quoted(text)) is no percentage such as `20%`") }
        guard percent <= 100 else { throw Problem(message: "\(quoted(text)) is more than `100%`") }
        return percent / 100
    }

    /// A number without a superfluous `.0`.
    static func text(ofNumber number: Double) -> String {
        Int(exactly: number).map { String($0) } ?? String(number)
    }

    /// The duration in the largest unit that divides it.
    static func text(of duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard attoseconds == 0 else {
            return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms"
        }
        for (unit, milliseconds) in durations.reversed() where milliseconds >= 1000 {
            let unitSeconds = Int64(milliseconds / 1000)
            if seconds != 0, seconds % unitSeconds == 0 { return "\(seconds / unitSeconds)\(unit)" }
        }
        return "\(seconds)s"
    }

    /// The size in the largest decimal unit that divides it.
    static func text(ofBytes bytes: Int) -> String {
        for (unit, factor) in sizes.reversed() where factor % 10 == 0 || factor == 1 {
            if bytes % factor == 0, bytes >= factor { return "\(bytes / factor)\(unit)" }
        }
        return "\(bytes)B"
    }

    private static let durations = [
        (unit: "ms", milliseconds: 1), (unit: "s", milliseconds: 1000),
        (unit: "m", milliseconds: 60_000), (unit: "h", milliseconds: 3_600_000),
        (unit: "d", milliseconds: 86_400_000),
    ]

    private static let sizes = [
        (unit: "B", bytes: 1), (unit: "KiB", bytes: 1 << 10), (unit: "MiB", bytes: 1 << 20),
        (unit: "GiB", bytes: 1 << 30), (unit: "kB", bytes: 1000), (unit: "MB", bytes: 1_000_000),
        (unit: "GB", bytes: 1_000_000_000),
    ]

    private static func split(
        _ text: String, what: String, units: [String]
    ) throws(Problem) -> (count: Int, unit: String) {
        let digits = text.prefix(while: \.isDigit)
        let unit = String(text.dropFirst(digits.count))
        guard !digits.isEmpty else {
            throw Problem(
                message: "\(quoted(text)) is no \(what); write a whole number and a unit "
                    + "(\(units.joined(separator: ", ")))")
        }
        guard let count = Int(digits) else {
            throw Problem(message: "\(quoted(text)) is too large a number")
        }
        return (count, unit)
    }

    private static func unknownUnit(_ unit: String, _ units: [String]) -> Problem {
        let list = units.map { "`\($0)`" }.joined(separator: ", ")
        return Problem(message: "\(quoted(unit)) is no unit; use one of \(list)")
    }
}
