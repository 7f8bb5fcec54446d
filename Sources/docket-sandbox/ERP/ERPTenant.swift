import HTTPServer
import JSON

/// The ERP system as a value: its data, who is signed in, and what is switched.
struct ERPTenant: Sendable {
    let seed: UInt64
    var tables: ERPTables
    var switches = ERPSwitches()
    var gate: ERPGate
    var subscriptions = ERPSubscriptions()
    /// Skip and delta tokens of an earlier one are unknown.
    private(set) var epoch = 1
    private(set) var requestCount = 0
    /// Synthetic entities so far.
    var generatedCount = 0

    init(seed: UInt64, tokenLifetime: Int) {
        self.seed = seed
        tables = ERPSeed(seed: seed).tables
        gate = ERPGate(seed: seed, tokenLifetime: tokenLifetime)
    }

    mutating func expireFeeds() {
        epoch += 1
        subscriptions.removeAll()
    }

    static func owns(_ path: String) -> Bool {
        path.hasPrefix("/sap/opu/") || isTokenPath(path)
    }

    private static func isTokenPath(_ path: String) -> Bool {
        path == "/sap/bc/sec/oauth2/token" || path == "/oauth/token"
    }

    mutating func respond(
        to request: HTTPRequest, _ visit: Visit, twist: PageTwist?
    ) -> HTTPResponse {
        requestCount += 1
        guard !switches.isDown else {
            return ERPError.page(status: 503, title: "Service Unavailable")
        }
        if Self.isTokenPath(request.path) {
            return gate.tokenResponse(request, now: visit.now)
        }
        guard !switches.hasLogonPage else { return Self.logonPage }
        let pass: ERPGate.Pass
        switch gate.enter(request, now: visit.now, switches: switches) {
        case .success(let given): pass = given
        case .failure(let turned): return turned.response
        }
        var response = serve(request, visit, twist, pass)
        response.headers += pass.cookies
        if request.header("x-csrf-token")?.lowercased() == "fetch", response.status < 400 {
            response.headers.append(("x-csrf-token", pass.session.csrfToken))
        }
        return response
    }

    private mutating func serve(
        _ http: HTTPRequest, _ visit: Visit, _ twist: PageTwist?, _ pass: ERPGate.Pass
    ) -> HTTPResponse {
        let isReading = http.method == "GET" || http.method == "HEAD"
        if !isReading {
            guard pass.hasCookie, http.header("x-csrf-token") == pass.session.csrfToken else {
                return HTTPResponse(
                    status: 403,
                    headers: [("Content-Type", "text/plain"), ("x-csrf-token", "Required")],
                    body: Array("CSRF token validation failed".utf8))
            }
        }
        let place: (service: ERPService, segments: [Substring])
        do throws(ERPError) {
            place = try Self.place(http.path)
        } catch {
            return error.response(
                (http.header("accept") ?? "").contains("json") ? .json : .xml, service: nil,
                requestID: visit.requestID, now: visit.now)
        }
        let request = ERPRequest(
            http, visit, service: place.service, segments: place.segments, twist: twist)
        do throws(ERPError) {
            var response: HTTPResponse
            if place.segments == ["$batch"] {
                response = try batch(request, visit, pass)
            } else if isReading {
                response = try read(request, pass)
            } else {
                response = try write(request)
            }
            response.headers += messageHeaders(request)
            return response
        } catch {
            return error.response(
                form(request), service: request.service, requestID: visit.requestID,
                now: visit.now)
        }
    }

    func reader(_ request: ERPRequest) -> ERPReader {
        ERPReader(
            tables: tables, switches: switches, epoch: epoch, requestCount: requestCount,
            request: request)
    }

    private mutating func read(
        _ request: ERPRequest, _ pass: ERPGate.Pass
    ) throws(ERPError) -> HTTPResponse {
        let reader = reader(request)
        switch request.service.version {
        case .v2: return try V2Answer(reader).response()
        case .v4: return try V4Answer(reader).response()
        case .catalog: return try ERPCatalogAnswer(reader: reader).response()
        case .extraction:
            return try ERPExtractionAnswer(reader: reader, user: pass.user)
                .response(&subscriptions)
        }
    }

    private mutating func batch(
        _ request: ERPRequest, _ visit: Visit, _ pass: ERPGate.Pass
    ) throws(ERPError) -> HTTPResponse {
        let batch = try ERPBatch(request)
        let answers = batch.parts.map { part in
            part.isReading ? serve(part.request, visit, nil, pass) : ERPBatch.refusal
        }
        return batch.response(answers)
    }

    /// The service a path names, and what follows its root.
    private static func place(
        _ path: String
    ) throws(ERPError) -> (service: ERPService, segments: [Substring]) {
        let parts = path.split(separator: "/")
        // sap/opu/odata/NAMESPACE/SERVICE, and sap/opu/odata4/sap/GROUP/KIND/NAMESPACE/SERVICE/1.
        let isV4 = parts.count > 2 && parts[2] == "odata4"
        let (index, count) = isV4 ? (7, 9) : (4, 5)
        guard parts.count >= count else { throw .noService(String(parts.last ?? "")) }
        let name = parts[index].prefix { $0 != ";" }
        let service = ERPService.all.first { service in
            guard service.name.lowercased() == name.lowercased() else { return false }
            switch service.version {
            case .v4(let group): return isV4 && parts[4] == group
            case .v2, .extraction, .catalog: return !isV4
            }
        }
        guard let service else { throw .noService(String(name)) }
        return (service, Array(parts.dropFirst(count)))
    }

    private func form(_ request: ERPRequest) -> ERPError.Form {
        switch switches.errorForm {
        case "json": .json
        case "xml": .xml
        case "html": .html
        default: request.errorForm
        }
    }

    private func messageHeaders(_ request: ERPRequest) -> [(String, String)] {
        guard let severity = switches.message else { return [] }
        let text = "Sales order type is blocked for new documents"
        if request.service.isV4 {
            let messages: JSON = [
                ["code": "V1/302", "message": .string(text), "numericSeverity": 3]
            ]
            return [("sap-messages", messages.serialized())]
        }
        guard request.errorForm == .json else {
            return [
                (
                    "sap-message",
                    "<notification><code>V1/302</code><message>\(text)</message>"
                        + "<severity>\(severity)</severity><target/><details/></notification>"
                )
            ]
        }
        let message: JSON = [
            "code": "V1/302", "message": .string(text), "severity": .string(severity),
            "target": "", "details": [],
        ]
        return [("sap-message", message.serialized())]
    }

    private static let logonPage = HTTPResponse(
        status: 200, contentType: "text/html; charset=utf-8",
        text: "<!DOCTYPE html><html><head><title>Logon</title></head><body><form method=\"post\" "
            + "action=\"/sap/public/bc/sec/login\"><input name=\"sap-user\">"
            + "<input name=\"sap-password\" type=\"password\"></form></body></html>")
}
