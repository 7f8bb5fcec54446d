/// How requests prove who asks: the kinds a definition allows, the first that is filled in counts.
package struct Authentication: Sendable, Equatable {
    enum Method: Sendable, Equatable {
        /// OAuth 2.0 client credentials with a secret (RFC 6749 §4.4).
        case clientCredentials(tokenURL: Template, scope: Template?, inHeader: Bool)
        /// The same with a signed assertion in place of the secret (RFC 7523 §2.2).
        case clientAssertion(tokenURL: Template, scope: Template?)
        /// A signed assertion for a user (RFC 7523 §2.1).
        case jwtBearer(tokenURL: Template, audience: Template)
        /// User and password with each request (RFC 7617).
        case basic
        /// A key in a header.
        case header(name: String)
        case none
    }

    let methods: [Method]
    /// The member of a token answer that says where requests go, and hosts it may name.
    let serviceURL: String?
    let serviceHosts: [String]
    let hints: [Hint]
}

extension Authentication {
    /// Whether a token answer says where requests go.
    package var namesService: Bool { serviceURL != nil }
}

extension Authentication.Method {
    /// The connection values without which the method cannot be used.
    var needs: [String] {
        switch self {
        case .clientCredentials: ["client_id", "client_secret"]
        case .clientAssertion: ["client_id", "certificate", "private_key"]
        case .jwtBearer: ["client_id", "username", "private_key"]
        case .basic: ["user", "password"]
        case .header: ["api_key"]
        case .none: []
        }
    }
}
