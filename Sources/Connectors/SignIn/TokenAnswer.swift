import FoundationEssentials
import HTTPClient
import JSON

/// What a token endpoint's answer means (RFC 6749 §5).
enum TokenAnswer {
    case granted(GrantedToken)
    /// Not for these credentials, whenever they ask.
    case refused(reason: String)
    /// Not now: throttled or overloaded; after the pause, where it asked for one.
    case later(after: Duration?, reason: String)
    case unusable(reason: String)

    /// - Parameters:
    ///   - response: Of any status.
    ///   - tokenURL: Whom was asked; a service is not less protected than this.
    ///   - serviceURLMember: Where the answer says where the service is.
    ///   - now: To compare dates to.
    init(_ response: HTTPResponse, tokenURL: String, serviceURLMember: String?, now: Date) {
        let body = try? JSON.parse(response.body)
        guard response.status == 200 else {
            let said = [body?["error"]?.stringValue, body?["error_description"]?.stringValue]
            let text = said.compactMap(\.self).joined(separator: ": ")
            let reason = text.isEmpty ? "status \(response.status)" : text
            let isTransient = [408, 429].contains(response.status) || response.status >= 500
            let asked = response.headers["Retry-After"].flatMap {
                RetryAfter.parse($0, now: now.timeIntervalSince1970)
            }
            self = isTransient ? .later(after: asked, reason: reason) : .refused(reason: reason)
            return
        }
        guard let text = body?["access_token"]?.stringValue, !text.isEmpty else {
            self = .unusable(reason: "no access_token in the answer")
            return
        }
        var serviceURL: String?
        if let serviceURLMember {
            let link = body?[serviceURLMember]?.stringValue
            serviceURL = link.flatMap { Self.serviceURL($0, tokenURL: tokenURL) }
            guard serviceURL != nil else {
                self = .unusable(reason: "no usable address as \(serviceURLMember) in the answer")
                return
            }
        }
        self = .granted(
            GrantedToken(
                text: text, serviceURL: serviceURL, usable: Self.usable(body?["expires_in"])))
    }

    private static func serviceURL(_ link: String, tokenURL: String) -> String? {
        guard let service = try? Origin(url: link), let asked = try? Origin(url: tokenURL),
            service.scheme == "https" || asked.scheme == "http", !link.contains("?"),
            !link.contains("#")
        else { return nil }
        return String(link.reversed().drop { $0 == "/" }.reversed())
    }

    private static func usable(_ lifetime: JSON?) -> Duration {
        let said = lifetime.flatMap { $0.intValue ?? $0.stringValue.flatMap(Int.init) }
        let seconds = Double(
            (said ?? Limits.tokenLifetimeDefault).clamped(to: Limits.tokenLifetimeRange))
        // A short-lived token is used for half its life rather than never.
        return .seconds(max(seconds - Limits.tokenMargin, seconds / 2))
    }
}
