import HTTPClient
import Testing

@Suite("HTTPClient proxy", .timeLimit(.minutes(5)))
struct ProxyTests {
    static func client(_ proxy: RawServer) throws -> HTTPClient {
        var options = HTTPClientOptions()
        options.proxy = "http://127.0.0.1:\(proxy.port)"
        return try HTTPClient(options)
    }

    @Test(
        "is asked for everything, in absolute form",
        arguments: ["http://nobody.invalid/a?b=c", "http://127.0.0.1:1/a?b=c"])
    func absoluteForm(url: String) async throws {
        let proxy = try RawServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        let response = try await Self.client(proxy).send(HTTPRequest(url: url))
        #expect(response.body == Array("ok".utf8))
        #expect(proxy.requestHeads.count == 1)
        #expect(proxy.requestHeads.first?.hasPrefix("GET \(url) HTTP/1.1\r\n") == true)
    }

    @Test("is asked for a tunnel for https, and sees no credential")
    func tunnel() async throws {
        let proxy = try RawServer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        let error = await failure {
            _ = try await Self.client(proxy).send(
                HTTPRequest(
                    url: "https://nobody.invalid/a?token=geheim",
                    headers: [("Authorization", "Bearer geheim")]))
        }
        guard case .proxy? = error else {
            Issue.record("expected proxy, got \(String(describing: error))")
            return
        }
        let head = try #require(proxy.requestHeads.first)
        #expect(head.hasPrefix("CONNECT nobody.invalid:443 HTTP/1.1\r\n"))
        #expect(!head.contains("geheim"))
        #expect(error?.description.contains("geheim") == false)
    }

    @Test("that is not there is named as the culprit")
    func absent() async throws {
        var options = HTTPClientOptions()
        options.proxy = "http://127.0.0.1:1"
        let client = try HTTPClient(options)
        let error = await failure {
            _ = try await client.send(HTTPRequest(url: "http://nobody.invalid/"))
        }
        guard case .proxy? = error else {
            Issue.record("expected proxy, got \(String(describing: error))")
            return
        }
        #expect(error?.isTransient == true)
    }
}
