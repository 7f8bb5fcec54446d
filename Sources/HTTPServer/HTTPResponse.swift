/// What a handler answers.
package struct HTTPResponse: Sendable {
    package var status: Int
    /// A header without a value is left out.
    ///
    /// So are `Content-Length` and `Transfer-Encoding`, which are the server's own, as `Date` is
    /// where none is given.
    package var headers: [(String, String)]
    /// Sent as it is: a handler that gives compressed bytes gives a `Content-Encoding` too.
    package var body: [UInt8]
    package var delivery: Delivery = .whole

    /// How the body goes out.
    ///
    /// All but the first two exist to play a server that fails.
    package enum Delivery: Sendable, Equatable {
        case whole
        /// Without a declared length.
        case chunked
        /// Declares the whole length, or chunks, and closes the connection after so many bytes.
        case truncated(after: Int, chunked: Bool = false)
        /// Sends nothing for a while after so many bytes, then goes on.
        case stalled(after: Int, lasting: Duration)
    }

    package init(
        status: Int, headers: [(String, String)] = [], body: [UInt8] = [],
        delivery: Delivery = .whole
    ) {
        (self.status, self.headers, self.body) = (status, headers, body)
        self.delivery = delivery
    }

    /// A body of text in UTF-8.
    package init(
        status: Int, contentType: String = "text/plain; charset=utf-8", text: String
    ) {
        self.init(status: status, headers: [("Content-Type", contentType)], body: Array(text.utf8))
    }

    /// The same answer, cut off after so many bytes of its body.
    package func truncated(after bytes: Int, chunked: Bool = false) -> HTTPResponse {
        var copy = self
        copy.delivery = .truncated(after: bytes, chunked: chunked)
        return copy
    }

    /// The same answer, with a pause after so many bytes of its body.
    package func stalled(after bytes: Int = 0, lasting duration: Duration) -> HTTPResponse {
        var copy = self
        copy.delivery = .stalled(after: bytes, lasting: duration)
        return copy
    }
}
