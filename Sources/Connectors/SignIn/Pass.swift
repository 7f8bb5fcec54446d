/// What lets one request in.
package struct Pass: Sendable {
    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    /// To send with the request, and to the configured origin alone.
    package let headers: [Header]
    /// Where the token answer said the service is, without a slash at its end; good only together
    /// with these headers.
    package let serviceURL: String?
    /// Tells this pass from a later one with the same token.
    let number: Int
    /// Held while it is not known whether the endpoint takes a password.
    let trial: Trial?

    init(headers: [Header], serviceURL: String? = nil, number: Int = 0, trial: Trial? = nil) {
        (self.headers, self.serviceURL) = (headers, serviceURL)
        (self.number, self.trial) = (number, trial)
    }
}

extension Pass: Equatable {
    package static func == (left: Pass, right: Pass) -> Bool {
        left.headers == right.headers && left.serviceURL == right.serviceURL
            && left.number == right.number
    }
}

extension Pass: CustomStringConvertible {
    /// The names alone: whoever prints a pass by mistake prints no token.
    package var description: String { "a pass in \(headers.map(\.name))" }
}

/// The right to be the one request that shows a password nobody has accepted yet.
///
/// Letting go of it gives it to the next in line, so that nobody waits for a request that ended
/// without an answer.
final class Trial: Sendable {
    private let end: @Sendable () -> Void

    init(end: @escaping @Sendable () -> Void) { self.end = end }

    deinit { end() }
}
