import Connectors
import Domain
import Foundation
import HTTPClient
import JSON
import Testing

extension SAPGateway {
    /// A reader of the shipped definition with a clock of its own.
    func reader(
        _ sets: JSON = ["A_Thing"], others: [String] = [], connection: [String: String] = [:],
        base: String? = nil,
        time: FixedTime = FixedTime()
    ) throws -> ConnectorReader {
        let definition = try #require(Definition.builtIn().definitions["sap-odata"])
        let connection = ["user": "reader", "password": "pw", "language": "EN", "odata": "2"]
            .merging(connection) { $1 }
        // The others have a set of things each.
        let services: [JSON] =
            [["path": "API_X_SRV", "entity_sets": sets]]
            + others.map { ["path": .string($0), "entity_sets": ["A_Thing"]] }
        // As docket has it.
        var options = HTTPClientOptions()
        options.keepsCookies = true
        return try ConnectorReader(
            definition: definition,
            settings: Settings(
                name: "erp", baseURL: base ?? origin + "/sap/opu/odata/sap",
                tokenURL: nil, connection: connection,
                scope: ["services": .array(services)],
                requestsPerSecond: 10_000),
            client: HTTPClient(options), surroundings: time.surroundings)
    }
}

extension ConnectorReader {
    /// The feed of the n-th scope's only stream.
    func feed(_ index: Int = 0) async throws -> any PageFeed {
        let stream = try #require(try await streams(of: scopes[index]).first)
        return feed(of: stream, filed: NothingFiled())
    }
}

extension PageFeed {
    /// The error of a page that must fail.
    func refusal(at cursor: Cursor) async -> ConnectorError? {
        do {
            _ = try await page(at: cursor)
            return nil
        } catch {
            return error
        }
    }
}
