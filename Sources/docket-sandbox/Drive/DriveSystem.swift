import HTTPServer
import JSON

/// The tenant's drives behind their interface.
actor DriveSystem: TenantSystem {
    nonisolated let name = "drives"
    var tenant: DriveTenant
    var links: ContentLinks
    /// Items of a page where a request does not say.
    var pageSize = Limits.driveItemsPerPage
    /// Seconds a link to content is good for.
    var contentLifetime = Limits.contentLifetimeDefault
    var grants = DriveGrants()
    /// Scheme, host and port of the server that gives out content; known once its port is.
    private(set) var contentOrigin = ""

    init(seed: UInt64, users: [DriveTenant.User]) throws(DriveCorpus.Malformed) {
        tenant = try DriveTenant(seed: seed, users: users)
        links = ContentLinks(seed: seed)
    }

    func open(contentAt origin: String) { contentOrigin = origin }

    func announcement(origin: String) -> [(key: String, value: String)] {
        let sites = tenant.sites.map { "\(DriveTenant.host):\($0.path)" }
        return [
            ("content_url", contentOrigin),
            ("drive_users", "[\(tenant.users.map(\.address).joined(separator: ", "))]"),
            ("drive_sites", "[\(sites.joined(separator: ", "))]"),
            ("drive_groups", "[\(tenant.groups.map(\.id).joined(separator: ", "))]"),
            ("drives", "[\(tenant.drives.map(\.id).joined(separator: ", "))]"),
        ]
    }

    nonisolated func owns(_ request: HTTPRequest, _ path: RequestPath) -> Bool {
        let names = path.segments.prefix(4).map { $0.lowercased() }
        if ContentLinks.isContent(request.path) { return true }
        guard names.count > 1, names[0] == "v1.0" else { return false }
        if names[1] == "users" {
            return names.count == 4 && ["drive", "drives"].contains(names[3])
        }
        return ["drives", "sites", "groups"].contains(names[1])
    }

    func kind(of request: HTTPRequest, _ visit: Visit) -> String {
        if ContentLinks.isContent(request.path) { return "drive-download" }
        guard let route = DriveRoute(Array(visit.segments.dropFirst())) else { return "other" }
        switch route {
        case .drive: return "drive"
        case .drives: return "drives"
        case .sites: return "sites"
        case .site: return "site"
        case .item(_, _, .item): return "drive-item"
        case .item(_, _, .children): return "drive-children"
        case .item(_, _, .content): return "drive-content"
        case .item(_, _, .permissions), .item(_, _, .permission): return "drive-permissions"
        case .item(let place, _, .feed):
            guard let drive = try? tenant.drive(place) else { return "drive-delta-initial" }
            let request = driveRequest(request, visit, twist: nil)
            return feed(of: tenant[drive], request).kind(request)
        }
    }

    func respond(
        to request: HTTPRequest, _ visit: Visit, twist: PageTwist?
    ) -> HTTPResponse {
        if ContentLinks.isContent(request.path) { return download(request, visit) }
        do throws(GraphError) {
            if let refusal = visit.tokenRefusal {
                throw .unauthorized(refusal.rawValue, tenant: visit.tenantID)
            }
            guard let route = DriveRoute(Array(visit.segments.dropFirst())) else { throw .noRoute }
            guard request.method == "GET" else { throw .badMethod }
            return try answer(route, driveRequest(request, visit, twist: twist))
        } catch {
            return error.response(
                requestID: visit.requestID,
                clientRequestID: request.header("client-request-id"), now: visit.now)
        }
    }

    func driveRequest(
        _ request: HTTPRequest, _ visit: Visit, twist: PageTwist?
    ) -> DriveRequest {
        DriveRequest(
            request, visit, twist: twist, contentOrigin: contentOrigin,
            contentLifetime: contentLifetime)
    }

    private func feed(of drive: Drive, _ request: DriveRequest) -> DriveFeed {
        DriveFeed(
            drive: drive, facts: DriveFacts(drive: drive, request: request, content: links),
            pageSizeDefault: pageSize)
    }

    private func answer(
        _ route: DriveRoute, _ request: DriveRequest
    ) throws(GraphError) -> HTTPResponse {
        try grants.check(route)
        let answers = DriveAnswers(
            tenant: tenant, request: request, links: links, pageSize: pageSize)
        switch route {
        case .sites: return try answers.sites()
        case .site(let name): return try answers.site(name)
        case .drives(let place): return try answers.drives(place)
        case .drive(let place): return answers.drive(try tenant.drive(place))
        case .item(let place, let id, let part):
            let drive = tenant[try tenant.drive(place)]
            if part == .feed {
                guard id == "root" else {
                    throw .driveRequest("Delta is supported on the root of a drive only.")
                }
                return answers.page(try feed(of: drive, request).page(request))
            }
            guard let item = drive.item(withID: id) else { throw .noDriveItem }
            return try answers.part(part, of: item, drive)
        }
    }

    /// Content by a link that needs no token, and must not be asked for with one.
    private func download(_ request: HTTPRequest, _ visit: Visit) -> HTTPResponse {
        guard request.header("host").map({ "http://" + $0 }) == contentOrigin else {
            return HTTPResponse(status: 404, text: "File not found.\n")
        }
        guard request.header("authorization") == nil else {
            return HTTPResponse(status: 401, text: "401 UNAUTHORIZED\n")
        }
        guard let wanted = links.request(request, now: visit.now),
            let number = tenant.drive(wanted.drive),
            let item = tenant[number].item(withID: wanted.item),
            let file = tenant[number].items[item].file
        else { return HTTPResponse(status: 404, text: "File not found.\n") }
        guard wanted.isGood else {
            // All four are seen.
            return HTTPResponse(status: [401, 403, 404, 410][item % 4], text: "Link expired.\n")
        }
        return ContentRange.response(
            file, tag: DriveFacts.contentTag(of: tenant[number].items[item]),
            range: request.header("range"))
    }

    // What the sandbox asks of every system

    nonisolated func refusal(status: Int, headers: [(String, String)]) -> HTTPResponse {
        let quota: JSON = ["code": "throttledRequest", "innerError": ["code": "quota"]]
        let body: JSON =
            status == 429
            ? [
                "error": [
                    "code": "activityLimitReached", "message": "The request has been throttled",
                    "innerError": quota,
                ]
            ]
            : [
                "error": [
                    "code": .string(status == 503 ? "serviceNotAvailable" : "generalException"),
                    "message": "The request was refused on purpose.", "innerError": [:],
                ]
            ]
        return HTTPResponse(
            status: status, headers: [("Content-Type", "application/json")] + headers,
            body: body.serializedBytes())
    }

    func feedExpiry(
        _ request: HTTPRequest, _ visit: Visit, code: String?, hasLocation: Bool?
    ) -> HTTPResponse? {
        guard let route = DriveRoute(Array(visit.segments.dropFirst())),
            case .item(let place, _, .feed) = route, let drive = try? tenant.drive(place)
        else { return nil }
        let asked = driveRequest(request, visit, twist: nil)
        guard let token = asked.feedToken, !token.isEmpty, !token.hasPrefix("latest") else {
            return nil
        }
        return feed(of: tenant[drive], asked)
            .expired(asked, code: code, hasLocation: hasLocation).response(
                requestID: visit.requestID,
                clientRequestID: request.header("client-request-id"), now: visit.now)
    }

    /// The tokens are the mail's: the sandbox holds them.
    func expireTokens() {}

    func expireFeeds() {
        for number in tenant.drives.indices { tenant[number].expireFeed() }
    }

    func truth() -> [JSON] {
        tenant.drives.flatMap { drive in
            drive.items.indices.compactMap { number -> JSON? in
                let item = drive.items[number]
                guard !item.isDeleted, !item.isMalware, let file = item.file else { return nil }
                return [
                    "source_id": .string("\(drive.id)/\(item.id)"), "scope": .string(drive.id),
                    "title": .string(item.name), "path": .string(drive.path(of: number)),
                    "quick_xor": .string(file.hash),
                    "text": FileFormat.plainText(of: file.bytes, named: item.name)
                        .map(JSON.string) ?? .null,
                ]
            }
        }
    }

    func mutate(count: Int, seed: UInt64, now: Timestamp) {
        var mutation = DriveMutation(seed: seed)
        for _ in 0..<count { mutation.step(&tenant, now: now) }
    }
}
