import Crypto
import FoundationEssentials
import HTTPClient

/// Asking the token endpoint, again where that may help.
extension SignIn {
    /// What came of one request.
    private enum Attempt {
        case granted(GrantedToken, askedAt: Date)
        /// `clockDifference` is how far the endpoint's clock is ahead, where it said.
        case refused(ConnectorError, clockDifference: Double?)
        case again(after: Duration?, ConnectorError)
        case failed(ConnectorError)
    }

    func requestToken(
        _ url: String, _ grant: TokenGrant
    ) async throws(ConnectorError) -> (GrantedToken, askedAt: Date) {
        var attempt = 1
        var hasSetClock = false
        while true {
            switch await ask(url, grant) {
            case .granted(let token, let askedAt):
                return (token, askedAt)
            case .failed(let error):
                throw error
            case .refused(let error, let difference):
                if let difference, grant.tellsTime, !hasSetClock, setClock(difference) {
                    hasSetClock = true
                    continue
                }
                // A time that did not help is not kept.
                if hasSetClock { clockDifference = 0 }
                close(for: Limits.refusalWait, error)
                throw error
            case .again(let asked, let error):
                guard attempt < Limits.attemptsMax else { throw error }
                try await pause(asked, attempt: attempt, error)
                attempt += 1
            }
        }
    }

    /// Whether the assertion shall be made anew, by the endpoint's time.
    private func setClock(_ difference: Double) -> Bool {
        // Against what is kept, as our clock may have been set right since.
        guard abs(difference) <= Limits.clockDifferenceMax,
            abs(difference - clockDifference) >= Limits.clockDifferenceMin
        else { return false }
        clockDifference = difference
        return true
    }

    private func pause(
        _ asked: Duration?, attempt: Int, _ error: ConnectorError
    ) async throws(ConnectorError) {
        let backoff = Limits.backoffBase * (1 << (attempt - 1)) * surroundings.fraction()
        let wait = asked.map { max($0, Limits.throttleWaitMin) } ?? backoff
        guard wait <= Limits.waitMax else {
            let until = surroundings.now().addingTimeInterval(wait / .seconds(1))
            let parked = ConnectorError.parked(until: until, reason: error.description)
            close(for: wait, parked)
            throw parked
        }
        do { try await surroundings.sleep(wait) } catch { throw .cancelled }
    }

    private func ask(_ url: String, _ grant: TokenGrant) async -> Attempt {
        let askedAt = surroundings.now()
        let request: TokenRequest
        do {
            request = try TokenRequest(
                grant, url: url, now: askedAt.addingTimeInterval(clockDifference),
                fraction: surroundings.fraction)
        } catch {
            return .failed(.signIn(url: url, reason: "\(error)"))
        }
        let response: HTTPResponse
        do { response = try await client.send(request.request) } catch {
            let failure = ConnectorError(error)
            return failure.isTransient ? .again(after: nil, failure) : .failed(failure)
        }
        let now = surroundings.now()
        let answer = TokenAnswer(
            response, tokenURL: url, serviceURLMember: serviceURLMember, now: now)
        switch answer {
        case .granted(let token):
            return .granted(token, askedAt: askedAt)
        case .unusable(let reason):
            return .failed(.unexpected(url: url, reason: reason))
        case .later(let wait, let reason):
            let error = ConnectorError.refused(
                url: url, status: response.status, reason: explained(reason, request))
            return .again(after: wait, error)
        case .refused(let reason):
            let date = response.headers["Date"].flatMap {
                HTTPDate($0, now: now.timeIntervalSince1970)
            }
            let difference = date.map { Double($0.secondsSince1970) - now.timeIntervalSince1970 }
            return .refused(
                .signIn(url: url, reason: explained(reason, request)),
                clockDifference: difference)
        }
    }

    /// The endpoint's words without what is secret, and what to do about them.
    private func explained(_ reason: String, _ request: TokenRequest) -> String {
        var text = reason
        for secret in request.secrets where !secret.isEmpty {
            text = text.replacing(secret, with: "…")
        }
        guard let hint = hints.first(where: { $0.fits(reason) }) else { return quoted(text) }
        return "\(quoted(text)); \(hint.remedy)"
    }
}
