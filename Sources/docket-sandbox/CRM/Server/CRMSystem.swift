import HTTPServer
import JSON

/// Plays Salesforce: its sign-in, its REST interface and its bulk queries.
actor CRMSystem: TenantSystem {
    nonisolated let name = "crm"
    private nonisolated let registration: CRMRegistration
    private var org: CRMOrg

    /// - Throws: ``CRMCorpusReader/Malformed`` where the corpus does not follow its form.
    init(seed: UInt64) throws(CRMCorpusReader.Malformed) {
        let org = try CRMOrg(seed: seed)
        (self.org, registration) = (org, org.registration)
    }

    /// Adds synthetic cases, all of one moment.
    func generate(_ count: Int, bodyBytes: Int, now: Timestamp) {
        guard let object = CRMSchema.number(of: "Case") else { return }
        org.generate(object, count: count, bodyBytes: bodyBytes, seconds: 0, now: now)
    }

    nonisolated func announcement(origin: String) -> [(key: String, value: String)] {
        [
            ("crm_login_url", origin), ("crm_client_id", registration.clientID),
            ("crm_client_secret", registration.secret),
            ("crm_username", CRMRegistration.username), ("crm_instance_url", origin),
            ("crm_api_version", "\(CRMRequest.currentVersion).0"),
        ]
    }

    nonisolated func owns(_ request: HTTPRequest, _ path: RequestPath) -> Bool {
        path.segments.starts(with: ["services", "data"])
            || path.segments == ["services", "oauth2", "token"]
    }

    func respond(
        to request: HTTPRequest, _ visit: Visit, twist: PageTwist?
    ) -> HTTPResponse {
        org.respond(
            to: request, segments: visit.segments, origin: visit.origin, now: visit.now,
            twist: twist)
    }

    nonisolated func refusal(status: Int, headers: [(String, String)]) -> HTTPResponse {
        let error: CRMError
        switch status {
        case 401: error = .badSession
        case 403: error = .quotaUsedUp
        case 404: error = .notFound
        case 400:
            error = CRMError(
                status: 400, code: "QUERY_TIMEOUT",
                message: "Your query request was running for too long.")
        case 500:
            error = CRMError(
                status: 500, code: "UNKNOWN_EXCEPTION",
                message: "An unexpected error occurred. ErrorId: 1234567890-12345 (-1234567890)")
        case 503:
            return CRMError.page(
                status: 503, title: "We are down for maintenance", headers: headers)
        default:
            error = CRMError(
                status: status, code: "SERVER_UNAVAILABLE", message: "Server is too busy")
        }
        var response = error.response
        response.headers += headers
        return response
    }

    func expireTokens() { org.sessions.expireAll() }

    func expireFeeds() { org.cursors.forgetAll() }

    func truth() -> [JSON] { org.data.truth() }

    func mutate(count: Int, seed: UInt64, now: Timestamp) {
        CRMRandomChanges(seed: seed).apply(count, to: &org.data, now: now)
    }

    func control(
        _ request: HTTPRequest, _ path: [String], _ body: JSON, now: Timestamp
    ) throws(ControlError) -> JSON {
        try org.control(request, path, body, now: now)
    }
}
