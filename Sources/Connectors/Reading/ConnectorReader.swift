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
    package let settings: Settings
    let requester: Requester
    let surroundings: Surroundings
    /// Values every template may name: those of `connection` and `scope`.
    let common: [String: String]
    /// Where files are read from; nil where base_url is no folder.
    ///
    /// Kept, for it remembers that a password was refused.
    let folder: FileFolder?
    let schemas = SchemaCache()
    let paging = PagingMemory()

    /// - Parameters:
    ///   - definition: What to ask and what answers mean.
    ///   - settings: Where, as whom, and which part of it.
    ///   - client: Shared by all requests of the connector.
    ///   - surroundings: Time and chance.
    /// - Throws: ``ConnectorError/unexpected(url:reason:)`` for an unusable base_url, and
    ///   ``ConnectorError/signIn(url:reason:)`` for credentials that are incomplete, and
    ///   ``ConnectorError/ambiguous(reason:)`` for elements of one name that differ.
    package init(
        definition: Definition, settings: Settings, client: HTTPClient,
        surroundings: Surroundings = .real
    ) throws(ConnectorError) {
        (self.definition, self.settings, self.surroundings) = (definition, settings, surroundings)
        let base = settings.baseURL ?? definition.baseURL
        var values = settings.connection.merging(settings.scopeTexts) { own, _ in own }
        if let base, base.hasPrefix("file:") || base.hasPrefix("sftp:") {
            do { folder = try FileFolder(url: base, login: SFTPLogin(values)) } catch {
                throw ConnectorError(error)
            }
        } else if let base {
            folder = nil
            do { values["origin"] = try Origin(url: base).description } catch {
                throw .unexpected(url: base, reason: "\(error)")
            }
        } else {
            folder = nil
        }
        common = values
        let credentials = try definition.authentication.credentials(values, settings)
        let signIn = SignIn(
            credentials: credentials, endpoint: base ?? settings.name,
            serviceURLMember: base == nil ? definition.authentication.serviceURL : nil,
            hints: definition.authentication.hints, client: client, surroundings: surroundings)
        let pace = definition.pace
        requester = Requester(
            client: client, signIn: signIn,
            gate: RequestGate(
                requestsPerSecond: settings.requestsPerSecond ?? pace.requestsPerSecond,
                concurrency: settings.concurrency ?? pace.concurrency,
                concurrencyPerScope: min(
                    settings.concurrency ?? pace.concurrencyPerScope, pace.concurrencyPerScope),
                surroundings: surroundings),
            baseURL: base, authentication: definition.authentication,
            headers: definition.headers.compactMap { header in
                header.text(values).map { (header.name, $0) }
            },
            errors: definition.errors, budget: pace.budget, budgetShare: settings.budgetShare,
            surroundings: surroundings)
        var named: [String: Scope] = [:]
        for scope in definition.scopes.scopes(of: settings.scope, common) {
            if let other = named.updateValue(scope, forKey: scope.name), other != scope {
                let name = quoted(scope.name)
                throw .ambiguous(reason: "scope: `\(name)` is there twice, and not the same")
            }
        }
    }

    /// Requests made side by side.
    package var concurrency: Int { settings.concurrency ?? definition.pace.concurrency }

    /// The units of failure, in the configured order and each once.
    package var scopes: [Scope] {
        var seen: Set<String> = []
        return definition.scopes.scopes(of: settings.scope, common)
            .filter { seen.insert($0.name).inserted }
    }

    /// Gets credentials, to see whether they are good.
    package func signIn() async throws(ConnectorError) { _ = try await requester.signIn.pass() }

    /// What gives the pages of a stream.
    ///
    /// - Parameters:
    ///   - stream: One of ``streams(of:)``.
    ///   - filed: What is filed already, for endpoints that do not know what we have.
    /// - Returns: The feed for how the endpoint tells changes; nothing is asked yet.
    package func feed(of stream: Stream, filed: any Filed) -> any PageFeed {
        let builder = RecordBuilder(reader: self, stream: stream)
        switch definition.records.changes {
        case .delta(let path): return LinkFeed(builder: builder, delta: path)
        case .snapshot: return LinkFeed(builder: builder, delta: nil)
        case .watermark(let watermark):
            return WatermarkFeed(builder: builder, watermark: watermark)
        case .files: return FileFeed(builder: builder, filed: filed)
        case .odata(let odata): return ODataFeed(builder: builder, odata: odata)
        }
    }

    /// Where to begin in order to see a first page: nothing is made at the endpoint for it.
    package func rehearsalCursor(of stream: Stream) -> Cursor {
        guard case .watermark = definition.records.changes, definition.records.export != nil else {
            return .start
        }
        return .next(WatermarkPosition.rehearsal.text)
    }

    /// One whole record, to complete a partial update.
    ///
    /// - Returns: nil where the endpoint no longer has it; the record itself where the endpoint
    ///   offers no such request; what concerns the record alone is a failure of its own.
    /// - Throws: What keeps the page from being read: throttling, sign-in, cancellation.
    package func record(
        _ record: Record, in stream: Stream
    ) async throws(ConnectorError) -> Result<Record?, Extras.ContentFailure> {
        guard let item = definition.records.item else { return .success(record) }
        var values = values(of: stream)
        values["id"] = record.key
        do {
            let call = Call(item, base: try await requester.base(), values, scope: stream.scope)
            let answer = try await requester.json(call)
            return .success(
                try RecordBuilder(reader: self, stream: stream)
                    .record(answer.value, url: answer.url))
        } catch {
            if case .missing = error { return .success(nil) }
            guard let failure = Extras.ContentFailure(error) else { throw error }
            return .failure(failure)
        }
    }

    /// A page of records that are filed already, to fetch once more what belongs to them.
    ///
    /// - Parameters:
    ///   - payloads: By source id, as text.
    ///   - stream: Where they are.
    ///   - cursor: Where the stream stands, and goes on to stand.
    /// - Returns: Records in the order of source ids, without those that make no document.
    package func page(
        ofFiled payloads: [String: String], in stream: Stream, at cursor: Cursor
    ) -> Page {
        let builder = RecordBuilder(reader: self, stream: stream)
        let records = payloads.sorted { $0.key < $1.key }.compactMap { sourceID, text -> Record? in
            guard let payload = try? JSON.parse(text) else { return nil }
            // A payload of OData does not tell the entity's address.
            if case .odata(let odata) = definition.records.changes {
                return ODataQuery(builder: builder, odata: odata).record(sourceID, payload)
            }
            return try? builder.record(payload, url: "")
        }
        return Page(records: records, cursor: cursor)
    }

    /// How the records of a stream become documents.
    package func mapping(of stream: Stream) -> Mapping {
        definition.mapping.mapping(values(of: stream))
    }

    /// What templates of a stream may name.
    func values(of stream: Stream) -> [String: String] {
        common.merging(stream.variables) { $1 }
    }
}

extension SFTPLogin {
    /// As whom a connector reads files; nil where its connection does not say.
    fileprivate init?(_ connection: [String: String]) {
        guard let user = connection["user"], let hosts = connection["known_hosts"] else {
            return nil
        }
        if let key = connection["private_key"] {
            self.init(user: user, proof: .keyFile(key), knownHosts: hosts)
        } else if let password = connection["password"] {
            self.init(user: user, proof: .password(password), knownHosts: hosts)
        } else {
            return nil
        }
    }
}

/// What is filed already of a stream.
package protocol Filed: Sendable {
    /// The marks of all files of the stream that have been read, by name.
    func marks() async throws -> [String: String]
}
