import JSON

/// A property's value as the tables hold it; how it reads on the wire is its type's matter.
enum ERPValue: Sendable, Hashable {
    case null
    case text(String)
    /// Whole and decimal numbers, digit by digit as they are sent.
    case number(String)
    case flag(Bool)
    /// Steps of 100 ns since 1970, UTC.
    case moment(Int64)
    /// Seconds of a day.
    case time(Int)

    static let ticksPerSecond: Int64 = 10_000_000

    static func moment(_ at: Timestamp, ticks: Int64 = 0) -> ERPValue {
        .moment(at.seconds &* ticksPerSecond &+ ticks)
    }

    /// Midnight of a day such as `2026-01-15`; null for anything else.
    static func day(_ text: String) -> ERPValue {
        Timestamp(text + "T00:00:00Z").map { .moment($0) } ?? .null
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// How it is ordered against another of the same kind; nil where they do not compare.
    func isLess(than other: ERPValue) -> Bool? {
        switch (self, other) {
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.number(let left), .number(let right)):
            ExactNumber(left).flatMap { left in ExactNumber(right).map { left < $0 } }
        case (.flag(let left), .flag(let right)): !left && right
        case (.moment(let left), .moment(let right)): left < right
        case (.time(let left), .time(let right)): left < right
        default: nil
        }
    }

    func equals(_ other: ERPValue) -> Bool {
        if case .number(let left) = self, case .number(let right) = other {
            return ExactNumber(left) == ExactNumber(right)
        }
        return self == other
    }

    // Forms

    /// `2026-01-15T07:00:00.1234567`, the fraction only where there is one.
    static func iso(_ ticks: Int64) -> String {
        let (seconds, rest) = split(ticks)
        let digits = String(rest)
        let fraction =
            rest == 0 ? "" : "." + String(repeating: "0", count: 7 - digits.count) + digits
        return String(Timestamp(seconds).iso(fraction: fraction).dropLast())
    }

    /// Whole milliseconds, as JSON of version 2 writes moments: what is finer is cut off.
    static func milliseconds(_ ticks: Int64) -> Int64 {
        let (seconds, rest) = split(ticks)
        return seconds &* 1000 &+ rest / 10_000
    }

    private static func split(_ ticks: Int64) -> (seconds: Int64, rest: Int64) {
        let rest = ticks % ticksPerSecond
        let positive = rest < 0 ? rest + ticksPerSecond : rest
        return ((ticks - positive) / ticksPerSecond, positive)
    }

    /// `07:30:12` with other separators: `PT07H30M12S` is `H`, `M` and `S`.
    static func clock(_ seconds: Int) -> (hours: String, minutes: String, seconds: String) {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return (two(seconds / 3600 % 24), two(seconds / 60 % 60), two(seconds % 60))
    }

    /// The ticks of a day, a local time or one with `Z` or an offset; fractions to 100 ns.
    static func ticks(_ text: String) -> Int64? {
        if text.utf8.count == 10 { return Timestamp(text + "T00:00:00Z").map { ticks($0) } }
        var rest = Substring(text)
        let minutes = offset(&rest)
        guard let minutes else { return nil }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let clock = parts[0].utf8.count == 16 ? parts[0] + ":00" : parts[0]
        guard let second = Timestamp(clock + "Z") else { return nil }
        var fraction: Int64 = 0
        if parts.count > 1 {
            guard (1...7).contains(parts[1].utf8.count), parts[1].allSatisfy(\.isWholeNumber),
                let digits = Int64(parts[1] + String(repeating: "0", count: 7 - parts[1].count))
            else { return nil }
            fraction = digits
        }
        return ticks(second.advanced(by: -minutes * 60)) + fraction
    }

    private static func ticks(_ at: Timestamp) -> Int64 { at.seconds &* ticksPerSecond }

    /// Takes the zone off a moment's end; minutes east of Greenwich, nil for nonsense.
    private static func offset(_ text: inout Substring) -> Int64? {
        if text.hasSuffix("Z") {
            text = text.dropLast()
            return 0
        }
        let zone = text.suffix(6)
        guard zone.utf8.count == 6, let sign = zone.first, sign == "+" || sign == "-" else {
            return 0
        }
        let parts = zone.dropFirst().split(separator: ":")
        // A day ends in `-15` too, but has no colon.
        guard parts.count == 2 else { return 0 }
        guard let hours = Int64(parts[0]), let minutes = Int64(parts[1]), hours < 15, minutes < 60
        else { return nil }
        text = text.dropLast(6)
        return (hours * 60 + minutes) * (sign == "-" ? -1 : 1)
    }
}
