import HTTPServer
import JSON

/// The tenant behind its interfaces: what changes from request to request, one at a time.
actor Sandbox {
    let registration: Registration
    let seed: UInt64
    private let pageSize: Int
    let systems: [any TenantSystem]
    private let clock: @Sendable () -> Timestamp
    /// Scheme, host and port of all links; known once the port is.
    private var origin = ""
    var mail: MailTenant
    var ledger: TokenLedger
    var faults = FaultQueue()
    var randomFaults: RandomFaults?
    var counters = Counters()
    private var requestCount: UInt64 = 0

    init(
        mail: MailTenant, systems: [any TenantSystem], registration: Registration,
        tokenLifetime: Int, pageSize: Int, clock: @escaping @Sendable () -> Timestamp
    ) {
        (self.mail, self.registration, self.seed) = (mail, registration, mail.seed)
        (self.systems, self.pageSize, self.clock) = (systems, pageSize, clock)
        self.ledger = TokenLedger(lifetime: tokenLifetime)
    }

    func open(at origin: String) { self.origin = origin }

    var now: Timestamp { clock() }

    /// Answers any request.
    ///
    /// The tenant is read after a delay has run, not before.
    nonisolated func respond(to request: HTTPRequest) async -> HTTPResponse {
        let path = RequestPath(request.path)
        if path.segments.first == "sandbox" {
            return await control(request, Array(path.segments.dropFirst()))
        }
        let system = systems.first { $0.owns(request, path) }
        var (visit, effect) = await admit(request, path, of: system)
        var response = HTTPResponse(status: 200)
        var twist: PageTwist?
        switch effect {
        case .delay(let milliseconds):
            try? await Task.sleep(for: .milliseconds(milliseconds))
        case .twist(let wanted): twist = wanted
        case .expireTokens: await expireTokens()
        default: break
        }
        if let effect, let failure = await visit.failure(effect, request, of: system) {
            response = failure
        } else if let system {
            visit.tokenRefusal = await tokenRefusal(of: request, visit)
            response = await system.respond(to: request, visit, twist: twist)
        } else if visit.isBatch {
            visit.tokenRefusal = await tokenRefusal(of: request, visit)
            response = await batch(request, visit)
        } else {
            response = await answer(request, visit, twist)
        }
        if case .truncate(let bytes, let isChunked) = effect {
            response = response.truncated(after: bytes, chunked: isChunked)
        }
        await leave(visit, response)
        response.headers += [
            ("request-id", visit.requestID),
            ("client-request-id", request.header("client-request-id") ?? visit.requestID),
        ]
        return response
    }

    /// Counts the request in and finds the fault that awaits it.
    private func admit(
        _ request: HTTPRequest, _ path: RequestPath, of system: (any TenantSystem)?
    ) async -> (visit: Visit, effect: Fault.Effect?) {
        requestCount += 1
        var random = Mixer(seed, 3, requestCount)
        var visit = Visit(
            segments: path.segments, origin: origin, requestID: random.guid(),
            tenantID: registration.tenantID, now: clock())
        let target = request.path + (request.query.map { "?" + $0 } ?? "")
        let effect = faults.next(for: target) ?? randomFaults?.next(origin: origin)
        counters.count(
            kind: await system?.kind(of: request, visit) ?? visit.kind(query: request.query))
        let host = request.header("host").map { "http://" + $0 }
        if host != origin, request.header("authorization") != nil { counters.leakCount += 1 }
        if let user = visit.route?.user.lowercased() {
            visit.mailbox = user
            visit.concurrency = counters.begin(user)
        }
        return (visit, effect)
    }

    private func leave(_ visit: Visit, _ response: HTTPResponse) {
        counters.count(status: response.status)
        if let mailbox = visit.mailbox { counters.end(mailbox) }
    }

    func expireTokens() async {
        ledger.expireAll()
        for system in systems { await system.expireTokens() }
    }

    /// The true answer.
    ///
    /// Pages are written outside of the actor, from the tenant as it is now.
    private nonisolated func answer(
        _ request: HTTPRequest, _ visit: Visit, _ twist: PageTwist?
    ) async -> HTTPResponse {
        if visit.isTokenRequest { return await token(request, visit) }
        do throws(GraphError) {
            let tenant = try await tenant(for: request, visit)
            guard let route = visit.route else { throw .noRoute }
            guard visit.concurrency <= Limits.requestsPerMailbox else { throw .tooManyAtOnce }
            let mailRequest = MailRequest(
                request, origin: visit.origin, requestID: visit.requestID, now: visit.now,
                twist: twist)
            return try tenant.response(to: route, mailRequest, pageSizeDefault: pageSize)
        } catch {
            return error.response(
                requestID: visit.requestID,
                clientRequestID: request.header("client-request-id"), now: visit.now)
        }
    }

    /// - Throws: ``GraphError`` 401 without a token that is good now.
    private func tenant(
        for request: HTTPRequest, _ visit: Visit
    ) throws(GraphError) -> MailTenant {
        if let refusal = tokenRefusal(of: request, visit) {
            throw .unauthorized(refusal.rawValue, tenant: registration.tenantID)
        }
        return mail
    }

    private func tokenRefusal(of request: HTTPRequest, _ visit: Visit) -> TokenLedger.Refusal? {
        ledger.refusal(of: request.header("authorization"), now: visit.now)
    }

    private func token(_ request: HTTPRequest, _ visit: Visit) -> HTTPResponse {
        TokenEndpoint(registration: registration, seed: seed, origin: visit.origin).response(
            request, tenant: visit.segments[0], ledger: &ledger, requestID: visit.requestID,
            now: visit.now)
    }
}
