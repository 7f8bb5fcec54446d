import HTTPServer
import JSON

/// The org behind its interfaces: what changes from request to request.
struct CRMOrg: Sendable {
    let seed: UInt64
    let registration: CRMRegistration
    var data: CRMData
    var switches = CRMSwitches()
    var sessions = CRMSessions()
    var cursors: CRMCursors
    var jobs: [CRMJob] = []
    var jobCount = 0
    /// Records made by `generate`, so that none has the text of another.
    var generatedCount = 0

    /// - Throws: ``CRMCorpusReader/Malformed`` where the corpus does not follow its form.
    init(seed: UInt64) throws(CRMCorpusReader.Malformed) {
        self.seed = seed
        registration = CRMRegistration(seed: seed)
        cursors = CRMCursors(seed: seed)
        data = try CRMCorpusReader.data(seed: seed)
    }

    /// Answers a request of the vendor's interfaces.
    mutating func respond(
        to request: HTTPRequest, segments: [String], origin: String, now: Timestamp,
        twist: PageTwist?
    ) -> HTTPResponse {
        let length = request.path.utf8.count + (request.query.map { $0.utf8.count + 1 } ?? 0)
        guard length <= Limits.targetBytesMax else {
            return CRMError.page(status: 414, title: "414 Request-URI Too Long")
        }
        if segments == ["services", "oauth2", "token"] {
            return token(request, origin: origin, now: now)
        }
        guard segments.starts(with: ["services", "data"]) else {
            return CRMError.notFound.response
        }
        if segments.count == 2 { return Self.versionList(request) }
        var response: HTTPResponse
        do throws(CRMError) {
            response = try admit(request, segments, origin: origin, now: now, twist)
        } catch {
            response = error.response
        }
        let used = sessions.used(switches, now: now)
        response.headers.append(("Sforce-Limit-Info", "api-usage=\(used)/\(switches.quotaMax)"))
        return response
    }

    private mutating func token(
        _ request: HTTPRequest, origin: String, now: Timestamp
    ) -> HTTPResponse {
        let endpoint = CRMTokenEndpoint(registration: registration, origin: origin, now: now)
        do throws(CRMTokenEndpoint.Refusal) {
            try endpoint.check(request)
        } catch {
            return error.response
        }
        let token = sessions.open(
            seed: seed, organization: registration.organizationID, now: now)
        return endpoint.answer(
            token: token, instanceURL: switches.instanceURL ?? origin, user: data.actor)
    }

    private static func versionList(_ request: HTTPRequest) -> HTTPResponse {
        guard request.method == "GET" else {
            return CRMError.badMethod(request.method, allowed: "HEAD,GET").response
        }
        let list = CRMRequest.versions.map { version -> JSON in
            [
                "label": .string(CRMRequest.label(version)),
                "url": .string(CRMRequest.base(version)), "version": .string("\(version).0"),
            ]
        }
        return HTTPResponse(
            status: 200, headers: [("Content-Type", "application/json;charset=UTF-8")],
            body: JSON.array(list).serializedBytes())
    }

    private mutating func admit(
        _ request: HTTPRequest, _ segments: [String], origin: String, now: Timestamp,
        _ twist: PageTwist?
    ) throws(CRMError) -> HTTPResponse {
        // An org that has moved knows no session at its old address.
        if let address = switches.instanceURL,
            request.header("host").map({ "http://" + $0 }) != address
        {
            throw .badSession
        }
        guard let version = CRMRequest.version(segments[2]) else { throw .notFound }
        try sessions.admit(request.header("authorization"), switches, now: now)
        let request = CRMRequest(
            request: request, path: Array(segments.dropFirst(3)), version: version, now: now,
            twist: twist)
        return try answer(request)
    }

    private mutating func answer(_ request: CRMRequest) throws(CRMError) -> HTTPResponse {
        if request.path.starts(with: ["jobs", "query"]) { return try bulk(request) }
        guard request.method == "GET" else {
            throw .badMethod(request.method, allowed: "HEAD,GET")
        }
        let path = request.path
        switch (path.first ?? "", path.count) {
        case ("", 0): return Self.resources(request)
        case ("limits", 1): return limits(request)
        case ("query", 1), ("queryAll", 1): return try query(request, isAll: path[0] == "queryAll")
        case ("query", 2), ("queryAll", 2): return try nextPage(path[1], request)
        case ("sobjects", 1): return objectList(request)
        case ("sobjects", 2...): return try object(request)
        default: throw .notFound
        }
    }

    private static func resources(_ request: CRMRequest) -> HTTPResponse {
        let names = ["jobs", "limits", "query", "queryAll", "sobjects"]
        let pairs = names.map { (name: $0, value: JSON.string("\(request.base)/\($0)")) }
        return request.json(.object(JSON.Members(pairs)))
    }

    private mutating func limits(_ request: CRMRequest) -> HTTPResponse {
        let left = max(0, switches.quotaMax - sessions.used(switches, now: request.now))
        func limit(_ most: Int, _ left: Int) -> JSON {
            ["Max": JSON(most), "Remaining": JSON(left)]
        }
        return request.json([
            "DailyApiRequests": limit(switches.quotaMax, left),
            "DailyBulkV2QueryJobs": limit(10_000, max(0, 10_000 - jobCount)),
            "DailyBulkV2QueryFileStorageMB": limit(976_562, 976_562),
        ])
    }
}
