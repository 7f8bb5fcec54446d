package import Domain
import FoundationEssentials
package import HTTPClient
import JSON

/// Reads one connector: its scopes, their streams, and the pages of each.
///
/// It holds no position: the cursor comes in as an argument and the next one goes out with the
/// page, so that whoever stores the records can store the position with them.
package struct ConnectorReader: Sendable {
    package let definition: Definition
    let settings: Settings
    let requester: Requester

    /// - Parameters:
    ///   - definition: What to ask and what answers mean.
    ///   - settings: Where, as whom, and which part of it.
    ///   - client: Shared by all requests of the connector.
    ///   - surroundings: Time and chance.
    /// - Throws: ``ConnectorError/unexpected(url:reason:)`` for an unusable base_url.
    package init(
        definition: Definition, settings: Settings, client: HTTPClient,
        surroundings: Surroundings = .real
    ) throws(ConnectorError) {
        let origin: Origin
        do { origin = try Origin(url: settings.baseURL) } catch {
            throw .unexpected(url: settings.baseURL, reason: "\(error)")
        }
        var values = settings.connection
        values["origin"] = origin.description
        let credentials: Credentials =
            switch definition.authentication {
            case .clientCredentials(let tokenURL, let scope):
                .token(
                    url: settings.tokenURL ?? tokenURL.expand(values),
                    .clientCredentials(
                        clientID: values["client_id"] ?? "",
                        secret: values["client_secret"] ?? "",
                        scope: scope.expand(values, isEncoded: false), style: .body))
            }
        let headers = definition.headers.map {
            ($0.name, $0.value.expand(values, isEncoded: false))
        }
        self.definition = definition
        self.settings = settings
        requester = Requester(
            client: client,
            signIn: SignIn(
                credentials: credentials, endpoint: settings.baseURL, client: client,
                surroundings: surroundings),
            gate: RequestGate(requestsPerSecond: settings.requestsPerSecond), origin: origin,
            headers: headers, errors: definition.errors, surroundings: surroundings)
    }

    /// The units of failure, in the configured order and each once.
    package var scopes: [String] {
        var seen: Set<String> = []
        return (settings.lists[definition.scopes.each] ?? []).filter { seen.insert($0).inserted }
    }

    /// Gets a token, to see whether the credentials are good.
    package func signIn() async throws(ConnectorError) { _ = try await requester.signIn.pass() }

    /// One page of a stream and the cursor after it.
    ///
    /// - Parameters:
    ///   - stream: One of ``streams(of:)``.
    ///   - cursor: Where the last committed page ended.
    /// - Returns: The records, those older than the configured date left out.
    /// - Throws: ``ConnectorError/expired(url:reason:)`` where the cursor must start anew.
    package func page(of stream: Stream, at cursor: Cursor) async throws(ConnectorError) -> Page {
        let feed = definition.records
        let url =
            switch cursor {
            case .start: address(feed.path, stream.variables)
            case .next(let link), .delta(let link): link
            }
        let body = try await requester.get(url)
        guard let items = feed.records.first(in: body)?.arrayValue else {
            throw .unexpected(url: withoutQuery(url), reason: "no list at `\(feed.records)`")
        }
        var records: [Record] = []
        for item in items {
            if let record = try record(item, url: url) { records.append(record) }
        }
        let next = feed.next.first(in: body)?.stringValue
        let delta = feed.delta.first(in: body)?.stringValue
        // Now and not when it is followed: stored as the cursor it would end the stream for good.
        if let link = next ?? delta { try requester.requireOwn(link) }
        switch (next, delta) {
        case (let next?, _):
            guard cursor != .next(next) else { throw .endless(url: stream.name) }
            return Page(records: records, cursor: .next(next))
        case (nil, let delta?):
            return Page(records: records, cursor: .delta(delta))
        case (nil, nil):
            throw .unexpected(
                url: withoutQuery(url), reason: "neither `\(feed.next)` nor `\(feed.delta)`")
        }
    }

    /// One whole record, to complete a partial update.
    ///
    /// - Returns: nil where the endpoint no longer has it, or offers no such request.
    package func record(_ sourceID: String, in stream: Stream) async throws(ConnectorError)
        -> Record?
    {
        guard let item = definition.records.item else { return nil }
        var variables = stream.variables
        variables["id"] = sourceID
        do {
            let url = address(item, variables)
            return try record(try await requester.get(url), url: url)
        } catch {
            if case .missing = error { return nil }
            throw error
        }
    }

    private func record(_ item: JSON, url: String) throws(ConnectorError) -> Record? {
        let feed = definition.records
        guard let id = feed.id.first(in: item)?.stringValue, !id.isEmpty else {
            throw .unexpected(url: withoutQuery(url), reason: "a record without `\(feed.id)`")
        }
        let isRemoved = feed.removed.exists(in: item)
        if !isRemoved, isTooOld(item) { return nil }
        return Record(sourceID: id, change: isRemoved ? .removed : .changed, payload: item)
    }

    private func isTooOld(_ item: JSON) -> Bool {
        guard let since = definition.records.since, let limit = settings.dates[since.parameter],
            let text = since.path.first(in: item)?.stringValue, let date = Timestamp(text)?.date
        else { return false }
        return date < limit
    }

    func address(_ template: Template, _ variables: [String: String]) -> String {
        settings.baseURL + template.expand(settings.connection.merging(variables) { $1 })
    }
}
