import YAML

/// When a connector is read.
package enum Schedule: Sendable, Equatable {
    /// That long after the last pass began.
    case interval(Duration)
    /// At the times of a systemd calendar expression, such as `Mon..Fri 08..18:00/10`.
    ///
    /// Source: systemd.time(7), calendar events.
    case calendar(String)
}

extension Schedule {
    static let form = Form<Schedule>(.text(name: "schedule", pattern: nil)) { node, reader in
        let text = node.scalar
        if text.first?.isNumber == true, !text.contains(where: { ":-/ *".contains($0) }) {
            return Form<Duration>.duration(Limits.interval).decode(node, &reader)
                .map(Schedule.interval)
        }
        if isCalendar(text) { return .calendar(text) }
        reader.error(
            at: node.location,
            "\(quoted(text)) is neither an interval such as `5m` nor a calendar expression such as "
                + "`Mon..Fri 08..18:00/10`")
        return nil
    }

    /// Whether the words look like weekdays, date, time and zone, in that order.
    static func isCalendar(_ text: String) -> Bool {
        guard text.utf8.count <= Limits.calendarCharacters else { return false }
        var words = text.split(separator: " ").map(String.init)[...]
        if words.count == 1, let word = words.first, shorthands.contains(word.lowercased()) {
            return true
        }
        var parts = 0
        if let word = words.first, isWeekdays(word) {
            words.removeFirst()
            parts += 1
        }
        if let word = words.first, isDate(word) {
            words.removeFirst()
            parts += 1
        }
        if let word = words.first, isTime(word) {
            words.removeFirst()
            parts += 1
        }
        if parts > 0, let word = words.first, isZone(word) { words.removeFirst() }
        return parts > 0 && words.isEmpty
    }

    private static let shorthands: Set<String> = [
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "yearly",
        "annually",
    ]

    private static let weekdays = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// `Mon`, `Mon,Wed`, `Mon..Fri`.
    private static func isWeekdays(_ word: String) -> Bool {
        word.lowercased().split(separator: ",", omittingEmptySubsequences: false).allSatisfy {
            part in
            let days = part.split(separator: "..", omittingEmptySubsequences: false)
            return (1...2).contains(days.count)
                && days.allSatisfy { day in
                    weekdays.contains { day == $0 || day == $0.prefix(3) }
                }
        }
    }

    /// `2026-01-31`, `*-*-01`, `12-24`, `*-02~01`.
    private static func isDate(_ word: String) -> Bool {
        let parts = word.replacing("~", with: "-").split(
            separator: "-", omittingEmptySubsequences: false)
        let ranges = [1970...2199, 1...12, 1...31]
        guard (2...3).contains(parts.count) else { return false }
        return zip(parts, ranges.suffix(parts.count)).allSatisfy { isComponent($0, in: $1) }
    }

    /// `08:00`, `08..18:00/10`, `*:0/15:30`.
    private static func isTime(_ word: String) -> Bool {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        let ranges = [0...23, 0...59, 0...59]
        guard (2...3).contains(parts.count) else { return false }
        return zip(parts, ranges).allSatisfy { isComponent($0, in: $1) }
    }

    private static func isZone(_ word: String) -> Bool {
        word == "UTC"
            || (word.contains("/")
                && word.utf8.allSatisfy {
                    (65...90).contains($0 & 0xDF) || "/_-+".utf8.contains($0)
                })
    }

    /// `*`, `8`, `8..18`, `0/15`, and lists of them.
    private static func isComponent(_ text: Substring, in range: ClosedRange<Int>) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { item in
            let halves = item.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(halves.count), let first = halves.first else { return false }
            if halves.count == 2 {
                guard let step = Int(halves[1]), step > 0 else { return false }
            }
            if first == "*" { return true }
            let bounds = first.split(separator: "..", omittingEmptySubsequences: false).map {
                Int($0)
            }
            guard (1...2).contains(bounds.count) else { return false }
            return bounds.allSatisfy { $0.map(range.contains) ?? false }
        }
    }
}
