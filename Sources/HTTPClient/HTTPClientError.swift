/// Why there is no answer.
///
/// `url` and `host` come without query, user information and fragment, so that an error can be
/// written to a log.
package enum HTTPClientError: Error, Equatable {
    package enum Phase: String, Sendable {
        /// Before a connection was there: name, TCP, TLS.
        case connect
        /// Nothing moved.
        case idle
        /// All in all.
        case total
    }

    case badURL(reason: String)
    case badRequest(url: String, reason: String)
    case badOption(name: String, reason: String)
    case cannotResolve(host: String)
    case cannotConnect(host: String, port: UInt16, reason: String)
    case proxy(reason: String)
    /// One of the certificates is not accepted.
    case tls(host: String, reason: String)
    /// The connection broke before TLS was agreed on.
    case handshake(host: String, reason: String)
    case timedOut(Phase, after: Duration, url: String)
    case bodyTooLarge(bytesMax: Int, url: String)
    /// The body unfolds to more than a hundred times what was sent.
    case decompressionBomb(bytesRead: Int, url: String)
    case headersTooLarge(bytesMax: Int, url: String)
    /// The connection ended before the body did.
    case truncated(url: String)
    /// The connection ended without an answer.
    case connectionLost(url: String, reason: String)
    /// What came is not HTTP, or not decodable.
    case badResponse(url: String, reason: String)
    /// A download that could not be written.
    case file(path: String, reason: String)
    case cancelled
    /// The client was closed.
    case closed
    case other(code: Int, url: String, reason: String)

    /// True where the same request may succeed later.
    package var isTransient: Bool {
        switch self {
        case .cannotResolve, .cannotConnect, .proxy, .handshake, .timedOut, .truncated,
            .connectionLost, .badResponse, .other:
            true
        case .badURL, .badRequest, .badOption, .tls, .bodyTooLarge, .decompressionBomb,
            .headersTooLarge, .file, .cancelled, .closed:
            false
        }
    }
}
