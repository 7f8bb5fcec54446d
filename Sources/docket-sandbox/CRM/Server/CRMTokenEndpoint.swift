import HTTPServer
import JSON

/// `/services/oauth2/token`: client credentials, or a JWT that the client has signed.
///
/// The vendor takes client credentials at the org's own host alone; the sandbox has no other.
struct CRMTokenEndpoint {
    let registration: CRMRegistration
    let origin: String
    let now: Timestamp

    /// A refusal in the form of RFC 6749 §5.2; other errors of the vendor come in arrays.
    struct Refusal: Error {
        let error: String
        let description: String
        var status = 400

        var response: HTTPResponse {
            CRMTokenEndpoint.response(
                status, ["error": .string(error), "error_description": .string(description)])
        }

        static func badGrant(_ description: String) -> Refusal {
            Refusal(error: "invalid_grant", description: description)
        }

        static let badAssertion = badGrant("invalid assertion")
        static let unknownClient = Refusal(
            error: "invalid_client_id", description: "client identifier invalid")
    }

    /// - Throws: ``Refusal`` where the request may not have a token.
    func check(_ request: HTTPRequest) throws(Refusal) {
        guard request.method == "POST" else {
            throw Refusal(error: "invalid_request", description: "must use HTTP POST")
        }
        let form = HTTPRequest(
            method: "POST", path: "", query: String(decoding: request.body, as: UTF8.self))
        switch form.queryItem("grant_type") {
        case "client_credentials": try checkCredentials(request, form)
        case "urn:ietf:params:oauth:grant-type:jwt-bearer":
            try checkAssertion(form.queryItem("assertion") ?? "")
        case nil: throw Refusal(error: "invalid_request", description: "grant_type is missing")
        default:
            throw Refusal(
                error: "unsupported_grant_type", description: "grant type not supported")
        }
    }

    private func checkCredentials(
        _ request: HTTPRequest, _ form: HTTPRequest
    ) throws(Refusal) {
        var pair = [form.queryItem("client_id") ?? "", form.queryItem("client_secret") ?? ""]
        if let header = request.header("authorization"), header.lowercased().hasPrefix("basic ") {
            let standard = header.dropFirst("basic ".count)
            let text = standard.replacing("+", with: "-").replacing("/", with: "_")
            let plain = String(decoding: Base64.decodeURL(text) ?? [], as: UTF8.self)
            pair = plain.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                .map(String.init)
        }
        guard pair.count == 2, pair[0] == registration.clientID else { throw .unknownClient }
        guard pair[1] == registration.secret else {
            throw Refusal(error: "invalid_client", description: "invalid client credentials")
        }
    }

    /// Everything is checked but the signature: the sandbox has no key to check it with.
    private func checkAssertion(_ text: String) throws(Refusal) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = object(parts[0]), let claims = object(parts[1]),
            decoded(parts[2])?.isEmpty == false, header["alg"] == "RS256"
        else { throw .badAssertion }
        guard claims["iss"]?.stringValue == registration.clientID else { throw .unknownClient }
        guard let subject = (claims["sub"] ?? claims["prn"])?.stringValue,
            subject == CRMRegistration.username
        else { throw .badGrant("user hasn't approved this consumer") }
        guard let audience = claims["aud"]?.stringValue,
            (CRMRegistration.loginHosts + [origin]).contains(audience)
        else { throw .badGrant("audience is invalid") }
        guard let end = claims["exp"]?.intValue else { throw .badAssertion }
        // Milliseconds end in the year 50,000, which is as much too late as four minutes are.
        let last = now.advanced(by: Limits.assertionLifetime + Limits.assertionSkew)
        guard Timestamp(Int64(end)) <= last else { throw .badAssertion }
        guard Timestamp(Int64(end)) > now.advanced(by: -Limits.assertionSkew) else {
            throw .badGrant("expired authorization code")
        }
    }

    private func object(_ part: Substring) -> JSON? {
        guard let bytes = decoded(part), let json = try? JSON.parse(bytes),
            json.objectMembers != nil
        else { return nil }
        return json
    }

    private func decoded(_ part: Substring) -> [UInt8]? {
        guard !part.contains("=") else { return nil }
        return Base64.decodeURL(part + String(repeating: "=", count: (4 - part.utf8.count % 4) % 4))
    }

    /// The answer to a request that was checked: no `expires_in`, and no refresh token.
    func answer(token: String, instanceURL: String, user: String) -> HTTPResponse {
        let identity =
            "\(origin)/id/\(CRMID.full(registration.organizationID))/\(CRMID.full(user))"
        return Self.response(
            200,
            [
                "access_token": .string(token), "signature": "c2FuZGJveC1zaWduYXR1cmU=",
                "scope": "id api", "instance_url": .string(instanceURL),
                "id": .string(identity), "token_type": "Bearer",
                "issued_at": .string("\(now.seconds)000"),
            ])
    }

    private static func response(_ status: Int, _ body: JSON) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                ("Content-Type", "application/json;charset=UTF-8"),
                ("Cache-Control", "no-cache, no-store"), ("Pragma", "no-cache"),
            ], body: body.serializedBytes())
    }
}
