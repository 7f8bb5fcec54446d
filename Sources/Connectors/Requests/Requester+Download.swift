import FoundationEssentials
import HTTPClient

extension Requester {
    /// Fetches bytes to a file.
    ///
    /// One redirect is followed: to the own origin as any request, to another host without
    /// credentials, certificate, cookies and headers of ours, for the address is a credential
    /// itself there.
    ///
    /// - Parameters:
    ///   - call: On the connector's origin.
    ///   - path: The file to make; there is none after a failure.
    ///   - bytesMax: More are not fetched.
    ///   - size: What came must have this length; nil: any.
    ///   - type: Its media type; nil: unknown. A page that comes instead, as a proxy that asks to
    ///     log on sends with all the marks of success, is not it.
    /// - Returns: What came with status 200 to 299.
    /// - Throws: ``ConnectorError/tooLarge(url:)`` beyond `bytesMax`; else as `send`.
    func download(
        _ call: Call, to path: String, bytesMax: Int, size: Int?, type: String?
    ) async throws(ConnectorError) -> HTTPDownload {
        var failure = ConnectorError.cancelled
        var hasRenewed = false
        for attempt in 1...Limits.attemptsMax {
            let pass = try await signIn.pass()
            let url = try own(call.url, try base(pass))
            try await gate.enter(call.scope, now: surroundings.now())
            let result = await fetch(call, url, pass, path, bytesMax)
            await gate.leave(call.scope)
            let place = withoutQuery(url)
            switch result {
            case .success(let download) where (200...299).contains(download.status):
                if let reason = mismatch(download, size: size, type: type) {
                    try? FileManager.default.removeItem(atPath: path)
                    failure = .unexpected(url: place, reason: reason)
                    try await pause(backoff(attempt), attempt)
                    continue
                }
                await signIn.accept(pass)
                return download
            case .success(let download):
                let response = HTTPResponse(
                    status: download.status, headers: download.headers, body: download.refusal,
                    url: url)
                switch await verdict(on: response, place: place, attempt: attempt) {
                case .stop(let error): throw error
                case .renew(let error):
                    await signIn.discard(pass, because: error.reason)
                    guard !hasRenewed else { throw error }
                    (hasRenewed, failure) = (true, error)
                case .again(let wait, let error):
                    failure = error
                    try await pause(wait, attempt)
                }
            case .failure(let error):
                guard error.isTransient else { throw error }
                failure = error
                try await pause(backoff(attempt), attempt)
            }
        }
        throw failure
    }

    /// Why this is not what was asked for; nil: it may be.
    private func mismatch(_ download: HTTPDownload, size: Int?, type: String?) -> String? {
        if let size, download.byteCount != size {
            return "\(download.byteCount) bytes instead of \(size)"
        }
        let page = "text/html"
        if let type, !type.hasPrefix(page),
            download.headers["Content-Type"]?.hasPrefix(page) == true
        {
            return "a page instead of \(quoted(type))"
        }
        return nil
    }

    private func fetch(
        _ call: Call, _ url: String, _ pass: Pass, _ path: String, _ bytesMax: Int
    ) async -> Result<HTTPDownload, ConnectorError> {
        do {
            let request = HTTPRequest(
                call.method, url: url, headers: merged(call.headers) + pass.lines)
            let first = try await downloaded(request, path, bytesMax)
            await note(first.headers)
            guard (300...399).contains(first.status), let location = first.headers["Location"]
            else { return .success(first) }
            let target = try redirect(location, from: url)
            let isOwn = (try? Origin(url: url).isSameOrigin(target)) ?? false
            var onward = HTTPRequest(url: target, headers: isOwn ? request.headers : [])
            onward.showsCertificate = isOwn
            let second = try await downloaded(onward, path, bytesMax)
            // Such addresses live for minutes: another one is to be had where this came from.
            if !isOwn, [401, 403, 404, 410].contains(second.status) {
                return .failure(
                    .refused(
                        url: linkOrigin(target), status: second.status,
                        reason: "the address of the content has expired"))
            }
            guard !(300...399).contains(second.status) else {
                return .failure(
                    .refused(
                        url: linkOrigin(target), status: second.status,
                        reason: "the redirect leads to another one"))
            }
            return .success(second)
        } catch {
            return .failure(error)
        }
    }

    private func downloaded(
        _ request: HTTPRequest, _ path: String, _ bytesMax: Int
    ) async throws(ConnectorError) -> HTTPDownload {
        do {
            return try await client.download(request, to: path, bytesMax: bytesMax)
        } catch {
            if case .bodyTooLarge = error { throw .tooLarge(url: withoutQuery(request.url)) }
            throw ConnectorError(error)
        }
    }

    /// Where content may come from: not from a less protected place, nor from this machine's own
    /// services unless the endpoint is one.
    private func redirect(
        _ location: String, from url: String
    ) throws(ConnectorError) -> String {
        do {
            let target = try Origin.resolve(link: location, against: url)
            let (from, to) = (try Origin(url: url), try Origin(url: target))
            guard to.scheme == "https" || from.scheme == "http" else {
                throw ConnectorError.foreignLink(
                    link: to.description, origin: from.description)
            }
            guard !to.isThisMachine || from.isThisMachine else {
                throw ConnectorError.foreignLink(
                    link: to.description, origin: from.description)
            }
            return target
        } catch let error as ConnectorError {
            throw error
        } catch {
            throw .unexpected(url: withoutQuery(url), reason: "a redirect: \(error)")
        }
    }

    private func pause(_ wait: Duration, _ attempt: Int) async throws(ConnectorError) {
        guard attempt < Limits.attemptsMax else { return }
        do { try await surroundings.sleep(wait) } catch { throw .cancelled }
    }
}

extension Origin {
    /// A name or number of this machine or its link: nothing a content host is called.
    var isThisMachine: Bool {
        host == "localhost" || host.hasPrefix("127.") || host.hasPrefix("169.254.")
            || host == "0.0.0.0" || host == "[::1]" || host == "[::]" || host.hasPrefix("[fe80:")
            || host.hasPrefix("[::ffff:")
    }
}
