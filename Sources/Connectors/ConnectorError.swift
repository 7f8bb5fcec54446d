package import FoundationEssentials

/// Why an endpoint could not be read, where, and what to do about it.
package enum ConnectorError: Error, Equatable {
    /// The token endpoint, or the endpoint itself, refused the credentials.
    case signIn(url: String, reason: String)
    /// Signed in, but this resource is not for us.
    case forbidden(url: String, reason: String)
    /// The connector's configuration says two things of one.
    case ambiguous(reason: String)
    /// No answer, or none in time; transient unless a person must act, as for a certificate.
    case unreachable(reason: String, isTransient: Bool)
    /// An answer that says so, or that keeps failing.
    case refused(url: String, status: Int, reason: String)
    /// An answer that is not what the definition expects.
    case unexpected(url: String, reason: String)
    /// A continuation link that leads to another origin; credentials are not sent there.
    case foreignLink(link: String, origin: String)
    /// The cursor is no longer known: read the stream anew.
    case expired(url: String, reason: String)
    /// The place within a round is no longer known; the round can go on behind the last record.
    case lostPlace(url: String, reason: String)
    /// Something was asked for by a name that is not there any more.
    case changedMembers(url: String, reason: String)
    /// Asked to wait longer than a request may.
    case parked(until: Date, reason: String)
    /// The resource does not exist.
    case missing(url: String, reason: String)
    /// The same page came twice, or pages without end.
    case endless(url: String)
    /// More bytes than are taken of one answer, or of one content.
    case tooLarge(url: String)
    case cancelled

    /// What it says of the request for something of one record; nil where it concerns more than
    /// that record, so that the others would fare no better.
    var ofRecord: String? {
        switch self {
        case .signIn, .unreachable, .parked, .cancelled: nil
        // The place of the stream is not meant.
        case .expired(let url, let reason), .lostPlace(let url, let reason),
            .changedMembers(let url, let reason):
            "\(url): \(reason)"
        case .endless(let url): "\(url) repeats its pages"
        default: description
        }
    }

    /// How a refusal of credentials was explained; nil for other errors.
    var reason: String? { if case .signIn(_, let reason) = self { reason } else { nil } }

    /// What kind of failure it is, for the exit code.
    package enum Kind: Sendable, Hashable {
        case credentials, availability, content, cancelled
    }

    package var kind: Kind {
        switch self {
        case .signIn, .forbidden: .credentials
        case .unreachable, .refused, .parked: .availability
        case .ambiguous, .unexpected, .foreignLink, .expired, .lostPlace, .changedMembers, .missing,
            .endless,
            .tooLarge:
            .content
        case .cancelled: .cancelled
        }
    }

    /// True when the same request may succeed later without anybody's help.
    package var isTransient: Bool {
        switch self {
        case .unreachable(_, let isTransient): isTransient
        case .refused, .expired, .lostPlace, .changedMembers, .parked: true
        default: false
        }
    }
}

extension ConnectorError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .signIn(let url, let reason):
            "sign-in refused by \(url): \(reason)"
        case .forbidden(let url, let reason):
            "no permission for \(url): \(reason)"
        case .ambiguous(let reason): reason
        case .unreachable(let reason, _): reason
        case .refused(let url, let status, let reason):
            "\(url) answered \(status): \(reason); it is tried again at the next poll"
        case .unexpected(let url, let reason):
            "\(url) gave an unusable answer: \(reason); check base_url"
        case .foreignLink(let link, let origin):
            "a continuation link leads from \(origin) to \(link), where credentials are never sent"
                + "; check base_url"
        case .expired(let url, let reason):
            "the cursor for \(url) expired: \(reason); the stream is read anew"
        case .lostPlace(let url, let reason):
            "the place in \(url) is lost: \(reason); the round begins anew"
        case .changedMembers(let url, let reason):
            "\(url) does not know a name it was asked for: \(reason); check fields and where"
        case .parked(let until, let reason):
            "asked to wait until \(until.formatted(.iso8601)): \(reason)"
        case .missing(let url, let reason):
            "\(url) does not exist: \(reason); check the scope"
        case .endless(let url):
            "\(url) repeats its pages; the stream is given up until the next poll"
        case .tooLarge(let url):
            "\(url) has more bytes than are taken at a time; ask for less, such as by a filter"
        case .cancelled: "cancelled"
        }
    }
}
