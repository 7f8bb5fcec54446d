/// Whom a credential belongs to: scheme, host and port (RFC 6454 §4).
///
/// A link that a server gave is followed with credentials only within the origin it came from.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`.
    package let scheme: String
    /// In lower case; an IPv6 address in brackets.
    package let host: String
    /// The scheme's own where the URL named none.
    package let port: UInt16

    init(scheme: String, host: String, port: UInt16) {
        (self.scheme, self.host, self.port) = (scheme, host, port)
    }

    /// The origin of an absolute URL.
    ///
    /// - Throws: ``HTTPClientError/badURL(reason:)``
    package init(url: String) throws(HTTPClientError) { self = try WebAddress(url).origin }

    /// Whether an absolute URL is one of this origin's; false for what is no usable URL.
    package func isSameOrigin(_ url: String) -> Bool {
        (try? WebAddress(url))?.origin == self
    }

    /// The absolute URL of a link found in what `base` answered.
    ///
    /// - Throws: ``HTTPClientError/badURL(reason:)`` for other schemes and user information.
    package static func resolve(
        link: String, against base: String
    ) throws(HTTPClientError) -> String {
        try WebAddress(link, against: WebAddress(base)).url
    }

    package var description: String { "\(scheme)://\(host):\(port)" }
}
