import JSON

/// A JWT by which a client shows its certificate in place of a secret (RFC 7523 §2.2).
///
/// Everything is checked but the signature: the sandbox has no key to check it with.
struct ClientAssertion {
    private let header: JSON
    private let claims: JSON

    /// - Parameter text: Three parts in base64url without padding; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[2].isEmpty, let header = Self.object(parts[0]),
            let claims = Self.object(parts[1])
        else { return nil }
        (self.header, self.claims) = (header, claims)
    }

    /// What is wrong with it, nil where nothing is.
    func problem(clientID: String, audience: String, now: Timestamp) -> String? {
        let algorithm = header["alg"]?.stringValue
        let thumbprint = algorithm == "PS256" ? "x5t#S256" : "x5t"
        guard algorithm == "PS256" || algorithm == "RS256" else { return "alg is not supported" }
        guard header[thumbprint]?.stringValue?.isEmpty == false else {
            return "\(thumbprint) is missing"
        }
        guard claims["aud"]?.stringValue == audience else { return "aud is not the token URL" }
        guard claims["iss"]?.stringValue == clientID, claims["sub"]?.stringValue == clientID else {
            return "iss and sub are not the client id"
        }
        guard claims["jti"]?.stringValue?.isEmpty == false else { return "jti is missing" }
        guard let start = claims["nbf"]?.intValue, let end = claims["exp"]?.intValue else {
            return "nbf or exp is missing"
        }
        guard now >= Timestamp(Int64(start)).advanced(by: -Self.skew) else {
            return "it is not yet valid"
        }
        guard now < Timestamp(Int64(end)).advanced(by: Self.skew) else { return "it has expired" }
        return nil
    }

    /// Seconds by which both clocks may differ.
    private static let skew: Int64 = 300

    private static func object(_ part: Substring) -> JSON? {
        let padding = String(repeating: "=", count: (4 - part.utf8.count % 4) % 4)
        guard !part.contains("="), let bytes = Base64.decodeURL(String(part) + padding),
            let json = try? JSON.parse(bytes), json.objectMembers != nil
        else { return nil }
        return json
    }
}
