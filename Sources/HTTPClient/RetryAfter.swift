/// What a server means by `Retry-After`.
package enum RetryAfter {
    /// Reads delta-seconds or one of the three forms of an HTTP date.
    ///
    /// Source: RFC 9110 §10.2.3 and §5.6.7.
    ///
    /// - Parameters:
    ///   - value: The header's value.
    ///   - now: Seconds since 1970 in UTC, which a date is compared to.
    /// - Returns: From zero to 24 hours: a date that has passed is zero, a longer pause is cut.
    ///   Nil for anything that is neither form.
    package static func parse(_ value: String, now: Double) -> Duration? {
        let text = trimmed(value)
        guard !text.isEmpty else { return nil }
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            // More digits than an `Int64` holds are a long time all the same.
            let seconds = Int64(text) ?? .max
            return min(.seconds(min(seconds, 1 << 40)), Limits.retryAfterMax)
        }
        guard let date = HTTPDate(text, now: now) else { return nil }
        let wait = Double(date.secondsSince1970) - now
        guard wait.isFinite, wait > 0 else { return .zero }
        guard wait < Limits.retryAfterMax / .seconds(1) else { return Limits.retryAfterMax }
        return .seconds(wait)
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = text.drop(while: isSpace)
        return String(start.reversed().drop(while: isSpace).reversed())
    }
}
