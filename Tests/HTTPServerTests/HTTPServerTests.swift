import HTTPServer
import Synchronization
import Testing

@Suite("HTTPServer", .timeLimit(.minutes(5)))
struct HTTPServerTests {
    static let loopback = ListenAddress.tcp(host: "127.0.0.1", port: 0)

    /// Answers with what it was asked.
    static func echo(_ request: HTTPRequest) -> HTTPResponse {
        let text = """
            \(request.method) \(request.path) \(request.query ?? "-")
            \(request.header("x-Thing") ?? "-") \(request.remoteAddress ?? "-")
            \(String(decoding: request.body, as: UTF8.self))|
            """
        return HTTPResponse(status: 200, text: text)
    }

    @Test("hands the handler the target as it was sent, the headers and the body")
    func request() async throws {
        let server = try HTTPServer(listen: Self.loopback, handler: Self.echo)
        let client = try RawClient(port: server.port)
        try client.write(
            "POST /a%2Fb%20c/%zz+d?q=%41+b&empty&&x=1=2 HTTP/1.1\r\nHost: x\r\nX-THING: Thing\r\n"
                + "Content-Length: 5\r\n\r\nhello")
        let answer = try await client.read(until: "|")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        let body = "POST /a%2Fb%20c/%zz+d q=%41+b&empty&&x=1=2\nThing 127.0.0.1\nhello|"
        #expect(answer.hasSuffix("\r\n\r\n" + body))
        #expect(answer.contains("\r\nContent-Length: \(body.utf8.count)\r\n"))
    }

    @Test("decodes the query into pairs")
    func query() {
        let request = HTTPRequest(
            method: "GET", path: "/", query: "q=%41+b&empty&&x=1=2&bad=%zz%4&%C3%A4=%41")
        let items = request.queryItems().map { "\($0.name):\($0.value)" }
        #expect(items == ["q:A b", "empty:", "x:1=2", "bad:%zz%4", "ä:A"])
        #expect(request.queryItem("x") == "1=2")
        #expect(request.queryItem("y") == nil)
    }

    @Test("answers many requests on one connection")
    func keepAlive() async throws {
        let server = try HTTPServer(listen: Self.loopback, handler: Self.echo)
        let client = try RawClient(port: server.port)
        for index in 0..<5 {
            try client.write("GET /\(index) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.read(until: "|").contains("GET /\(index) -"))
        }
        #expect(server.connectionCount == 1)
    }

    @Test("answers HEAD with the length and without the body")
    func head() async throws {
        let server = try HTTPServer(listen: Self.loopback) { _ in
            HTTPResponse(status: 200, body: [1, 2, 3])
        }
        let client = try RawClient(port: server.port)
        try client.write("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answer = try await client.readToEnd()
        #expect(answer.contains("\r\nContent-Length: 3\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
    }

    @Test("answers a slow handler's neighbours meanwhile, on one thread")
    func suspension() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let server = try HTTPServer(listen: Self.loopback) { request in
            if request.path == "/slow" { for await _ in gate.stream { break } }
            return HTTPResponse(status: 200, text: request.path + "|")
        }
        let slow = try RawClient(port: server.port)
        try slow.write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        let quick = try RawClient(port: server.port)
        try quick.write("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try await quick.read(until: "|").hasSuffix("/quick|"))
        gate.continuation.yield()
        #expect(try await slow.read(until: "|").hasSuffix("/slow|"))
    }

    @Test("closes the connection where the body breaks off", arguments: [false, true])
    func truncated(isChunked: Bool) async throws {
        let server = try HTTPServer(listen: Self.loopback) { _ in
            HTTPResponse(status: 200, body: Array("0123456789".utf8))
                .truncated(after: 4, chunked: isChunked)
        }
        let client = try RawClient(port: server.port)
        try client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = try await client.readToEnd()
        #expect(answer.contains("Content-Length: 10\r\n") != isChunked)
        #expect(answer.contains("Transfer-Encoding: chunked\r\n") == isChunked)
        #expect(answer.contains("0123"))
        #expect(!answer.contains("4567"))
        #expect(!answer.hasSuffix("\r\n0\r\n\r\n"))
    }

    @Test("sends chunks and their end where no length is declared")
    func chunked() async throws {
        let server = try HTTPServer(listen: Self.loopback) { _ in
            HTTPResponse(status: 200, body: Array("0123".utf8), delivery: .chunked)
        }
        let client = try RawClient(port: server.port)
        try client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(
            try await client.read(until: "0\r\n\r\n").hasSuffix("\r\n\r\n4\r\n0123\r\n0\r\n\r\n"))
    }

    @Test("pauses in the middle of a body and goes on")
    func stalled() async throws {
        let pause: Duration = .milliseconds(150)
        let server = try HTTPServer(listen: Self.loopback) { _ in
            HTTPResponse(status: 200, body: Array("0123456789|".utf8))
                .stalled(after: 4, lasting: pause)
        }
        let client = try RawClient(port: server.port)
        let start = ContinuousClock.now
        try client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try await client.read(until: "|").hasSuffix("\r\n\r\n0123456789|"))
        #expect(.now - start >= pause)
    }

    @Test("leaves its own headers and empty ones out of a handler's, and sends the others")
    func headers() async throws {
        let server = try HTTPServer(listen: Self.loopback) { _ in
            HTTPResponse(
                status: 200,
                headers: [
                    ("content-length", "99"), ("Empty", ""), ("Content-Encoding", "gzip"),
                    ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"),
                ], body: [124])
        }
        let client = try RawClient(port: server.port)
        try client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = try await client.read(until: "|")
        #expect(answer.contains("\r\nContent-Length: 1\r\n"))
        #expect(!answer.contains("99"))
        #expect(!answer.contains("Empty"))
        #expect(answer.contains("\r\nContent-Encoding: gzip\r\n"))
        #expect(answer.contains("a=1"))
        #expect(answer.contains("b=2"))
    }

    @Test("answers 500 rather than let a handler's header split the answer")
    func splitting() async throws {
        let server = try HTTPServer(listen: Self.loopback) { _ in
            HTTPResponse(status: 200, headers: [("X", "a\r\nY: b")])
        }
        let client = try RawClient(port: server.port)
        try client.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answer = try await client.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 500 "))
        #expect(!answer.contains("Y: b"))
    }

    @Test("stops twice, with a handler still running, and cancels it")
    func stop() async throws {
        let entered = AsyncStream<Void>.makeStream()
        let ended = AsyncStream<Bool>.makeStream()
        let server = try HTTPServer(listen: Self.loopback) { _ in
            entered.continuation.yield()
            try? await Task.sleep(for: .seconds(3600))
            ended.continuation.yield(Task.isCancelled)
            return HTTPResponse(status: 200)
        }
        let client = try RawClient(port: server.port)
        try client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        for await _ in entered.stream { break }
        server.stop()
        server.stop()
        #expect(try await client.readToEnd() == "")
        var iterator = ended.stream.makeAsyncIterator()
        #expect(await iterator.next() == true)
        #expect(throws: RawClient.Failure.self) { try RawClient(port: server.port) }
    }

    @Test("refuses an address that is taken, and one that is not this machine's")
    func addressErrors() throws {
        let server = try HTTPServer(listen: Self.loopback, handler: Self.echo)
        let taken = ListenAddress.tcp(host: "127.0.0.1", port: server.port)
        let error = #expect(throws: HTTPServerError.self) {
            try HTTPServer(listen: taken, handler: Self.echo)
        }
        guard case .cannotListen(let address, _)? = error else {
            Issue.record("expected cannotListen, got \(String(describing: error))")
            return
        }
        #expect(address == taken.description)
        #expect(throws: HTTPServerError.self) {
            try HTTPServer(listen: .tcp(host: "192.0.2.1", port: 0), handler: Self.echo)
        }
    }
}
