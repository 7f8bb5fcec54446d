import Connectors
import Domain
import Foundation
import HTTPClient
import Testing

/// A reader of the mail definition against an endpoint, with a clock of its own.
struct Tenant {
    static let mailbox = "/v1.0/users/a@example.com"
    static let folders = mailbox + "/mailFolders?$top=100"

    let endpoint: Endpoint
    let time = FixedTime()
    let reader: ConnectorReader

    init(
        folders: [String] = [], since: Date? = nil, _ script: [String: [Answer]] = [:]
    ) throws {
        endpoint = try Endpoint(script)
        reader = try Tenant.reader(
            base: endpoint.origin + "/v1.0", token: endpoint.origin + "/token", folders: folders,
            since: since, time: time)
    }

    static func reader(
        base: String, token: String, folders: [String] = [], since: Date? = nil, time: FixedTime
    ) throws -> ConnectorReader {
        let definition = try #require(Definition.builtIn().definitions["outlook"])
        let settings = Settings(
            name: "mail", baseURL: base, tokenURL: token,
            connection: [
                "tenant": "example.com", "client_id": "me", "client_secret": "s3cret&=",
            ],
            lists: ["mailboxes": ["a@example.com"], "folders": folders],
            dates: since.map { ["since": $0] } ?? [:], requestsPerSecond: 10_000)
        return try ConnectorReader(
            definition: definition, settings: settings, client: HTTPClient(),
            surroundings: time.surroundings)
    }

    let inbox = Domain.Stream(
        connector: "mail", scope: "a@example.com", key: "AA=", name: "Inbox",
        variables: ["mailbox": "a@example.com", "stream": "AA="])

    /// The page behind a target of the endpoint, as a continuation link.
    func page(_ target: String) async throws(ConnectorError) -> Page {
        try await reader.page(of: inbox, at: .next(endpoint.origin + target))
    }
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
