/// One thing that goes wrong on purpose.
struct Fault: Sendable {
    enum Effect: Sendable {
        /// A refusal, with whatever stands in `Retry-After`; nil leaves the header out.
        case status(Int, retryAfter: RetryAfter?, body: String?)
        /// The true answer, cut off after so many bytes.
        case truncate(after: Int, chunked: Bool)
        /// The logon page of a proxy, with status 200.
        case logonPage
        case expireTokens
        /// The feed's position is no longer known.
        case syncStateNotFound(code: String?, hasLocation: Bool)
        /// The same in the system's own form, where the request holds a position; else nothing.
        case feedExpiry
        case redirect(to: String, status: Int)
        /// The true answer, but later.
        case delay(milliseconds: Int)
        case twist(PageTwist)
    }

    enum RetryAfter: Sendable {
        /// Literally this text.
        case text(String)
        /// As an HTTP date so many seconds from now.
        case date(seconds: Int64)
    }

    /// Path and query with `*` for anything; letters in any case.
    let pattern: String
    /// Matching requests that pass before it strikes.
    var skip: Int
    /// How often it strikes; nil: until it is taken out.
    var count: Int?
    let effect: Effect

    func matches(_ target: String) -> Bool {
        Self.matches(Array(target.lowercased().utf8), Array(pattern.lowercased().utf8))
    }

    /// Goes back to the last `*` only, so it takes no more than the product of both lengths.
    private static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (position, expected) = (0, 0)
        var star: (expected: Int, position: Int)?
        while position < text.count {
            if expected < pattern.count, pattern[expected] == UInt8(ascii: "*") {
                star = (expected, position)
                expected += 1
            } else if expected < pattern.count, pattern[expected] == text[position] {
                (position, expected) = (position + 1, expected + 1)
            } else if let last = star {
                star = (last.expected, last.position + 1)
                (position, expected) = (last.position + 1, last.expected + 1)
            } else {
                return false
            }
        }
        return pattern[expected...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
