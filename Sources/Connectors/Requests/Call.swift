import FoundationEssentials
import HTTPClient

/// One request of a connector, before anybody has signed it.
struct Call: Sendable {
    var method = "GET"
    /// Absolute and on the connector's origin, or a path on it.
    let url: String
    /// In place of the definition's where they have the same name.
    var headers: [(String, String)] = []
    var body: [UInt8]?
    /// More bytes of an answer are not read; nil: the client's limit.
    var bytesMax: Int?
    /// It follows a link that the endpoint gave for a while: not to know it any more is no lack
    /// of the resource.
    var isContinuation = false
    /// The scope it is made for; one that waits holds up no other.
    let scope: String

    init(
        _ method: String = "GET", url: String, headers: [(String, String)] = [],
        body: [UInt8]? = nil, scope: String
    ) {
        (self.method, self.url, self.headers) = (method, url, headers)
        (self.body, self.scope) = (body, scope)
    }

    /// A request below a base, but wherever its origin has moved to when it is sent.
    init(
        _ template: RequestTemplate, base: String, _ values: [String: String], scope: String
    ) {
        method = template.method.rawValue
        url = template.address(base: String(Self.path(of: base)), values)
        headers = template.headerLines(values)
        body = template.bodyBytes(values)
        if body != nil { headers.append(("Content-Type", "application/json")) }
        self.scope = scope
    }

    /// What stands behind the origin.
    private static func path(of base: String) -> Substring {
        let authority = base.firstRange(of: "://")?.upperBound ?? base.startIndex
        return base[authority...].drop { $0 != "/" }
    }
}

/// What an endpoint said, and when by its own clock.
struct Answer<Value: Sendable>: Sendable {
    let value: Value
    let headers: HTTPHeaders
    /// Absolute: what links in it are relative to.
    let url: String

    /// The endpoint's clock; nil where it does not say.
    func date(now: Date) -> Date? {
        headers["Date"].flatMap { HTTPDate($0, now: now.timeIntervalSince1970) }.map {
            Date(timeIntervalSince1970: Double($0.secondsSince1970))
        }
    }
}

/// A body that is not what was asked for.
struct Unreadable: Error {
    let reason: String
}
