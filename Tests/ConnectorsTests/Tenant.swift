import Connectors
import Domain
import Foundation
import HTTPClient
import JSON
import Testing

/// A reader of a shipped definition against an endpoint, with a clock of its own.
struct Tenant {
    static let mailbox = "/v1.0/users/a@example.com"
    static let folders = mailbox + "/mailFolders?$top=100"
    static let connection = [
        "tenant": "example.com", "client_id": "me", "client_secret": "s3cret&=",
    ]

    let endpoint: Endpoint
    let time = FixedTime()
    let reader: ConnectorReader
    /// The first that is configured.
    let scope: Scope
    /// Where pages are read.
    let stream: Domain.Stream

    /// Of a mailbox.
    init(
        mailboxes: [String] = ["a@example.com"], folders: [String] = [], since: String? = nil,
        attachments: Bool = false, _ script: [String: [Answer]] = [:]
    ) throws {
        let scope: JSON = [
            "mailboxes": .array(mailboxes.map(JSON.string)),
            "folders": .array(folders.map(JSON.string)), "attachments": .bool(attachments),
            "since": since.map(JSON.string) ?? nil,
        ]
        try self.init(
            "outlook", scope,
            Domain.Stream(
                connector: "mail", scope: "a@example.com", key: "AA=", name: "Inbox",
                variables: ["mailbox": "a@example.com", "stream": "AA="]), script)
    }

    /// Of the drive `b!x`.
    init(drives: [String], permissions: Bool = false, _ script: [String: [Answer]] = [:]) throws {
        let scope: JSON = [
            "drives": .array(drives.map(JSON.string)), "permissions": .bool(permissions),
        ]
        try self.init(
            "onedrive", scope,
            Domain.Stream(
                connector: "files", scope: "drives/b!x", key: "b!x", name: "Documents",
                variables: ["drive": "drives/b!x", "stream": "b!x"]), script)
    }

    private init(
        _ definition: String, _ scope: JSON, _ stream: Domain.Stream, _ script: [String: [Answer]]
    ) throws {
        endpoint = try Endpoint(script)
        reader = try Tenant.reader(
            definition, base: endpoint.origin + "/v1.0", token: endpoint.origin + "/token",
            scope: scope, time: time)
        self.scope = try #require(reader.scopes.first)
        self.stream = stream
    }

    static func reader(
        _ definition: String = "outlook", base: String, token: String,
        scope: JSON = ["mailboxes": ["a@example.com"]], time: FixedTime
    ) throws -> ConnectorReader {
        let settings = Settings(
            name: "mail", baseURL: base, tokenURL: token, connection: connection, scope: scope,
            requestsPerSecond: 10_000)
        return try ConnectorReader(
            definition: try #require(Definition.builtIn().definitions[definition]),
            settings: settings, client: HTTPClient(), surroundings: time.surroundings)
    }

    func streams() async throws(ConnectorError) -> [Domain.Stream] {
        try await reader.streams(of: scope)
    }

    func page(at cursor: Cursor) async throws(ConnectorError) -> Page {
        try await reader.feed(of: stream, filed: NothingFiled()).page(at: cursor)
    }

    /// The page behind a target of the endpoint, as a continuation link.
    func page(_ target: String) async throws(ConnectorError) -> Page {
        try await page(at: .next(endpoint.origin + target))
    }

    /// A record as if its page had been read.
    func record(_ id: String, _ payload: JSON = [:]) -> Record {
        Record(sourceID: id, change: .changed, payload: payload)
    }
}

struct NothingFiled: Filed {
    func marks() async throws -> [String: String] { [:] }
}

/// The error of something that must fail.
func failure(_ body: () async throws(ConnectorError) -> Void) async -> ConnectorError? {
    do {
        try await body()
        Issue.record("expected an error")
        return nil
    } catch {
        return error
    }
}
