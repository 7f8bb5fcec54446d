import HTTPServer
import JSON

/// The token endpoint: client credentials for an access token.
struct TokenEndpoint {
    let registration: Registration
    let seed: UInt64
    let origin: String

    /// A refusal in the form of RFC 6749 §5.2, with the vendor's own number.
    struct Refusal: Error {
        let status: Int
        let error: String
        let number: Int
        let description: String

        static let wrongSecret = Refusal(
            status: 401, error: "invalid_client", number: 7_000_215,
            description: "Invalid client secret provided. Ensure the secret being sent in the "
                + "request is the client secret value, not the client secret ID.")

        static func badAssertion(_ problem: String) -> Refusal {
            Refusal(
                status: 401, error: "invalid_client", number: 700_027,
                description: "The client assertion was not accepted: \(problem).")
        }

        static func badRequest(_ number: Int, _ description: String) -> Refusal {
            Refusal(
                status: 400, error: "invalid_request", number: number, description: description)
        }
    }

    /// Answers with a token or a refusal; the tenant is as the path names it.
    func response(
        _ request: HTTPRequest, tenant: String, ledger: inout TokenLedger, requestID: String,
        now: Timestamp
    ) -> HTTPResponse {
        do throws(Refusal) {
            try check(request, tenant, now)
            let token = ledger.issue(seed: seed, now: now)
            return response(
                200,
                [
                    "token_type": "Bearer", "expires_in": JSON(ledger.lifetime),
                    "ext_expires_in": JSON(ledger.lifetime), "access_token": .string(token),
                ])
        } catch {
            return response(to: error, requestID: requestID, now: now)
        }
    }

    private func check(_ request: HTTPRequest, _ tenant: String, _ now: Timestamp) throws(Refusal) {
        guard request.method == "POST" else {
            throw .badRequest(900_561, "The endpoint only accepts POST requests.")
        }
        let type = request.header("content-type")?.split(separator: ";").first?.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            throw .badRequest(
                900_144, "The request body must be application/x-www-form-urlencoded.")
        }
        guard registration.isTenant(tenant) else {
            throw .badRequest(90_002, "Tenant '\(tenant)' not found.")
        }
        let form = HTTPRequest(
            method: "POST", path: "", query: String(decoding: request.body, as: UTF8.self))
        func field(_ name: String) throws(Refusal) -> String {
            guard let value = form.queryItem(name), !value.isEmpty else {
                throw .badRequest(
                    900_144, "The request body must contain the following parameter: '\(name)'.")
            }
            return value
        }
        guard try field("grant_type") == "client_credentials" else {
            throw Refusal(
                status: 400, error: "unsupported_grant_type", number: 70_003,
                description: "The app requested an unsupported grant type.")
        }
        let clientID = try field("client_id")
        guard clientID == registration.clientID else {
            throw Refusal(
                status: 400, error: "unauthorized_client", number: 700_016,
                description: "Application with identifier '\(clientID)' was not found.")
        }
        guard try field("scope").hasSuffix("/.default") else {
            throw Refusal(
                status: 400, error: "invalid_scope", number: 70_011,
                description: "The provided value for the input parameter 'scope' is not valid.")
        }
        guard form.queryItem("client_assertion") == nil else {
            return try checkAssertion(
                try field("client_assertion"), type: try field("client_assertion_type"),
                audience: origin + request.path, now)
        }
        guard try field("client_secret") == registration.secret else { throw .wrongSecret }
    }

    private func checkAssertion(
        _ text: String, type: String, audience: String, _ now: Timestamp
    ) throws(Refusal) {
        guard type == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" else {
            throw .badRequest(50_027, "The client assertion type is not supported.")
        }
        guard let assertion = ClientAssertion(text) else {
            throw .badAssertion("it is not a signed JWT")
        }
        if let problem = assertion.problem(
            clientID: registration.clientID, audience: audience, now: now)
        {
            throw .badAssertion(problem)
        }
    }

    private func response(
        to refusal: Refusal, requestID: String, now: Timestamp
    ) -> HTTPResponse {
        let description =
            "AADSTS\(refusal.number): \(refusal.description)\r\nTrace ID: \(requestID)"
        let time = now.iso().replacing("T", with: " ", maxReplacements: 1)
        return response(
            refusal.status,
            [
                "error": .string(refusal.error), "error_description": .string(description),
                "error_codes": [JSON(refusal.number)], "timestamp": .string(time),
                "trace_id": .string(requestID), "correlation_id": .string(requestID),
                "error_uri": .string(
                    "https://login.microsoftonline.com/error?code=\(refusal.number)"),
            ])
    }

    private func response(_ status: Int, _ body: JSON) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Cache-Control", "no-store, no-cache"), ("Pragma", "no-cache"),
            ], body: body.serializedBytes())
    }
}
