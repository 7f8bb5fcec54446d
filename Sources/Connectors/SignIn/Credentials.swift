/// As whom a connector asks.
package enum Credentials: Sendable {
    /// The transport says it, by a client certificate for instance, or nobody asks.
    case none
    /// RFC 7617. Never sent again once it was refused, since endpoints lock users who try.
    case basic(user: String, password: String)
    /// A key that goes with every request as it is.
    case header(name: String, value: String)
    /// A token that `url` gives for what the grant shows.
    case token(url: String, TokenGrant)
}

/// What a token is given for.
package enum TokenGrant: Sendable {
    /// RFC 6749 §4.4.
    case clientCredentials(clientID: String, secret: String, scope: String?, style: ClientStyle)
    /// The same, where a signed assertion stands for the secret (RFC 7523 §2.2).
    ///
    /// The certificate and its key are PEM text.
    case clientAssertion(clientID: String, certificate: [UInt8], key: [UInt8], scope: String?)
    /// In a user's name, by a signed assertion (RFC 7523 §2.1).
    ///
    /// `audience` is whom the assertion is for, which need not be where it is sent; the key is PEM
    /// text.
    case jwtBearer(clientID: String, subject: String, audience: String, key: [UInt8])

    /// How a client shows its secret (RFC 6749 §2.3.1).
    package enum ClientStyle: Sendable {
        case body
        case basic
    }

    /// True where the moment of the request is part of what is signed.
    var tellsTime: Bool {
        switch self {
        case .clientCredentials: false
        case .clientAssertion, .jwtBearer: true
        }
    }
}

extension Credentials: CustomStringConvertible {
    /// The kind alone: whoever prints credentials by mistake prints no secret.
    package var description: String {
        switch self {
        case .none: "no credentials"
        case .basic: "user and password"
        case .header: "a key in a header"
        case .token(_, let grant): grant.description
        }
    }
}

extension TokenGrant: CustomStringConvertible {
    /// The kind alone, for the same reason.
    package var description: String {
        switch self {
        case .clientCredentials: "a client's secret"
        case .clientAssertion: "a client's certificate"
        case .jwtBearer: "a signed assertion for a user"
        }
    }
}
