package import HTTPClient

/// Why a remote model did not answer, where, and what to do about it.
///
/// `url` comes without query. `reason` is the server's own words where it gave any, shortened,
/// without the key.
package enum RemoteError: Error, Equatable {
    /// No answer, or none in time.
    case unreachable(HTTPClientError)
    /// An answer that is none: `status` is not 200.
    case refused(url: String, status: Int, reason: String, retryAfter: Duration?)
    /// The prompt does not fit the server's context.
    case tooLong(url: String, reason: String)
    /// The model, or something before it, does not want to answer this.
    case withheld(url: String, reason: String)
    /// The answer names none of the labels, or several.
    case noLabel(url: String)
    /// An answer that breaks the protocol.
    case unusable(url: String, reason: String)
    /// Not asked at all: the model failed too often just now.
    case resting(url: String)

    /// Whose failure it is, and so what becomes of the job.
    enum Cause: Equatable {
        /// The document's: the server is well, and will say the same again.
        case document
        /// It may be either's; the attempt counts.
        case attempt
        /// The server's alone; the attempt does not count.
        case server
        /// The configuration's: the next request will fail as well, until a person helps.
        case configuration
    }

    var cause: Cause {
        switch self {
        case .tooLong, .withheld, .noLabel: .document
        case .unusable: .attempt
        case .resting: .server
        case .refused(_, let status, _, _): Self.cause(ofStatus: status)
        case .unreachable(let error): Self.cause(of: error)
        }
    }

    /// True where the same request may succeed later without anybody's help.
    package var isTransient: Bool { cause == .attempt || cause == .server }

    /// Whether the server does not take the key.
    package var isCredentials: Bool {
        if case .refused(_, let status, _, _) = self {
            status == 401 || status == 403
        } else {
            false
        }
    }

    /// What the server asked for.
    var retryAfter: Duration? {
        if case .refused(_, _, _, let retryAfter) = self { retryAfter } else { nil }
    }

    private static func cause(ofStatus status: Int) -> Cause {
        switch status {
        case 429, 503: .server
        // A redirect too: the key goes to the configured server and to no other.
        case 300..<400, 401, 402, 403, 404, 405, 407: .configuration
        case 408, 425, 500...: .attempt
        default: .document
        }
    }

    private static func cause(of error: HTTPClientError) -> Cause {
        switch error {
        case .cannotResolve, .cannotConnect, .proxy, .handshake, .timedOut(.connect, _, _),
            .closed, .cancelled:
            .server
        case .badURL, .badRequest, .badOption, .tls, .file: .configuration
        case .timedOut, .truncated, .connectionLost, .badResponse, .other: .attempt
        case .bodyTooLarge, .decompressionBomb, .headersTooLarge: .document
        }
    }
}

extension RemoteError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let error): "\(error)"
        case .refused(let url, let status, let reason, _):
            "\(url) answered \(status): \(reason); \(Self.remedy(status))"
        case .tooLong(let url, let reason):
            "\(url) finds the prompt too long: \(reason); lower `context_length` of the model"
        case .withheld(let url, let reason):
            "\(url) does not answer: \(reason); use another model for such documents"
        case .noLabel(let url):
            "the answer of \(url) is not one of the recipe's labels; "
                + "use a larger model, or labels that differ more"
        case .unusable(let url, let reason):
            "\(url) gave an unusable answer: \(reason); check that `url` is an OpenAI-compatible "
                + "server"
        case .resting(let url):
            "\(url) failed too often; it is asked again in a while"
        }
    }

    private static func remedy(_ status: Int) -> String {
        switch status {
        case 300..<400: "redirects are not followed; give the server's own address as `url`"
        case 401, 403: "check `api_key` of the model"
        case 402: "check the account with the server"
        case 404, 405: "check `url` and `model` of the model"
        case 407: "check `proxy` of the model"
        case 408, 425, 429, 500...: "it is tried again"
        default: "check that the server takes such requests"
        }
    }
}
