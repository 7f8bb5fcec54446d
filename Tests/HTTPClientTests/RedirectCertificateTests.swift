import Connectors
import Domain
import Foundation
import HTTPClient
import HTTPServer
import JSON
import Testing

/// A reader against a server that asks who it is, which only this target has.
@Suite("Certificate and redirects", .timeLimit(.minutes(5)))
struct RedirectCertificateTests {
    @Test("the host that a redirect leads to is not shown the certificate")
    func redirect() async throws {
        let curious = try TLSServer(demandsCertificate: true)
        let target = "https://localhost:\(curious.port)/"
        var options = HTTPClientOptions()
        options.caFile = curious.caFile
        (options.clientCertificate, options.clientKey) = (
            curious.clientCertificate, curious.clientKey
        )
        // It is a good one.
        #expect(try await TLSTests.get(target, options) == 200)
        let server = try HTTPClientTests.server { request in
            request.path == "/token"
                ? ServerResponse(
                    status: 200, body: Array(#"{"access_token":"T","expires_in":3600}"#.utf8))
                : ServerResponse(status: 302, headers: [("Location", target)])
        }
        let origin = "http://127.0.0.1:\(server.port)"
        let reader = try ConnectorReader(
            definition: try #require(Definition.builtIn().definitions["onedrive"]),
            settings: Settings(
                name: "files", baseURL: origin, tokenURL: origin + "/token",
                connection: ["tenant": "t", "client_id": "me", "client_secret": "s"],
                scope: ["drives": ["drives/d"]]),
            client: HTTPClient(options))
        let stream = Domain.Stream(
            connector: "files", scope: "drives/d", key: "d", name: "d",
            variables: ["drive": "drives/d", "stream": "d"])
        let record = Record(sourceID: "f", change: .changed, payload: [:])
        guard case .success(let content?) = try? await reader.content(of: record, in: stream) else {
            return
        }
        try FileManager.default.removeItem(atPath: content.path)
        Issue.record("it was let in")
    }
}
