import FoundationEssentials
import HTTPClient
import JSON

/// Sends a connector's requests: signed in, paced, tried again where that may help.
///
/// Every request carries the definition's headers and the credentials, so it goes to the
/// connector's origin alone; a link that leads elsewhere is refused before anything is sent.
struct Requester: Sendable {
    let client: HTTPClient
    let signIn: SignIn
    let gate: RequestGate
    /// Configured; nil: what a token answer names.
    let baseURL: String?
    let authentication: Authentication
    let headers: [(String, String)]
    let errors: ErrorTable
    let budget: Pace.Budget?
    /// Share of a quota, 0 to 1, that is docket's.
    let budgetShare: Double
    let surroundings: Surroundings

    /// What to do after one attempt.
    private enum Step<Value: Sendable>: Sendable {
        case done(Answer<Value>)
        case renew(ConnectorError)
        case again(after: Duration, ConnectorError)
        case stop(ConnectorError)
    }

    /// The JSON an endpoint answers with.
    func json(_ call: Call) async throws(ConnectorError) -> Answer<JSON> {
        try await send(call) { (response) throws(Unreadable) in try response.json() }
    }

    /// What an endpoint answers.
    ///
    /// - Parameters:
    ///   - call: What to ask.
    ///   - read: Makes a value of a 2xx answer; what is unreadable is asked for again.
    /// - Returns: The value and what came with it.
    /// - Throws: What the error table, or the lack of an answer, says.
    func send<Value: Sendable>(
        _ call: Call, _ read: @Sendable (HTTPResponse) throws(Unreadable) -> Value
    ) async throws(ConnectorError) -> Answer<Value> {
        var failure = ConnectorError.cancelled
        var hasRenewed = false
        for attempt in 1...Limits.attemptsMax {
            let pass = try await signIn.pass()
            let base = try base(pass)
            let url = try own(call.url, base)
            try await gate.enter(call.scope, now: surroundings.now())
            let step = await attemptOnce(call, url: url, pass, attempt: attempt, read)
            await gate.leave(call.scope)
            switch step {
            case .done(let answer):
                await signIn.accept(pass)
                return answer
            case .stop(let error):
                throw error
            case .renew(let error):
                await signIn.discard(pass, because: error.reason)
                guard !hasRenewed else { throw error }
                hasRenewed = true
                failure = error
            case .again(let wait, let error):
                failure = error
                guard attempt < Limits.attemptsMax else { break }
                do { try await surroundings.sleep(wait) } catch { throw .cancelled }
            }
        }
        throw failure
    }

    /// Where requests go: scheme, host, port, and a path without a slash at its end.
    func base() async throws(ConnectorError) -> String {
        // Not asked for where nothing of it is needed: it may be a request of its own.
        if let baseURL { return baseURL }
        return try base(try await signIn.pass())
    }

    /// The absolute form of a link, on the connector's origin.
    ///
    /// - Throws: ``ConnectorError/foreignLink(link:origin:)``.
    func own(_ link: String, _ base: String) throws(ConnectorError) -> String {
        let origin: Origin
        do { origin = try Origin(url: base) } catch {
            throw .unexpected(url: base, reason: "\(error)")
        }
        if link.hasPrefix("/"), !link.hasPrefix("//") { return origin.description + link }
        guard origin.isSameOrigin(link) else {
            throw .foreignLink(link: linkOrigin(link), origin: origin.description)
        }
        return link
    }

    private var tokenURL: String? {
        if case .token(let url, _) = signIn.credentials { url } else { nil }
    }

    func base(_ pass: Pass) throws(ConnectorError) -> String {
        if let baseURL { return baseURL }
        guard let url = pass.serviceURL else {
            throw .unexpected(
                url: "the token answer", reason: "it names no place for requests; give base_url")
        }
        guard authentication.isServiceHost(url, tokenURL: tokenURL) else {
            throw .foreignLink(link: linkOrigin(url), origin: tokenURL.map(linkOrigin) ?? "")
        }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    private func attemptOnce<Value: Sendable>(
        _ call: Call, url: String, _ pass: Pass, attempt: Int,
        _ read: @Sendable (HTTPResponse) throws(Unreadable) -> Value
    ) async -> Step<Value> {
        let place = withoutQuery(url)
        let backoff = backoff(attempt)
        let response: HTTPResponse
        do {
            var request = HTTPRequest(
                call.method, url: url, headers: merged(call.headers) + pass.lines, body: call.body)
            request.responseBytesMax = call.bytesMax
            response = try await client.send(request)
        } catch .bodyTooLarge {
            return .stop(.tooLarge(url: place))
        } catch {
            let failure = ConnectorError(error)
            return failure.isTransient ? .again(after: backoff, failure) : .stop(failure)
        }
        await note(response.headers)
        guard !(200...299).contains(response.status) else {
            do {
                let value = try read(response)
                return .done(Answer(value: value, headers: response.headers, url: url))
            } catch {
                let type = response.headers["Content-Type"].map { ", declared as \(quoted($0))" }
                let reason = "\(error.reason)\(type ?? "")"
                return .again(after: backoff, .unexpected(url: place, reason: reason))
            }
        }
        if let location = response.headers["Location"], (300...399).contains(response.status) {
            let reason = "a redirect to \(linkOrigin(location))"
            // One that a fault or a logon page made may be gone with the next try.
            return .again(after: backoff, .unexpected(url: place, reason: reason))
        }
        return switch await verdict(on: response, place: place, attempt: attempt) {
        case .renew(let error): .renew(error)
        case .again(let wait, let error): .again(after: wait, error)
        case .stop(let error): .stop(call.isContinuation ? error.ofLink(response.status) : error)
        }
    }

    /// What a failure means, whatever was asked: no wait is longer than a request may be held, and
    /// none follows the last attempt of one that was throttled.
    enum Verdict: Sendable {
        case renew(ConnectorError)
        case again(after: Duration, ConnectorError)
        case stop(ConnectorError)
    }

    func verdict(
        on response: HTTPResponse, place: String, attempt: Int
    ) async -> Verdict {
        let body = FailureBody.json(response)
        let rule = errors.rule(status: response.status, body: body)
        let remedy =
            rule?.remedy ?? (rule?.action == .forbid ? "grant the application access to it" : nil)
        let reason =
            errors.reason(status: response.status, body: body)
            + (remedy.map { "; \($0)" } ?? "")
        let now = surroundings.now()
        let asked = response.headers["Retry-After"].flatMap {
            RetryAfter.parse($0, now: now.timeIntervalSince1970)
        }
        switch errors.action(status: response.status, body: body) {
        case .renew:
            return .renew(.signIn(url: place, reason: reason))
        case .retry:
            let wait = max(asked ?? backoff(attempt), Limits.throttleWaitMin)
            let error = ConnectorError.refused(
                url: place, status: response.status, reason: reason)
            let isThrottled = asked != nil || response.status == 429
            let isLast = attempt == Limits.attemptsMax
            guard wait <= Limits.waitMax, !(isThrottled && isLast) else {
                return .stop(await parked(for: wait, rule, error.description, now))
            }
            if rule?.extent == .connector { await gate.close(for: wait) }
            return .again(after: wait, error)
        case .park:
            let wait = asked ?? rule?.duration ?? Limits.waitMax
            return .stop(await parked(for: wait, rule, reason, now))
        case .reset: return .stop(.expired(url: place, reason: reason))
        case .rewind: return .stop(.lostPlace(url: place, reason: reason))
        case .redescribe: return .stop(.changedMembers(url: place, reason: reason))
        case .forbid: return .stop(.forbidden(url: place, reason: reason))
        case .skip: return .stop(.missing(url: place, reason: reason))
        case .fail:
            return .stop(.unexpected(url: place, reason: "status \(response.status): \(reason)"))
        }
    }

    /// The scope is left alone for so long, or all scopes where the rule says so.
    private func parked(
        for wait: Duration, _ rule: ErrorTable.Rule?, _ reason: String, _ now: Date
    ) async -> ConnectorError {
        let until = now.addingTimeInterval(wait / .seconds(1))
        if rule?.extent == .connector { await gate.spend(until: until, reason: reason) }
        return .parked(until: until, reason: reason)
    }

    func backoff(_ attempt: Int) -> Duration {
        Limits.backoffBase * (1 << (attempt - 1)) * surroundings.fraction()
    }

    /// The definition's headers, but for those a call has of its own.
    func merged(_ own: [(String, String)]) -> [(String, String)] {
        let names = Set(own.map { $0.0.lowercased() })
        return headers.filter { !names.contains($0.0.lowercased()) } + own
    }

    /// Stops when as much of a quota is used as is ours.
    func note(_ headers: HTTPHeaders) async {
        guard let budget, let usage = budget.usage(in: headers),
            usage.limit > 0, Double(usage.used) >= budgetShare * Double(usage.limit)
        else { return }
        await gate.spend(
            until: surroundings.now().addingTimeInterval(Limits.budgetPause / .seconds(1)),
            reason: "\(usage.used) of \(usage.limit) requests of the quota are used; "
                + "limits.budget_share leaves the rest to others")
    }
}

extension Pace.Budget {
    /// What is used of how much; nil where the header does not say.
    func usage(in headers: HTTPHeaders) -> (used: Int, limit: Int)? {
        guard let text = headers[header], let start = text.firstRange(of: prefix) else {
            return nil
        }
        let parts = text[start.upperBound...].split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let used = Int(parts[0]),
            let limit = Int(parts[1].prefix { $0.isNumber })
        else { return nil }
        return (used, limit)
    }
}

extension Authentication {
    /// Whether a token answer may send us there: a host the definition names, by a way as good as
    /// that of the token, or the very origin the token came from.
    func isServiceHost(_ url: String, tokenURL: String?) -> Bool {
        guard let origin = try? Origin(url: url) else { return false }
        if let tokenURL, origin.isSameOrigin(tokenURL) { return true }
        let isPlain = tokenURL.flatMap { try? Origin(url: $0) }?.scheme == "http"
        return (origin.scheme == "https" || isPlain)
            && serviceHosts.contains { pattern in
                pattern.hasPrefix("*.")
                    ? origin.host.hasSuffix(pattern.dropFirst()) : origin.host == pattern
            }
    }
}

extension Pass {
    var lines: [(String, String)] { headers.map { ($0.name, $0.value) } }
}

extension HTTPResponse {
    func json() throws(Unreadable) -> JSON {
        do { return try JSON.parse(body) } catch {
            throw Unreadable(reason: "not JSON: \(error)")
        }
    }
}

extension ConnectorError {
    /// What a failure of a link means, whose place may have been forgotten; the words for that
    /// depend on system and language, so the status has to do.
    fileprivate func ofLink(_ status: Int) -> ConnectorError {
        switch self {
        case .missing(let url, let reason), .unexpected(let url, let reason):
            [400, 404, 410].contains(status) ? .lostPlace(url: url, reason: reason) : self
        default: self
        }
    }

    init(_ error: HTTPClientError) {
        if case .cancelled = error {
            self = .cancelled
        } else {
            self = .unreachable(reason: error.description, isTransient: error.isTransient)
        }
    }
}

/// An address fit for logs: queries can hold cursors and tokens.
func withoutQuery(_ url: String) -> String {
    String(url.prefix { $0 != "?" && $0 != "#" })
}

func linkOrigin(_ link: String) -> String {
    (try? Origin(url: link))?.description ?? "an unreadable address"
}
