import HTTPServer

/// What is known of a request from the moment it comes in.
struct Visit: Sendable {
    let segments: [String]
    let origin: String
    let requestID: String
    let tenantID: String
    let now: Timestamp
    /// Why the request's access token does not let it in; known when it is about to be answered.
    var tokenRefusal: TokenLedger.Refusal?
    /// The mailbox's name in lower case, where the request is about one.
    var mailbox: String?
    /// Requests of that mailbox in progress, this one included.
    var concurrency = 0

    var route: MailRoute? {
        guard segments.first == "v1.0" else { return nil }
        return MailRoute(Array(segments.dropFirst()))
    }

    var isTokenRequest: Bool {
        segments.count == 4 && Array(segments.dropFirst()) == ["oauth2", "v2.0", "token"]
    }

    var isBatch: Bool {
        segments.count == 2 && segments[0] == "v1.0" && segments[1].lowercased() == "$batch"
    }

    func kind(query: String?) -> String {
        if isTokenRequest { return "token" }
        return isBatch ? "batch" : route?.kind(query: query) ?? "other"
    }

    /// - Returns: What the client gets in place of the true answer; nil where it gets that.
    func failure(
        _ effect: Fault.Effect, _ request: HTTPRequest, of system: (any TenantSystem)?
    ) async -> HTTPResponse? {
        switch effect {
        case .status(let status, let retryAfter, let body):
            return refusal(status, retryAfter, body, request, system)
        case .logonPage:
            let page =
                "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form "
                + "action=\"/logon\"><input name=\"user\"></form></body></html>"
            return HTTPResponse(status: 200, contentType: "text/html", text: page)
        case .syncStateNotFound(let code, let hasLocation):
            let own = await system?.feedExpiry(
                request, self, code: code, hasLocation: hasLocation)
            return own ?? syncStateNotFound(code, hasLocation, request)
        case .feedExpiry:
            if let system {
                return await system.feedExpiry(request, self, code: nil, hasLocation: nil)
            }
            guard route?.isPosition(query: request.query) == true else { return nil }
            return syncStateNotFound(nil, requestID.utf8.first.map { $0 % 2 == 0 } ?? true, request)
        case .redirect(let address, let status):
            return HTTPResponse(status: status, headers: [("Location", address)])
        case .truncate, .expireTokens, .delay, .twist: return nil
        }
    }

    private func refusal(
        _ status: Int, _ retryAfter: Fault.RetryAfter?, _ body: String?, _ request: HTTPRequest,
        _ system: (any TenantSystem)?
    ) -> HTTPResponse {
        var headers: [(String, String)] = []
        switch retryAfter {
        case .text(let text): headers.append(("Retry-After", text))
        case .date(let seconds):
            headers.append(("Retry-After", now.advanced(by: seconds).httpDate))
        case nil: break
        }
        if let body {
            let type = body.hasPrefix("{") ? "application/json" : "text/html"
            return HTTPResponse(
                status: status, headers: [("Content-Type", type)] + headers, body: Array(body.utf8))
        }
        if let system { return system.refusal(status: status, headers: headers) }
        let code = status == 429 ? "ApplicationThrottled" : "ServiceNotAvailable"
        return response(
            to: GraphError(
                status: status, code: code, message: "The request was refused on purpose.",
                headers: headers), request)
    }

    private func syncStateNotFound(
        _ code: String?, _ hasLocation: Bool, _ request: HTTPRequest
    ) -> HTTPResponse {
        let location = hasLocation ? "\(origin)\(request.path)?$deltatoken=" : nil
        return response(
            to: .syncStateNotFound(code: code ?? "SyncStateNotFound", location: location), request)
    }

    private func response(to error: GraphError, _ request: HTTPRequest) -> HTTPResponse {
        error.response(
            requestID: requestID, clientRequestID: request.header("client-request-id"), now: now)
    }
}
