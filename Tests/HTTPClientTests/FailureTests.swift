import HTTPClient
import HTTPServer
import Testing

import struct HTTPClient.HTTPRequest

@Suite("HTTPClient failures", .timeLimit(.minutes(5)))
struct FailureTests {
    static func error(
        _ server: RawServer, _ options: HTTPClientOptions = HTTPClientOptions()
    ) async -> HTTPClientError? {
        await failure {
            let client = try HTTPClient(options)
            _ = try await client.send(
                HTTPRequest(
                    url: "http://127.0.0.1:\(server.port)/a?token=geheim",
                    headers: [("Authorization", "Bearer geheim")]))
        }
    }

    @Test("says who does not listen")
    func refused() async throws {
        let silent = SilentPort()
        let error = await failure {
            _ = try await HTTPClient().send(
                HTTPRequest(url: "http://127.0.0.1:\(silent.port)/?token=geheim"))
        }
        guard case .cannotConnect("127.0.0.1", silent.port, _)? = error else {
            Issue.record("expected cannotConnect, got \(String(describing: error))")
            return
        }
        #expect(silent.port > 0)
        #expect(error?.isTransient == true)
        #expect(error?.description.contains("geheim") == false)
    }

    @Test("says which name does not resolve")
    func unresolved() async throws {
        let error = await failure {
            _ = try await HTTPClient().send(HTTPRequest(url: "http://nobody.invalid/"))
        }
        #expect(error == .cannotResolve(host: "nobody.invalid"))
    }

    @Test("a server that says nothing is given up after the idle timeout")
    func idle() async throws {
        var options = HTTPClientOptions()
        options.idleTimeout = .seconds(1)
        let error = await Self.error(try RawServer { _ in nil }, options)
        guard case .timedOut(.idle, after: .seconds(1), _)? = error else {
            Issue.record("expected an idle timeout, got \(String(describing: error))")
            return
        }
        #expect(error?.isTransient == true)
    }

    @Test("a server that dribbles is given up after the total timeout")
    func total() async throws {
        var options = HTTPClientOptions()
        options.totalTimeout = .milliseconds(300)
        let server = try RawServer { _ in
            [(.zero, Array("HTTP/1.1 200 OK\r\n\r\n".utf8))]
                + (0..<500).map { _ in (.milliseconds(20), [65]) }
        }
        let error = await Self.error(server, options)
        guard case .timedOut(.total, after: .milliseconds(300), _)? = error else {
            Issue.record("expected a total timeout, got \(String(describing: error))")
            return
        }
    }

    @Test("waiting for a turn counts towards the total timeout")
    func waiting() async throws {
        var options = HTTPClientOptions()
        options.connectionsPerHostMax = 1
        let client = try HTTPClient(options)
        let server = try RawServer { _ in nil }
        var request = HTTPRequest(url: "http://127.0.0.1:\(server.port)/")
        let first = Task { [request] in try await client.send(request) }
        while server.requestHeads.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        request.totalTimeout = .milliseconds(200)
        let error = await failure { [request] in _ = try await client.send(request) }
        guard case .timedOut(.total, _, _)? = error else {
            Issue.record("expected a total timeout, got \(String(describing: error))")
            return
        }
        first.cancel()
        #expect(await failure { _ = try await first.value } == .cancelled)
    }

    @Test("refuses endless headers, in one answer and in many interim ones")
    func headers() async throws {
        var options = HTTPClientOptions()
        options.headerBytesMax = 2000
        let field = "X: " + String(repeating: "a", count: 90) + "\r\n"
        let long = "HTTP/1.1 200 OK\r\n" + String(repeating: field, count: 40) + "\r\n"
        let interim = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 200)
        for text in [long, interim] {
            let error = await Self.error(try RawServer(text), options)
            guard case .headersTooLarge(bytesMax: 2000, _)? = error else {
                Issue.record("expected headersTooLarge, got \(String(describing: error))")
                continue
            }
            #expect(error?.description.contains("geheim") == false)
        }
    }

    @Test("keeps only the final answer's headers, unfolded")
    func finalHeaders() async throws {
        let server = try RawServer(
            "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nX-Late:  2 \r\nX-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\nok"
        )
        let client = try HTTPClient()
        let response = try await client.send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        #expect(response.status == 200)
        #expect(response.headers["x-early"] == nil)
        #expect(response.headers["x-late"] == "2")
        #expect(response.headers["x-folded"] == "a b")
        #expect(response.body == Array("ok".utf8))
    }

    @Test(
        "what is not an HTTP answer is an error",
        arguments: [
            "", "hello\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Le",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc",
        ])
    func malformed(text: String) async throws {
        let error = await Self.error(try RawServer(text))
        #expect(error != nil)
        #expect(error?.isTransient == true, "\(String(describing: error))")
        #expect(error?.description.contains("geheim") == false)
    }
}
