import HTTPClient
import HTTPServer
import Testing

import struct HTTPClient.HTTPRequest

@Suite("HTTPClient TLS", .timeLimit(.minutes(5)))
struct TLSTests {
    static func get(_ url: String, _ options: HTTPClientOptions) async throws -> Int {
        try await HTTPClient(options).send(HTTPRequest(url: url)).status
    }

    static func expectDistrust(_ url: String, _ options: HTTPClientOptions) async {
        let error = await failure { _ = try await get(url, options) }
        guard case .tls? = error else {
            Issue.record("expected tls, got \(String(describing: error))")
            return
        }
        #expect(error?.isTransient == false)
    }

    @Test("trusts the authority it is given, and neither strangers nor other names")
    func authority() async throws {
        let server = try TLSServer()
        var options = HTTPClientOptions()
        await Self.expectDistrust("https://localhost:\(server.port)/", options)
        options.caFile = server.caFile
        #expect(try await Self.get("https://localhost:\(server.port)/", options) == 200)
        await Self.expectDistrust("https://127.0.0.1:\(server.port)/", options)
    }

    @Test("shows its certificate to a server that demands one")
    func clientCertificate() async throws {
        let server = try TLSServer(demandsCertificate: true)
        let url = "https://localhost:\(server.port)/"
        var options = HTTPClientOptions()
        options.caFile = server.caFile
        await Self.expectDistrust(url, options)
        options.clientCertificate = server.clientCertificate
        options.clientKey = server.clientKey
        #expect(try await Self.get(url, options) == 200)
    }

    @Test("says so where the port does not speak TLS")
    func plain() async throws {
        let server = try HTTPClientTests.server { _ in ServerResponse(status: 200) }
        let url = "https://127.0.0.1:\(server.port)/"
        let error = await failure { _ = try await Self.get(url, HTTPClientOptions()) }
        guard case .handshake("127.0.0.1", _)? = error else {
            Issue.record("expected handshake, got \(String(describing: error))")
            return
        }
    }
}
