import HTTPServer
import JSON

/// The tenant's ERP system: OData services of both versions, as the contract has them.
actor ERPSystem: TenantSystem {
    private var tenant: ERPTenant
    private let account: ERPAccount

    init(seed: UInt64, tokenLifetime: Int) {
        tenant = ERPTenant(seed: seed, tokenLifetime: tokenLifetime)
        account = ERPAccount(seed: seed)
    }

    nonisolated var name: String { "erp" }

    nonisolated func announcement(origin: String) -> [(key: String, value: String)] {
        [
            ("erp_base_url", origin), ("erp_user", account.user),
            ("erp_password", account.password), ("erp_client", ERPAccount.client),
            ("erp_token_url", origin + "/oauth/token"), ("erp_client_id", account.clientID),
            ("erp_client_secret", account.clientSecret),
        ]
    }

    nonisolated func owns(_ request: HTTPRequest, _ path: RequestPath) -> Bool {
        ERPTenant.owns(request.path)
    }

    func respond(to request: HTTPRequest, _ visit: Visit, twist: PageTwist?) async -> HTTPResponse {
        tenant.respond(to: request, visit, twist: twist)
    }

    nonisolated func refusal(status: Int, headers: [(String, String)]) -> HTTPResponse {
        ERPError.page(status: status, title: "The request was refused on purpose", headers: headers)
    }

    func expireTokens() {
        tenant.gate.ledger.expireAll()
        tenant.gate.closeSessions()
    }

    func expireFeeds() { tenant.expireFeeds() }

    func truth() -> [JSON] { tenant.truth() }

    func mutate(count: Int, seed: UInt64, now: Timestamp) {
        tenant.mutate(count: count, seed: seed, now: now)
    }

    func control(
        _ request: HTTPRequest, _ path: [String], _ body: JSON, now: Timestamp
    ) throws(ControlError) -> JSON {
        try tenant.control(request.method, path, body, now: now)
    }
}
