import FoundationEssentials
import HTTPClient
import JSON

/// Sends a connector's requests: signed in, paced, tried again where that may help.
///
/// Every request carries the definition's headers and the token, so it goes to the configured
/// origin alone; a link that leads elsewhere is refused before anything is sent.
struct Requester: Sendable {
    let client: HTTPClient
    let signIn: SignIn
    let gate: RequestGate
    let origin: Origin
    let headers: [(String, String)]
    let errors: ErrorTable
    let surroundings: Surroundings

    /// What to do after one attempt.
    private enum Step {
        case done(JSON)
        case renewToken(ConnectorError)
        case again(after: Duration, ConnectorError)
        case stop(ConnectorError)
    }

    /// The JSON behind an address.
    ///
    /// - Parameter url: Absolute, on the configured origin.
    /// - Returns: The parsed body of a 2xx answer.
    /// - Throws: What the error table, or the lack of an answer, says.
    func get(_ url: String) async throws(ConnectorError) -> JSON {
        try requireOwn(url)
        var failure = ConnectorError.cancelled
        var hasRenewed = false
        for attempt in 1...Limits.attemptsMax {
            let pass = try await signIn.pass()
            try await gate.pass()
            switch await attemptOnce(url, pass, attempt: attempt) {
            case .done(let json):
                await signIn.accept(pass)
                return json
            case .stop(let error):
                throw error
            case .renewToken(let error):
                guard !hasRenewed else { throw error }
                hasRenewed = true
                failure = error
                await signIn.discard(pass)
            case .again(let wait, let error):
                failure = error
                guard attempt < Limits.attemptsMax else { break }
                guard wait <= Limits.waitMax else {
                    let until = surroundings.now().addingTimeInterval(wait / .seconds(1))
                    throw .parked(until: until, reason: error.description)
                }
                do { try await surroundings.sleep(wait) } catch { throw .cancelled }
            }
        }
        throw failure
    }

    /// Refuses an address that is not on the configured origin.
    ///
    /// - Throws: ``ConnectorError/foreignLink(link:origin:)``.
    func requireOwn(_ url: String) throws(ConnectorError) {
        guard origin.isSameOrigin(url) else {
            throw .foreignLink(link: linkOrigin(url), origin: origin.description)
        }
    }

    private func attemptOnce(_ url: String, _ pass: Pass, attempt: Int) async -> Step {
        let place = withoutQuery(url)
        let backoff = Limits.backoffBase * (1 << (attempt - 1)) * surroundings.fraction()
        let response: HTTPResponse
        do {
            response = try await client.send(
                HTTPRequest(
                    url: url,
                    headers: headers + pass.headers.map { ($0.name, $0.value) }))
        } catch {
            let failure = ConnectorError(error)
            return failure.isTransient ? .again(after: backoff, failure) : .stop(failure)
        }
        if (200...299).contains(response.status) {
            do {
                return .done(try JSON.parse(response.body))
            } catch {
                let type = response.headers["Content-Type"].map { ", declared as \(quoted($0))" }
                let reason = "not JSON\(type ?? ""): \(error)"
                return .again(after: backoff, .unexpected(url: place, reason: reason))
            }
        }
        if let location = response.headers["Location"], (300...399).contains(response.status) {
            let reason = "a redirect to \(linkOrigin(location))"
            return .stop(.unexpected(url: place, reason: reason))
        }
        return step(after: response, place: place, backoff: backoff)
    }

    private func step(after response: HTTPResponse, place: String, backoff: Duration) -> Step {
        let body = try? JSON.parse(response.body)
        let reason = errors.reason(status: response.status, body: body)
        switch errors.action(status: response.status, body: body) {
        case .renew:
            return .renewToken(.signIn(url: place, reason: reason))
        case .retry:
            let asked = response.headers["Retry-After"].flatMap {
                RetryAfter.parse($0, now: surroundings.now().timeIntervalSince1970)
            }
            let wait = max(asked ?? backoff, Limits.throttleWaitMin)
            return .again(
                after: wait, .refused(url: place, status: response.status, reason: reason))
        case .reset: return .stop(.expired(url: place, reason: reason))
        case .forbid: return .stop(.forbidden(url: place, reason: reason))
        case .skip: return .stop(.missing(url: place, reason: reason))
        case .fail:
            return .stop(.unexpected(url: place, reason: "status \(response.status): \(reason)"))
        }
    }
}

extension ConnectorError {
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

private func linkOrigin(_ link: String) -> String {
    (try? Origin(url: link))?.description ?? "an unreadable address"
}
