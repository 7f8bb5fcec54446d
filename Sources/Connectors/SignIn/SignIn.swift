import FoundationEssentials
package import HTTPClient

/// What one connector's requests need to be let in, made once for all that ask at the same time.
///
/// However many scopes find a token stale at once, one request renews it and all wait for it. A
/// refusal that a person has to mend is remembered, so that nothing is sent which would lock the
/// account. Every pass is used for one request, and whoever used it says what came of it:
/// ``accept(_:)``, ``discard(_:)``, or nothing where there was no answer.
package actor SignIn {
    struct Token {
        let pass: Pass
        let renewAt: Date
    }

    let credentials: Credentials
    let serviceURLMember: String?
    let hints: [Hint]
    let client: HTTPClient
    let surroundings: Surroundings
    /// In seconds; what the token endpoint's clock is ahead of ours.
    var clockDifference = 0.0

    private let endpoint: String
    private var current: Token?
    /// Why nobody is let through, and until when; nil is for good.
    private var closed: (until: Date?, error: ConnectorError)?
    private var breaker = RenewalBreaker()
    private var isPasswordProven = false
    /// Whether somebody was let in with the current token.
    private var isTokenProven = false
    /// Whether a renewal or a trial is on its way that those who wait will learn from.
    private var isBusy = false
    private var waiting: [Int: CheckedContinuation<Result<Pass, ConnectorError>, Never>] = [:]
    private var waiterCount = 0
    private var passCount = 0

    /// Prepares to sign in; sends nothing.
    ///
    /// - Parameters:
    ///   - credentials: As whom.
    ///   - endpoint: Whom the credentials are for, as errors name it where there is no token URL.
    ///   - serviceURLMember: The member of a token answer that says where the service is.
    ///   - hints: What refusals mean; the first that fits is told.
    ///   - client: For requests for tokens.
    ///   - surroundings: Time and chance.
    package init(
        credentials: Credentials, endpoint: String, serviceURLMember: String? = nil,
        hints: [Hint] = [], client: HTTPClient, surroundings: Surroundings
    ) {
        (self.credentials, self.endpoint) = (credentials, endpoint)
        (self.serviceURLMember, self.hints) = (serviceURLMember, hints)
        (self.client, self.surroundings) = (client, surroundings)
    }

    /// What lets one request in, good for a while.
    ///
    /// A cancelled caller does not wait any longer; a renewal goes on for the others, and for the
    /// next one. A password that was not accepted yet is shown by one request at a time.
    ///
    /// - Throws: ``ConnectorError/signIn(url:reason:)`` where the credentials do not do, without a
    ///   request where that is known; ``ConnectorError/parked(until:reason:)`` where the token
    ///   endpoint asked for a long pause; what else kept it from answering.
    package func pass() async throws(ConnectorError) -> Pass {
        try requireOpen()
        switch credentials {
        case .none:
            return Pass(headers: [])
        case .header(let name, let value):
            return Pass(headers: [.init(name: name, value: value)])
        case .basic(let user, let password):
            guard !user.contains(":") else {
                throw .signIn(url: endpoint, reason: "a user's name cannot have a colon")
            }
            if isPasswordProven { return passwordPass(user, password) }
            if !isBusy { return trialPass(user, password) }
            return try await outcome {}
        case .token(let url, let grant):
            if let current, surroundings.now() < current.renewAt { return current.pass }
            return try await outcome { await self.renew(url, grant) }
        }
    }

    /// Takes back a pass that the endpoint refused.
    ///
    /// A token is renewed by the next who asks, unless it was meanwhile; a key or password is
    /// not sent again for ``Limits/refusalWait`` and for good, respectively.
    ///
    /// - Parameters:
    ///   - pass: What was refused.
    ///   - words: How the endpoint explained it, and what a person can do.
    package func discard(_ pass: Pass, because words: String? = nil) {
        switch credentials {
        case .none: break
        case .header(let name, _):
            let reason =
                "the key in \(name) was refused"
                + (words.map { ": \($0)" } ?? "; check it, and what it is allowed to read")
            close(for: Limits.refusalWait, .signIn(url: endpoint, reason: reason))
        case .basic(let user, _):
            let reason =
                "the password of \(quoted(user)) was refused, and is not sent again before a "
                + "restart, since repeated failures lock users; "
                + (words ?? "check both and what they are for")
            let error = ConnectorError.signIn(url: endpoint, reason: reason)
            close(for: nil, error)
            isPasswordProven = false
            settle(.failure(error))
        case .token(let url, _):
            guard current?.pass.number == pass.number else { return }
            current = nil
            // One that was good has ended early: that is no setting, and renewing mends it.
            guard !isTokenProven, breaker.trips(at: surroundings.now()) else { return }
            let reason =
                "\(endpoint) refuses every token it gives, more than \(Limits.renewalsMax) within "
                + "\(Limits.renewalWindow); check that the application may use this service"
            close(for: Limits.renewalPause, .signIn(url: url, reason: reason))
        }
    }

    /// Notes that the endpoint let a request in, whatever else it answered.
    ///
    /// With a password further requests need not wait for each other then; a token that is refused
    /// later does not count as one that was never good.
    package func accept(_ pass: Pass) {
        if current?.pass.number == pass.number { isTokenProven = true }
        guard case .basic(let user, let password) = credentials, closed == nil else { return }
        isPasswordProven = true
        settle(.success(passwordPass(user, password)))
    }

    /// Lets nobody through for a while; nil is for good.
    func close(for pause: Duration?, _ error: ConnectorError) {
        let until = pause.map { surroundings.now().addingTimeInterval($0 / .seconds(1)) }
        closed = (until, error)
    }

    private func requireOpen() throws(ConnectorError) {
        guard let closed else { return }
        guard let until = closed.until, until <= surroundings.now() else { throw closed.error }
        self.closed = nil
    }

    // Passwords.

    private func passwordPass(_ user: String, _ password: String, _ trial: Trial? = nil) -> Pass {
        let value = basicValue(user: user, password: password)
        return Pass(headers: [.init(name: "Authorization", value: value)], trial: trial)
    }

    private func trialPass(_ user: String, _ password: String) -> Pass {
        isBusy = true
        return passwordPass(user, password, Trial { Task { await self.endTrial() } })
    }

    /// After a request that nobody judged: lets the next in line try.
    private func endTrial() {
        guard case .basic(let user, let password) = credentials, !isPasswordProven, closed == nil
        else { return }
        isBusy = false
        guard let first = waiting.keys.min(), let next = waiting.removeValue(forKey: first) else {
            return
        }
        next.resume(returning: .success(trialPass(user, password)))
    }

    // Tokens, and those who wait.

    /// What comes of the work that is on its way, which is begun where there is none.
    private func outcome(
        _ work: @escaping @Sendable () async -> Void
    ) async throws(ConnectorError) -> Pass {
        waiterCount += 1
        let waiter = waiterCount
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting[waiter] = continuation
                if Task.isCancelled { return leave(waiter) }
                guard !isBusy else { return }
                isBusy = true
                Task { await work() }
            }
        } onCancel: {
            Task { await leave(waiter) }
        }
        return try result.get()
    }

    private func leave(_ waiter: Int) {
        waiting.removeValue(forKey: waiter)?.resume(returning: .failure(.cancelled))
    }

    private func renew(_ url: String, _ grant: TokenGrant) async {
        do throws(ConnectorError) {
            let (answer, askedAt) = try await requestToken(url, grant)
            passCount += 1
            let value = "Bearer \(answer.text)"
            let pass = Pass(
                headers: [.init(name: "Authorization", value: value)],
                serviceURL: answer.serviceURL, number: passCount)
            let usable = answer.usable / .seconds(1)
            isTokenProven = false
            current = Token(pass: pass, renewAt: askedAt.addingTimeInterval(usable))
            settle(.success(pass))
        } catch {
            settle(.failure(error))
        }
    }

    private func settle(_ result: Result<Pass, ConnectorError>) {
        isBusy = false
        let waiting = waiting
        self.waiting = [:]
        for continuation in waiting.values { continuation.resume(returning: result) }
    }
}
