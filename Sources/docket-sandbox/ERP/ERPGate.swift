import HTTPServer
import JSON

/// Sign-in: passwords and their lock, access tokens, sessions and their CSRF tokens.
struct ERPGate: Sendable {
    struct Session: Sendable {
        let user: String
        let csrfToken: String
    }

    /// A request that was let in.
    struct Pass: Sendable {
        let user: String
        let session: Session
        /// Whether the request brought the session's cookie along.
        let hasCookie: Bool
        /// Cookies of a session that has just been opened.
        let cookies: [(String, String)]
    }

    let account: ERPAccount
    private let seed: UInt64
    var ledger: TokenLedger
    private(set) var wrongPasswordCount = 0
    private(set) var openedCount = 0
    private var sessions: [String: Session] = [:]
    private var sessionOrder: [String] = []

    init(seed: UInt64, tokenLifetime: Int) {
        (self.seed, account) = (seed, ERPAccount(seed: seed))
        ledger = TokenLedger(lifetime: tokenLifetime)
    }

    var isLocked: Bool { wrongPasswordCount >= ERPLimits.wrongPasswordsMax }
    var sessionCount: Int { sessions.count }

    mutating func unlock() { wrongPasswordCount = 0 }

    mutating func closeSessions() { (sessions, sessionOrder) = ([:], []) }

    private static let cookieName = "SAP_SESSIONID_\(ERPAccount.systemID)_\(ERPAccount.client)"

    /// - Returns: The pass, or what the visitor gets instead.
    mutating func enter(
        _ request: HTTPRequest, now: Timestamp, switches: ERPSwitches
    ) -> Result<Pass, Turned> {
        if let refusal = clientRefusal(request, switches) { return .failure(refusal) }
        let user: String
        switch signIn(request, now) {
        case .success(let name): user = name
        case .failure(let refusal): return .failure(refusal)
        }
        let cookie = Self.cookies(request)[Self.cookieName]
        if let cookie, let session = sessions[cookie], session.user == user {
            return .success(Pass(user: user, session: session, hasCookie: true, cookies: []))
        }
        if let sessionsMax = switches.sessionsMax, sessions.count >= sessionsMax {
            return .failure(
                Turned(
                    response: ERPError.page(
                        status: 503, title: "Service Unavailable: no more sessions")))
        }
        return .success(open(user))
    }

    /// The answer to somebody who is not let in.
    struct Turned: Error {
        let response: HTTPResponse
    }

    private mutating func open(_ user: String) -> Pass {
        openedCount += 1
        var random = Mixer(seed, 0x5E55, UInt64(openedCount))
        let (name, csrf) = (random.guid(), random.guid())
        let session = Session(user: user, csrfToken: Base64.encode(Array(csrf.utf8), .url))
        if sessionOrder.count >= ERPLimits.sessionsRemembered {
            sessions[sessionOrder.removeFirst()] = nil
        }
        sessions[name] = session
        sessionOrder.append(name)
        let suffix = "\(ERPAccount.systemID)_\(ERPAccount.client)"
        return Pass(
            user: user, session: session, hasCookie: false,
            cookies: [
                ("Set-Cookie", "sap-usercontext=sap-client=\(ERPAccount.client); path=/"),
                ("Set-Cookie", "\(Self.cookieName)=\(name); path=/; HttpOnly"),
                ("Set-Cookie", "sap-XSRF_\(suffix)=\(csrf.prefix(8)); path=/"),
            ])
    }

    private func clientRefusal(_ request: HTTPRequest, _ switches: ERPSwitches) -> Turned? {
        let context = Self.cookies(request)["sap-usercontext"]
        let wanted =
            request.queryItem("sap-client") ?? request.header("sap-client")
            ?? context.map { $0.replacing("sap-client=", with: "") }
        guard let wanted else { return switches.needsClient ? refusal() : nil }
        return wanted == ERPAccount.client ? nil : refusal()
    }

    private mutating func signIn(
        _ request: HTTPRequest, _ now: Timestamp
    ) -> Result<String, Turned> {
        let header = request.header("authorization") ?? ""
        if header.lowercased().hasPrefix("bearer ") {
            guard ledger.refusal(of: header, now: now) != nil else {
                return .success(account.clientID)
            }
            let realm = "SAP NetWeaver Application Server [\(ERPAccount.systemID)/"
            let challenge =
                "Bearer realm=\"\(realm)\(ERPAccount.client)]\", error=\"invalid_token\", "
                + "error_description=\"The access token expired or is not known\""
            return .failure(refusal([("WWW-Authenticate", challenge)]))
        }
        guard let (user, password) = Self.basic(header) else { return .failure(refusal()) }
        guard user.uppercased() == account.user, !isLocked else { return .failure(refusal()) }
        guard password == account.password else {
            wrongPasswordCount += 1
            return .failure(refusal())
        }
        wrongPasswordCount = 0
        return .success(account.user)
    }

    private func refusal(_ headers: [(String, String)]? = nil) -> Turned {
        let realm =
            "SAP NetWeaver Application Server [\(ERPAccount.systemID)/\(ERPAccount.client)]"
        let basic = [("WWW-Authenticate", "Basic realm=\"\(realm)\"")]
        return Turned(
            response: ERPError.page(
                status: 401, title: "Logon failed", headers: headers ?? basic))
    }

    static func basic(_ header: String) -> (user: String, password: String)? {
        guard header.lowercased().hasPrefix("basic ") else { return nil }
        let encoded = header.dropFirst("basic ".count).filter { $0 != " " }
            .replacing("+", with: "-").replacing("/", with: "_")
        guard let bytes = Base64.decodeURL(encoded) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":") else { return nil }
        return (String(text[..<colon]), String(text[colon...].dropFirst()))
    }

    private static func cookies(_ request: HTTPRequest) -> [String: String] {
        var cookies: [String: String] = [:]
        for header in request.headers where header.name.lowercased() == "cookie" {
            for pair in header.value.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                cookies[String(parts[0])] = String(parts[1])
            }
        }
        return cookies
    }
}

extension ERPGate {
    /// The token endpoint, of the ABAP system and of the platform beside it alike.
    mutating func tokenResponse(_ request: HTTPRequest, now: Timestamp) -> HTTPResponse {
        guard request.method == "POST" else {
            return Self.tokenRefusal(400, "invalid_request")
        }
        let form = HTTPRequest(
            method: "POST", path: "", query: String(decoding: request.body, as: UTF8.self))
        let basic = Self.basic(request.header("authorization") ?? "")
        let id = basic?.user ?? form.queryItem("client_id")
        let secret = basic?.password ?? form.queryItem("client_secret")
        guard id == account.clientID, secret == account.clientSecret else {
            return Self.tokenRefusal(401, "invalid_client")
        }
        switch form.queryItem("grant_type") {
        case "client_credentials"?: break
        case "urn:ietf:params:oauth:grant-type:saml2-bearer"?:
            guard form.queryItem("assertion")?.isEmpty == false else {
                return Self.tokenRefusal(400, "invalid_grant")
            }
        default: return Self.tokenRefusal(400, "unsupported_grant_type")
        }
        let token = ledger.issue(seed: seed ^ 0xE59, now: now)
        let body: JSON = [
            "access_token": .string(token), "token_type": "Bearer",
            "expires_in": JSON(ledger.lifetime),
            "scope": .string(form.queryItem("scope") ?? "ZAPI_PRODUCT_SRV_0001"),
        ]
        return HTTPResponse(
            status: 200,
            headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body: body.serializedBytes())
    }

    private static func tokenRefusal(_ status: Int, _ error: String) -> HTTPResponse {
        let body: JSON = [
            "error": .string(error), "error_description": "The token request was refused",
        ]
        return HTTPResponse(
            status: status, headers: [("Content-Type", "application/json")],
            body: body.serializedBytes())
    }
}
