/// A whole answer, whatever its status: a 404 is an answer and not an error.
package struct HTTPResponse: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    /// After decompression.
    package let body: [UInt8]
    /// The URL asked, as it was sent.
    package let url: String

    package init(status: Int, headers: HTTPHeaders, body: [UInt8], url: String) {
        (self.status, self.headers, self.body, self.url) = (status, headers, body, url)
    }
}
