import Glibc
import HTTPServer
import Testing

@Suite("HTTPServerLimits", .timeLimit(.minutes(5)))
struct HTTPServerLimitsTests {
    /// A server that gives the number of bytes it was sent, and its answer to what is written.
    static func answer(
        to pieces: [String], limits: HTTPServerLimits
    ) async throws -> String {
        let server = try HTTPServer(
            listen: .tcp(host: "127.0.0.1", port: 0), limits: limits
        ) { HTTPResponse(status: 200, text: "\($0.body.count) bytes") }
        let client = try RawClient(port: server.port)
        // The server may close before it has read everything.
        for piece in pieces { try? client.write(piece) }
        return try await client.readToEnd()
    }

    static let closing = "Host: x\r\nConnection: close\r\n"

    @Test("takes a body of the limit, in one piece and in chunks", arguments: [false, true])
    func bodyAtLimit(isChunked: Bool) async throws {
        var limits = HTTPServerLimits()
        limits.bodyBytesMax = 16
        let body = String(repeating: "a", count: 16)
        let head = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 16"
        let answer = try await Self.answer(
            to: [
                "POST / HTTP/1.1\r\n\(Self.closing)\(head)\r\n\r\n",
                isChunked ? "10\r\n\(body)\r\n0\r\n\r\n" : body,
            ], limits: limits)
        #expect(answer.hasSuffix("16 bytes"))
    }

    @Test("answers 413 to a body over the limit", arguments: [false, true])
    func bodyOverLimit(isChunked: Bool) async throws {
        var limits = HTTPServerLimits()
        limits.bodyBytesMax = 16
        let body = String(repeating: "a", count: 17)
        let head = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 17"
        let answer = try await Self.answer(
            to: [
                "POST / HTTP/1.1\r\n\(Self.closing)\(head)\r\n\r\n",
                isChunked ? "11\r\n\(body)\r\n0\r\n\r\n" : body,
            ], limits: limits)
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
    }

    @Test(
        "never gives the handler a length that is no number",
        arguments: ["99999999999999999999", "-1", "0x10", "1e3"])
    func hostileLength(_ length: String) async throws {
        let answer = try await Self.answer(
            to: ["POST / HTTP/1.1\r\n\(Self.closing)Content-Length: \(length)\r\n\r\nabc"],
            limits: HTTPServerLimits())
        #expect(!answer.contains(" 200 "))
    }

    @Test("refuses a head over the limit")
    func headOverLimit() async throws {
        var limits = HTTPServerLimits()
        limits.headBytesMax = 8192
        let value = String(repeating: "a", count: 9000)
        let fields = try await Self.answer(
            to: ["GET / HTTP/1.1\r\n\(Self.closing)X: \(value)\r\n\r\n"], limits: limits)
        #expect(fields.hasPrefix("HTTP/1.1 431 ") || fields.hasPrefix("HTTP/1.1 413 "))
        let target = try await Self.answer(
            to: ["GET /\(value) HTTP/1.1\r\n\(Self.closing)\r\n"], limits: limits)
        #expect(target.hasPrefix("HTTP/1.1 414 "))
    }

    @Test("answers 503 and cancels where the handler takes too long")
    func handlerTimeout() async throws {
        var limits = HTTPServerLimits()
        limits.handlerTimeout = .milliseconds(100)
        let ended = AsyncStream<Bool>.makeStream()
        let server = try HTTPServer(
            listen: .tcp(host: "127.0.0.1", port: 0), limits: limits
        ) { _ in
            try? await Task.sleep(for: .seconds(3600))
            ended.continuation.yield(Task.isCancelled)
            return HTTPResponse(status: 200)
        }
        let client = try RawClient(port: server.port)
        try client.write("GET / HTTP/1.1\r\n\(Self.closing)\r\n")
        #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 503 "))
        var iterator = ended.stream.makeAsyncIterator()
        #expect(await iterator.next() == true)
    }

    @Test(
        "closes a connection that sends its request byte by byte for too long",
        .timeLimit(.minutes(5)))
    func slowloris() async throws {
        var limits = HTTPServerLimits()
        limits.requestTimeout = .milliseconds(200)
        let server = try HTTPServer(
            listen: .tcp(host: "127.0.0.1", port: 0), limits: limits
        ) { _ in HTTPResponse(status: 200) }
        let client = try RawClient(port: server.port)
        let start = ContinuousClock.now
        let drip = Task {
            try client.write("GET / HTTP/1.1\r\nX: ")
            while !Task.isCancelled {
                try client.write("a")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        #expect(try await !client.readToEnd().contains(" 200 "))
        drip.cancel()
        #expect(.now - start >= .milliseconds(200))
    }

    @Test("serves more clients than connections, one after the other")
    func connectionLimit() async throws {
        var limits = HTTPServerLimits()
        limits.connectionsMax = 2
        let server = try HTTPServer(
            listen: .tcp(host: "127.0.0.1", port: 0), limits: limits
        ) { _ in HTTPResponse(status: 200, text: "done") }
        let answers = try await withThrowingTaskGroup { group in
            for _ in 0..<6 {
                group.addTask {
                    let client = try RawClient(port: server.port)
                    try client.write("GET / HTTP/1.1\r\n\(Self.closing)\r\n")
                    return try await client.readToEnd()
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 6)
        #expect(answers.allSatisfy { $0.hasSuffix("done") })
    }
}
