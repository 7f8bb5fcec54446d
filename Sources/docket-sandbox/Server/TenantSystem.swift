import HTTPServer
import JSON

/// One of the tenant's systems beside its mail: it answers the paths that are its own.
///
/// Faults, counters and the control interface are the sandbox's; a system plays its vendor.
protocol TenantSystem: Sendable {
    /// What the control interface calls it: `/sandbox/NAME/...`.
    var name: String { get }

    /// What a client has to know of it, as `key: value` lines of the announcement.
    func announcement(origin: String) async -> [(key: String, value: String)]

    /// Whether a request is for this system; a request no system owns goes to the mail.
    func owns(_ request: HTTPRequest, _ path: RequestPath) -> Bool

    /// What the request counters call a request.
    func kind(of request: HTTPRequest, _ visit: Visit) async -> String

    /// The true answer, or the answer that a twist asks for where the system knows it.
    func respond(
        to request: HTTPRequest, _ visit: Visit, twist: PageTwist?
    ) async -> HTTPResponse

    /// A refusal in the words of the vendor, where a fault does not say how it reads.
    func refusal(status: Int, headers: [(String, String)]) -> HTTPResponse

    /// What the vendor answers where the feed position of a request is no longer known.
    ///
    /// - Parameters:
    ///   - request: Any request to this system.
    ///   - visit: What is known of it.
    ///   - code: The error's code; nil: the vendor's own.
    ///   - hasLocation: Whether the answer says where to begin anew; nil: as the vendor does.
    /// - Returns: Nil where the request holds no such position.
    func feedExpiry(
        _ request: HTTPRequest, _ visit: Visit, code: String?, hasLocation: Bool?
    ) async -> HTTPResponse?

    /// Makes every access token and session given out so far unknown.
    func expireTokens() async

    /// Makes every feed position given out so far unknown.
    func expireFeeds() async

    /// What the system holds for a client that reads all of it: `source_id`, `scope` and `title`
    /// of every live document, as docket would file it.
    func truth() async -> [JSON]

    /// Creates, changes, moves and deletes at random; the same seed makes the same changes.
    func mutate(count: Int, seed: UInt64, now: Timestamp) async

    /// Obeys `/sandbox/NAME/...`; the path is what follows the name.
    func control(
        _ request: HTTPRequest, _ path: [String], _ body: JSON, now: Timestamp
    ) async throws(ControlError) -> JSON
}

extension TenantSystem {
    func kind(of request: HTTPRequest, _ visit: Visit) async -> String { name }

    func feedExpiry(
        _ request: HTTPRequest, _ visit: Visit, code: String?, hasLocation: Bool?
    ) async -> HTTPResponse? { nil }
}
