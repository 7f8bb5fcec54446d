import Domain
import Foundation
import JSON
import Normalize
import Testing

@Suite("Timestamps of records")
struct TimestampTests {
    /// Seconds since 1970; nil: none.
    static let cases: [(String, Double?)] = [
        ("1970-01-01T00:00:00Z", 0), ("2026-01-15T08:00:02Z", 1_768_464_002),
        ("2026-01-15T08:00:02.5Z", 1_768_464_002.5),
        ("2026-01-15T08:00:02.02Z", 1_768_464_002.02),
        ("2026-01-15T08:00:02.0266667Z", 1_768_464_002.0266667),
        ("2026-01-15T08:00:02.123456789012345678901234567890Z", 1_768_464_002.123456789),
        ("2026-01-15T09:30:02+01:30", 1_768_464_002),
        ("2026-01-15T08:00:02.000+0000", 1_768_464_002),
        ("2026-01-15T01:00:02-07", 1_768_464_002), ("2026-01-15t08:00:02z", 1_768_464_002),
        ("2026-01-15 08:00:02", 1_768_464_002), ("2026-01-15", 1_768_435_200),
        ("2024-02-29T00:00:00Z", 1_709_164_800), ("2016-12-31T23:59:60Z", 1_483_228_800),
        ("1900-03-01T00:00:00Z", -2_203_891_200), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ("/Date(1768464002000)/", 1_768_464_002), ("/Date(1768464002000+0060)/", 1_768_464_002),
        ("/Date(-1000)/", -1),
        ("0001-01-01T00:00:00Z", nil), ("0001-01-01T00:00:00", nil), ("0000-01-01T00:00:00Z", nil),
        ("10000-01-01T00:00:00Z", nil), ("9999-12-31T23:59:59-14:00", nil),
        ("2026-02-29T00:00:00Z", nil), ("1900-02-29T00:00:00Z", nil), ("2026-13-01", nil),
        ("2026-00-01", nil), ("2026-01-32", nil), ("2026-01-15T24:00:00Z", nil),
        ("2026-01-15T08:60:00Z", nil), ("2026-01-15T08:00:61Z", nil),
        ("2026-01-15T08:00:02+24:00", nil), ("2026-01-15T08:00:02.Z", nil),
        ("2026-01-15T08:00:02Zx", nil), ("2026-01-15T", nil), ("yesterday", nil), ("", nil),
        ("99999999999999999999-01-01T00:00:00Z", nil), ("-001-01-01T00:00:00Z", nil),
        ("/Date(-9223372036854775808)/", nil), ("/Date(999999999999999)/", nil), ("/Date()/", nil),
        ("/Date(1", nil), ("/Date(1+2)/", nil), ("２０２６-01-15", nil),
    ]

    @Test("are read in every form in use, and are none when they are no instant", arguments: cases)
    func reading(_ text: String, _ seconds: Double?) throws {
        let document = try Normalizer.document(
            from: Messages.record(["sentAt": .string(text)]), mapping: Messages.mapping())
        let read = document.createdAt?.timeIntervalSince1970
        guard let seconds else { return #expect(read == nil) }
        #expect(abs(try #require(read) - seconds) < 1e-6)
    }
}
