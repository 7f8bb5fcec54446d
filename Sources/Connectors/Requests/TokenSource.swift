import FoundationEssentials
package import HTTPClient
import JSON

/// Access tokens for one connection: asked for when needed, by one request at a time.
///
/// However many scopes find the token stale at once, one request renews it and all wait for it.
///
/// Source: RFC 6749 §4.4 (client credentials), §5 (answers).
package actor TokenSource {
    package struct Credentials: Sendable {
        let tokenURL: String
        let clientID: String
        let clientSecret: String
        let scope: String

        package init(tokenURL: String, clientID: String, clientSecret: String, scope: String) {
            (self.tokenURL, self.clientID) = (tokenURL, clientID)
            (self.clientSecret, self.scope) = (clientSecret, scope)
        }
    }

    private struct Token {
        let text: String
        let renewAt: Date
    }

    private let credentials: Credentials
    private let client: HTTPClient
    private let surroundings: Surroundings
    private var current: Token?
    private var isRenewing = false
    private var waiting: [Int: CheckedContinuation<Result<Token, ConnectorError>, Never>] = [:]
    private var waiterCount = 0

    package init(credentials: Credentials, client: HTTPClient, surroundings: Surroundings) {
        (self.credentials, self.client) = (credentials, client)
        self.surroundings = surroundings
    }

    /// A token that is good for a while.
    ///
    /// A cancelled caller does not wait any longer; the request goes on for the others, and for
    /// the next one.
    package func token() async throws(ConnectorError) -> String {
        if let current, surroundings.now() < current.renewAt { return current.text }
        waiterCount += 1
        let waiter = waiterCount
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting[waiter] = continuation
                if Task.isCancelled { return leave(waiter) }
                guard !isRenewing else { return }
                isRenewing = true
                Task { await renew() }
            }
        } onCancel: {
            Task { await leave(waiter) }
        }
        return try result.get().text
    }

    /// Forgets a token that the endpoint refused, unless it was renewed meanwhile.
    package func discard(_ token: String) {
        if current?.text == token { current = nil }
    }

    private func leave(_ waiter: Int) {
        waiting.removeValue(forKey: waiter)?.resume(returning: .failure(.cancelled))
    }

    private func renew() async {
        let result = await request()
        isRenewing = false
        if case .success(let token) = result { current = token }
        let waiting = waiting
        self.waiting = [:]
        for continuation in waiting.values { continuation.resume(returning: result) }
    }

    private func request() async -> Result<Token, ConnectorError> {
        var reason = ConnectorError.cancelled
        for attempt in 1...Limits.attemptsMax {
            if attempt > 1 {
                let wait = Limits.backoffBase * (1 << (attempt - 2)) * surroundings.fraction()
                do { try await surroundings.sleep(wait) } catch { return .failure(.cancelled) }
            }
            do {
                return .success(try await requestOnce())
            } catch {
                guard error.isTransient else { return .failure(error) }
                reason = error
            }
        }
        return .failure(reason)
    }

    private func requestOnce() async throws(ConnectorError) -> Token {
        let form = PercentEncoding.form([
            ("grant_type", "client_credentials"), ("client_id", credentials.clientID),
            ("client_secret", credentials.clientSecret), ("scope", credentials.scope),
        ])
        let askedAt = surroundings.now()
        let response: HTTPResponse
        do {
            var request = HTTPRequest(
                "POST", url: credentials.tokenURL,
                headers: [
                    ("Content-Type", "application/x-www-form-urlencoded"),
                    ("Accept", "application/json"),
                ], body: Array(form.utf8))
            request.responseBytesMax = Limits.tokenBytesMax
            response = try await client.send(request)
        } catch {
            throw ConnectorError(error)
        }
        let body = try? JSON.parse(response.body)
        guard response.status == 200 else { throw refusal(response.status, body) }
        guard let text = body?["access_token"]?.stringValue, !text.isEmpty else {
            throw .unexpected(url: credentials.tokenURL, reason: "no access_token in the answer")
        }
        let lifetime = body?["expires_in"].flatMap {
            $0.intValue ?? $0.stringValue.flatMap(Int.init)
        }
        let seconds = Double(
            (lifetime ?? Limits.tokenLifetimeDefault).clamped(to: Limits.tokenLifetimeRange))
        // A short-lived token is used for half its life rather than never.
        let usable = max(seconds - Limits.tokenMargin, seconds / 2)
        return Token(text: text, renewAt: askedAt.addingTimeInterval(usable))
    }

    private func refusal(_ status: Int, _ body: JSON?) -> ConnectorError {
        let said = [body?["error"]?.stringValue, body?["error_description"]?.stringValue]
        let reason = quoted(said.compactMap(\.self).joined(separator: ": "))
        let text = reason.isEmpty ? "status \(status)" : reason
        return status == 429 || status >= 500
            ? .refused(url: credentials.tokenURL, status: status, reason: text)
            : .signIn(url: credentials.tokenURL, reason: text)
    }
}
