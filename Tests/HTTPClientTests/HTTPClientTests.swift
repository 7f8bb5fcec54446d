import HTTPClient
import HTTPServer
import Synchronization
import Testing

import struct HTTPClient.HTTPRequest

@Suite("HTTPClient", .timeLimit(.minutes(5)))
struct HTTPClientTests {
    static func server(
        _ handler: @escaping @Sendable (ServerRequest) async -> ServerResponse
    ) throws -> HTTPServer {
        try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0), handler: handler)
    }

    @Test("sends method, target, headers and body as given", arguments: ["GET", "POST", "PATCH"])
    func request(method: String) async throws {
        let seen = Mutex<ServerRequest?>(nil)
        let server = try Self.server { request in
            seen.withLock { $0 = request }
            return ServerResponse(status: 201, headers: [("X-A", "1"), ("x-a", "2")], body: [1])
        }
        let client = try HTTPClient()
        let body: [UInt8]? = method == "GET" ? nil : [0, 255, 10]
        let url = "http://127.0.0.1:\(server.port)/a%2Fb/c?q=%41+b&r"
        let response = try await client.send(
            HTTPRequest(
                method, url: url, headers: [("X-Thing", "a: b"), ("X-Empty", "")], body: body))
        #expect(response.status == 201)
        #expect(response.body == [1])
        #expect(response.url == url)
        #expect(response.headers["X-a"] == "1")
        #expect(response.headers.all("x-A") == ["1", "2"])
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == method)
        #expect(request.path == "/a%2Fb/c")
        #expect(request.query == "q=%41+b&r")
        #expect(request.header("x-thing") == "a: b")
        #expect(request.header("x-empty") == "")
        #expect(request.header("user-agent") == "docket")
        #expect(request.header("content-type") == nil)
        #expect(request.header("expect") == nil)
        #expect(request.body == body ?? [])
    }

    @Test("reads a HEAD's headers without waiting for a body")
    func head() async throws {
        let server = try Self.server { _ in
            ServerResponse(status: 200, body: [UInt8](repeating: 7, count: 1000))
        }
        var request = HTTPRequest("HEAD", url: "http://127.0.0.1:\(server.port)/")
        request.responseBytesMax = 10
        let response = try await HTTPClient().send(request)
        #expect(response.headers["content-length"] == "1000")
        #expect(response.body.isEmpty)
    }

    @Test("gives a redirect to the caller and follows it nowhere", arguments: [301, 302, 307, 308])
    func redirect(status: Int) async throws {
        let server = try Self.server { request in
            request.path == "/"
                ? ServerResponse(status: status, headers: [("Location", "/elsewhere")])
                : ServerResponse(status: 200)
        }
        let response = try await HTTPClient().send(
            HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        #expect(response.status == status)
        #expect(response.headers["location"] == "/elsewhere")
    }

    @Test("an error status is an answer", arguments: [400, 401, 404, 429, 500, 503])
    func errorStatus(status: Int) async throws {
        let server = try Self.server { _ in ServerResponse(status: status, text: "why") }
        let response = try await HTTPClient().send(
            HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        #expect(response.status == status)
        #expect(response.body == Array("why".utf8))
    }

    @Test("keeps a connection for the next request")
    func keepAlive() async throws {
        let server = try Self.server { _ in ServerResponse(status: 200, text: "ok") }
        let client = try HTTPClient()
        for _ in 0..<10 {
            _ = try await client.send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        }
        #expect(server.connectionCount == 1)
    }

    @Test("sends 100 requests at a time over no more connections than allowed")
    func concurrent() async throws {
        let server = try Self.server { request in
            // Long enough for the queue to take longer than connecting may.
            try? await Task.sleep(for: .milliseconds(20))
            return ServerResponse(status: 200, text: request.path)
        }
        var options = HTTPClientOptions()
        options.connectionsPerHostMax = 5
        options.connectTimeout = .milliseconds(200)
        let client = try HTTPClient(options)
        let bodies = try await withThrowingTaskGroup { group in
            for index in 0..<100 {
                group.addTask {
                    let url = "http://127.0.0.1:\(server.port)/\(index)"
                    return try await client.send(HTTPRequest(url: url)).body
                }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(bodies == Set((0..<100).map { Array("/\($0)".utf8) }))
        #expect((1...5).contains(server.connectionCount))
    }

    @Test(
        "aborts at once when its task is cancelled, be it sent or waiting for its turn",
        .timeLimit(.minutes(5)))
    func cancellation() async throws {
        let silent = try RawServer { _ in nil }
        var options = HTTPClientOptions()
        options.connectionsPerHostMax = 1
        let client = try HTTPClient(options)
        let tasks = (0..<3).map { _ in
            Task { try await client.send(HTTPRequest(url: "http://127.0.0.1:\(silent.port)/")) }
        }
        while silent.requestHeads.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        for task in tasks.reversed() {
            task.cancel()
            #expect(await failure { _ = try await task.value } == .cancelled)
        }
    }

    @Test("ends what is under way when it is closed, and takes nothing more")
    func close() async throws {
        let silent = try RawServer { _ in nil }
        let client = try HTTPClient()
        let request = HTTPRequest(url: "http://127.0.0.1:\(silent.port)/")
        let task = Task { try await client.send(request) }
        while silent.requestHeads.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        client.close()
        client.close()
        #expect(await failure { _ = try await task.value } == .closed)
        #expect(await failure { _ = try await client.send(request) } == .closed)
    }

    @Test(
        "refuses other schemes, user information and control characters before connecting",
        arguments: [
            "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "dict://127.0.0.1/",
            "javascript:alert(1)", "127.0.0.1/", "/path", "", "http://", "http://user@127.0.0.1/",
            "http://user:geheim@127.0.0.1/", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/\n",
            "http://127.0.0.1/\0", "http://127.0.0.1:0/", "http://127.0.0.1:99999/",
            "http://good\\@127.0.0.1/", "http://exa mple/",
        ])
    func badURL(url: String) async throws {
        let client = try HTTPClient()
        let error = await failure { _ = try await client.send(HTTPRequest(url: url)) }
        guard case .badURL? = error else {
            Issue.record("expected badURL, got \(String(describing: error))")
            return
        }
        #expect(error?.isTransient == false)
        #expect(error?.description.contains("geheim") == false)
    }

    @Test(
        "refuses headers and methods that would break out of their line",
        arguments: [
            ("X", "a\r\nY: b"), ("X", "a\nY: b"), ("X", "a\0b"), ("X\r\nY", "b"), ("X:", "b"),
            ("", "b"), ("X Y", "b"), ("Content-Length", "3"), ("transfer-encoding", "chunked"),
        ])
    func badHeader(name: String, value: String) async throws {
        let client = try HTTPClient()
        let url = "http://127.0.0.1:1/path?secret"
        let error = await failure {
            _ = try await client.send(HTTPRequest(url: url, headers: [(name, value)]))
        }
        guard case .badRequest(let place, _)? = error else {
            Issue.record("expected badRequest, got \(String(describing: error))")
            return
        }
        #expect(place == "http://127.0.0.1:1/path")
        let method = await failure {
            _ = try await client.send(HTTPRequest("GET / HTTP/1.1\r\nX: y", url: url))
        }
        guard case .badRequest? = method else {
            Issue.record("expected badRequest, got \(String(describing: method))")
            return
        }
    }

    @Test("refuses options that cannot work")
    func badOptions() {
        var options = HTTPClientOptions()
        options.caFile = "/nowhere/ca.pem"
        #expect(throws: HTTPClientError.self) { try HTTPClient(options) }
        options.caFile = nil
        options.proxy = "http://user:geheim@proxy:1"
        let error = #expect(throws: HTTPClientError.self) { try HTTPClient(options) }
        #expect(error?.description.contains("geheim") == false)
    }
}
