/// The forms in which the CRM writes moments, and those it reads.
enum CRMTime {
    /// `2026-01-15T08:00:00.000+0000`, as in JSON: no colon in the offset.
    static func json(_ moment: Timestamp) -> String {
        String(moment.iso(fraction: ".000").dropLast()) + "+0000"
    }

    /// `2026-01-15T08:00:00.000Z`, as in CSV.
    static func csv(_ moment: Timestamp) -> String { moment.iso(fraction: ".000") }

    /// - Parameter text: `2026-01-15T08:00:00`, perhaps a fraction, then `Z`, `+01:00` or `+0100`.
    /// - Returns: Nil for anything else; a blank where the `+` was not escaped is such.
    static func parse(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count > 19, let start = Timestamp(text.prefix(19) + "Z") else { return nil }
        var zone = bytes[19...]
        if zone.first == UInt8(ascii: ".") {
            zone = zone.dropFirst().drop { $0 != UInt8(ascii: "Z") && !isSign($0) }
        }
        if zone.count == 1, zone.first == UInt8(ascii: "Z") { return start }
        let digits = zone.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard let sign = zone.first, isSign(sign), digits.count == 4,
            let number = Int64(String(decoding: digits, as: UTF8.self))
        else { return nil }
        let seconds = number / 100 * 3600 + number % 100 * 60
        return start.advanced(by: sign == UInt8(ascii: "+") ? -seconds : seconds)
    }

    /// Reads `Thu, 15 Jan 2026 08:00:02 GMT` (RFC 9110 §5.6.7).
    static func parse(httpDate text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT",
            let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp("\(words[3])-\(number)-\(words[1])T\(words[4])Z")
    }

    /// Whether this is a date such as `2026-01-15`.
    static func isDay(_ text: String) -> Bool { Timestamp(text + "T00:00:00Z") != nil }

    static func truncatedToMinute(_ moment: Timestamp) -> Timestamp {
        Timestamp(moment.seconds - moment.seconds % 60)
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
