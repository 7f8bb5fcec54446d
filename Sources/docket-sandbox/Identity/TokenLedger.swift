/// The access tokens given out, and until when each is good.
struct TokenLedger: Sendable {
    enum Refusal: String, Sendable {
        case missing = "Access token is empty."
        case unknown = "CompactToken parsing failed with error code: 80049217"
        case expired = "Lifetime validation failed, the token is expired."
    }

    /// Seconds a token is good for.
    var lifetime: Int
    private var expiries: [String: Timestamp] = [:]
    private var issuedCount: UInt64 = 0

    init(lifetime: Int) { self.lifetime = lifetime }

    mutating func issue(seed: UInt64, now: Timestamp) -> String {
        if expiries.count >= Limits.tokensMax { expiries = expiries.filter { $0.value > now } }
        if expiries.count >= Limits.tokensMax { expiries = [:] }
        issuedCount += 1
        var random = Mixer(seed, 2, issuedCount)
        let bytes = (0..<48).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0." + Base64.encode(bytes, .url)
        expiries[token] = now.advanced(by: Int64(lifetime))
        return token
    }

    /// Why a request with this `Authorization` may not pass; nil where it may.
    func refusal(of authorization: String?, now: Timestamp) -> Refusal? {
        guard let authorization, authorization.lowercased().hasPrefix("bearer ") else {
            return .missing
        }
        let token = authorization.dropFirst("bearer ".count).filter { $0 != " " }
        guard let expiry = expiries[token] else { return .unknown }
        return now < expiry ? nil : .expired
    }

    /// Every token given out so far has expired.
    mutating func expireAll() { expiries = expiries.mapValues { _ in Timestamp(0) } }
}
