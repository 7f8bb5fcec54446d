import JSON

/// Faults that strike any request with a probability; the same ones for the same seed.
struct RandomFaults: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case throttle, unavailable, error, timeout, truncate, delay, redirect
        case expireTokens = "expire-tokens"
        case logonPage = "logon-page"
        case feedExpiry = "feed-expired"
        case repeatPage = "repeat-page"
        case emptyPage = "empty-page"
        case duplicateItems = "duplicate-items"
        /// 429 with a `Retry-After` beyond all sense; only where it is asked for.
        case absurdThrottle = "throttle-absurd"
    }

    let rate: Double
    let seed: UInt64
    let kinds: [Kind]
    private(set) var struckCount = 0
    /// Requests seen since these faults were asked for.
    private var requestCount: UInt64 = 0

    /// - Throws: ``ControlError`` where the description does not make sense.
    init(_ json: JSON) throws(ControlError) {
        let fields = try ControlFields(json, known: ["rate", "seed", "kinds"])
        guard let rate = json["rate"]?.doubleValue, (0...1).contains(rate) else {
            throw ControlError("rate is not a number from 0 to 1")
        }
        self.rate = rate
        seed = UInt64(try fields.number("seed", in: 0...Int.max) ?? 1)
        guard let names = json["kinds"]?.arrayValue else {
            kinds = Kind.allCases.filter { $0 != .absurdThrottle }
            return
        }
        var kinds: [Kind] = []
        for name in names {
            guard let kind = name.stringValue.flatMap(Kind.init(rawValue:)) else {
                let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw ControlError("unknown kind \(name.serialized()); known: \(known)")
            }
            kinds.append(kind)
        }
        guard !kinds.isEmpty else { throw ControlError("kinds is empty") }
        self.kinds = kinds
    }

    /// The fault for the next request, mostly none; redirections leave the origin given.
    mutating func next(origin: String) -> Fault.Effect? {
        requestCount += 1
        var random = Mixer(seed, 9000, requestCount)
        guard Double(random.next() >> 11) / Double(1 << 53) < rate else { return nil }
        struckCount += 1
        let kind = kinds[Int(random.next() % UInt64(kinds.count))]
        return Self.effect(kind, variant: random.next() >> 1, origin: origin)
    }

    private static func effect(
        _ kind: Kind, variant: UInt64, origin: String
    ) -> Fault.Effect {
        switch kind {
        case .throttle:
            let forms: [Fault.RetryAfter?] = [.text("0"), .text("1"), .date(seconds: 1), nil]
            return .status(429, retryAfter: forms[Int(variant % 4)], body: nil)
        case .absurdThrottle:
            let forms = ["99999999999999999999", "-1", "soon", "3.5e9"]
            return .status(429, retryAfter: .text(forms[Int(variant % 4)]), body: nil)
        case .unavailable:
            let page = "<html><body><h1>503 Service Unavailable</h1></body></html>"
            return .status(503, retryAfter: variant % 2 == 0 ? nil : .text("1"), body: page)
        case .error: return .status(500, retryAfter: nil, body: nil)
        case .timeout: return .status(504, retryAfter: nil, body: nil)
        case .truncate:
            return .truncate(after: Int(variant / 2 % 400), chunked: variant % 2 == 0)
        case .delay:
            let bounds = Limits.randomDelay
            return .delay(milliseconds: bounds.lowerBound + Int(variant) % bounds.count)
        case .redirect:
            // Another name for the same server, where there is one, sees what comes along.
            let alias = origin.replacing("127.0.0.1", with: "localhost")
            let foreign = alias == origin ? "http://elsewhere.example" : alias
            return .redirect(to: foreign + "/elsewhere", status: variant % 2 == 0 ? 302 : 307)
        case .expireTokens: return .expireTokens
        case .logonPage: return .logonPage
        case .feedExpiry: return .feedExpiry
        case .repeatPage: return .twist(.repeatPage)
        case .emptyPage: return .twist(.emptyPage)
        case .duplicateItems: return .twist(.duplicateItems)
        }
    }
}
