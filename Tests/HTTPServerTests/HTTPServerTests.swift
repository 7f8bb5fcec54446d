import HTTPServer
import Synchronization
import Testing

@Suite("HTTPServer", .timeLimit(.minutes(1)))
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
}
