import Connectors
import Domain
import Foundation
import HTTPClient
import JSON
import Testing

/// The reader of IDocs against a real server, which only this target has.
@Suite("IDocs over SFTP", .timeLimit(.minutes(5)))
struct SFTPIDocTests {
    /// No store: nothing is filed.
    private struct Nothing: Filed {
        func marks() async throws -> [String: String] { [:] }
    }

    private static func ids(_ server: SFTPServer, knownHosts: String) async throws -> [String] {
        let definition = try #require(Definition.builtIn().definitions["sap-idoc"])
        let reader = try ConnectorReader(
            definition: definition,
            settings: Settings(
                name: "idoc", baseURL: server.url, tokenURL: nil,
                connection: [
                    "user": server.user, "private_key": server.userKey, "known_hosts": knownHosts,
                ], scope: [:]), client: HTTPClient())
        let stream = try #require(try await reader.streams(of: reader.scopes[0]).first)
        let feed = reader.feed(of: stream, filed: Nothing())
        var ids: [String] = []
        var cursor = Cursor.start
        repeat {
            let page = try await feed.page(at: cursor)
            ids += page.records.map(\.sourceID)
            cursor = page.cursor
            if case .delta = cursor { return ids }
        } while true
    }

    @Test("sap 20: IDocs are read from an SFTP server, and from none that nobody knows")
    func idocs() async throws {
        let server = try SFTPServer()
        for name in ["b", "ü 1"] {
            let idocs = (1...3).map {
                "<IDOC><EDI_DC40><DOCNUM>\(name)\($0)</DOCNUM></EDI_DC40></IDOC>"
            }
            try Data("<MATMAS05>\(idocs.joined())</MATMAS05>".utf8)
                .write(to: URL(filePath: "\(server.folder)/\(name).xml"))
        }
        let ids = try await Self.ids(server, knownHosts: server.knownHosts)
        #expect(ids.sorted() == ["b1", "b2", "b3", "ü 11", "ü 12", "ü 13"])
        try server.knowHost(key: "other.pub")
        await #expect(throws: ConnectorError.self) {
            try await Self.ids(server, knownHosts: server.knownHosts)
        }
    }
}
