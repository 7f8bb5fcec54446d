import HTTPClient
import Testing

@Suite("RetryAfter")
struct RetryAfterTests {
    /// 1994-11-06 08:49:00 UTC, 37 seconds before the dates of RFC 9110 §5.6.7.
    static let now = 784_111_740.0

    struct Case: CustomTestStringConvertible, Sendable {
        let value: String
        let wait: Duration?

        var testDescription: String { value }
    }

    static let cases: [Case] = [
        Case(value: "0", wait: .zero),
        Case(value: "120", wait: .seconds(120)),
        Case(value: " 7\t", wait: .seconds(7)),
        Case(value: "86400", wait: .seconds(86_400)),
        Case(value: "86401", wait: .seconds(86_400)),
        Case(value: "99999999999999999999999999", wait: .seconds(86_400)),
        Case(value: "-1", wait: nil),
        Case(value: "1.5", wait: nil),
        Case(value: "1e3", wait: nil),
        Case(value: "+3", wait: nil),
        Case(value: "", wait: nil),
        Case(value: "soon", wait: nil),
        Case(value: "Sun, 06 Nov 1994 08:49:37 GMT", wait: .seconds(37)),
        Case(value: "Sunday, 06-Nov-94 08:49:37 GMT", wait: .seconds(37)),
        Case(value: "Sun Nov  6 08:49:37 1994", wait: .seconds(37)),
        Case(value: "Mon, 07 Nov 1994 08:49:00 GMT", wait: .seconds(86_400)),
        Case(value: "Fri, 31 Dec 9999 23:59:60 GMT", wait: .seconds(86_400)),
        Case(value: "Sun, 06 Nov 1994 08:48:59 GMT", wait: .zero),
        Case(value: "Thu, 01 Jan 1970 00:00:00 GMT", wait: .zero),
        // More than 50 years ahead is in the past; less is not.
        Case(value: "Sunday, 06-Nov-45 08:49:37 GMT", wait: .zero),
        Case(value: "Sunday, 06-Nov-44 08:49:37 GMT", wait: .seconds(86_400)),
        Case(value: "Sun, 06 Nov 1994 08:49:37 CET", wait: nil),
        Case(value: "Sun, 06 Nov 1994 24:00:00 GMT", wait: nil),
        Case(value: "Sun, 32 Nov 1994 08:49:37 GMT", wait: nil),
        Case(value: "Sun, 06 Now 1994 08:49:37 GMT", wait: nil),
        Case(value: "Sun, 06 Nov 1994 08:49 GMT", wait: nil),
        Case(value: "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", wait: nil),
    ]

    @Test("reads seconds and the three forms of a date", arguments: cases)
    func parse(_ row: Case) {
        #expect(RetryAfter.parse(row.value, now: Self.now) == row.wait)
    }

    @Test(
        "counts leap days",
        arguments: [
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600.0),
            ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200.0),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400.0),
        ])
    func leap(date: String, seconds: Double) {
        #expect(RetryAfter.parse(date, now: seconds - 5) == .seconds(5))
        #expect(RetryAfter.parse(date, now: seconds) == .zero)
    }

    @Test("survives any clock", arguments: [-1e300, 1e300, .infinity, -.infinity, .nan])
    func anyClock(now: Double) {
        for row in Self.cases { _ = RetryAfter.parse(row.value, now: now) }
    }
}
