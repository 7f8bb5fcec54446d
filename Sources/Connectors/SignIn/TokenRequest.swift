import Crypto
import FoundationEssentials
import HTTPClient

/// A request for a token, without its transport.
struct TokenRequest {
    let url: String
    let form: [(String, String)]
    /// Beside those that every request for a token has.
    let headers: [(String, String)]
    /// What must not be shown, should a server quote it.
    let secrets: [String]

    /// Source: RFC 6749 §4.4.2, RFC 7523 §2.
    ///
    /// - Parameters:
    ///   - grant: What to show.
    ///   - url: Where it is sent.
    ///   - now: The token endpoint's time, as far as it is known.
    ///   - fraction: Chance, for an identifier.
    /// - Throws: `CryptoError` where a certificate or key cannot be used.
    init(
        _ grant: TokenGrant, url: String, now: Date, fraction: () -> Double
    ) throws(CryptoError) {
        self.url = url
        switch grant {
        case .clientCredentials(let id, let secret, let scope, .body):
            form =
                [
                    ("grant_type", "client_credentials"), ("client_id", id),
                    ("client_secret", secret),
                ] + field(scope)
            (headers, secrets) = ([], [secret])
        case .clientCredentials(let id, let secret, let scope, .basic):
            let value = basicValue(user: id, password: secret)
            form = [("grant_type", "client_credentials")] + field(scope)
            (headers, secrets) = ([("Authorization", value)], [secret, value])
        case .clientAssertion(let id, let certificate, let key, let scope):
            let assertion = try Assertion.client(
                id: id, audience: url, certificate: certificate, key: key, now: now,
                identifier: Assertion.identifier(fraction))
            form =
                [
                    ("grant_type", "client_credentials"), ("client_id", id),
                    (
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                    ), ("client_assertion", assertion),
                ] + field(scope)
            (headers, secrets) = ([], [assertion])
        case .jwtBearer(let id, let subject, let audience, let key):
            let assertion = try Assertion.user(
                subject, client: id, audience: audience, key: key, now: now)
            form = [
                ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                ("assertion", assertion),
            ]
            (headers, secrets) = ([], [assertion])
        }
    }

    var request: HTTPRequest {
        var request = HTTPRequest(
            "POST", url: url,
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Accept", "application/json"),
            ] + headers, body: Array(PercentEncoding.form(form).utf8))
        request.responseBytesMax = Limits.tokenBytesMax
        return request
    }
}

private func field(_ scope: String?) -> [(String, String)] {
    scope.map { [("scope", $0)] } ?? []
}

/// The value of an `Authorization` header (RFC 7617).
///
/// A client's identifier and secret go as they are too: RFC 6749 §2.3.1 would have them
/// percent-encoded before, but servers in use compare them without decoding.
func basicValue(user: String, password: String) -> String {
    "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
}
