import HTTPServer
import Store
import Telemetry

/// What each path of the admin listener answers.
struct AdminPages: Sendable {
    /// In whatever case it is written (RFC 9110 §11.1).
    private static let scheme = "bearer "

    let token: String?
    let store: Store
    let metrics: Metrics

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            return HTTPResponse(status: 405, headers: [("Allow", "GET, HEAD")])
        }
        switch request.path {
        case "/livez": return HTTPResponse(status: 200, text: "ok\n")
        case "/readyz": return await ready()
        case "/metrics" where isAllowed(request): return await exposition()
        case "/metrics":
            return HTTPResponse(status: 401, headers: [("WWW-Authenticate", "Bearer")])
        default:
            return HTTPResponse(
                status: 404, text: "known here: /livez, /readyz, /metrics\n")
        }
    }

    private func ready() async -> HTTPResponse {
        do {
            try await store.checkSchema()
            return HTTPResponse(status: 200, text: "ok\n")
        } catch {
            return HTTPResponse(status: 503, text: "degraded\n")
        }
    }

    private func exposition() async -> HTTPResponse {
        let backlog = try? await store.backlog()
        metrics.replace(
            "docket_backlog_jobs", "Jobs that are not done.",
            with: backlog?.map { row in
                (["recipe": row.recipe, "state": row.state], Double(row.jobs))
            } ?? [])
        return HTTPResponse(
            status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8",
            text: metrics.exposition())
    }

    private func isAllowed(_ request: HTTPRequest) -> Bool {
        guard let token else { return true }
        guard let given = request.header("Authorization"),
            given.prefix(Self.scheme.count).lowercased() == Self.scheme
        else {
            return false
        }
        return isEqual(Array(given.dropFirst(Self.scheme.count).utf8), Array(token.utf8))
    }

    /// Compares in a time that does not depend on where the first difference is.
    private func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
