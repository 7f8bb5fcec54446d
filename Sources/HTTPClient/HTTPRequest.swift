/// One request to send.
package struct HTTPRequest: Sendable {
    package var method: String
    /// Absolute, `http` or `https`, without user information.
    package var url: String
    package var headers: [(String, String)]
    /// Sent with its length; nil sends none.
    package var body: [UInt8]?
    /// These three take the place of the client's options where they are given.
    package var responseBytesMax: Int?
    package var idleTimeout: Duration?
    package var totalTimeout: Duration?
    /// Whether the server may see the client's certificate, which says who we are.
    package var showsCertificate = true

    package init(
        _ method: String = "GET", url: String, headers: [(String, String)] = [],
        body: [UInt8]? = nil
    ) {
        (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
    }
}
