import HTTPClient
import HTTPServer
import Testing

import struct HTTPClient.HTTPRequest

@Suite("HTTPStream", .timeLimit(.minutes(5)))
struct HTTPStreamTests {
    /// 4 MiB that compress to about half.
    static let body: [UInt8] = {
        var state: UInt32 = 1
        return (0..<(4 << 20)).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 28)
        }
    }()

    @Test(
        "gives the head first and all of the body, to a slow reader too",
        arguments: [false, true], ["identity", "gzip"])
    func whole(isSlow: Bool, encoding: String) async throws {
        let bytes = try encoding == "gzip" ? gzip(Self.body) : Self.body
        let server = try HTTPClientTests.server { _ in
            ServerResponse(
                status: 206,
                headers: encoding == "gzip" ? [("Content-Encoding", "gzip")] : [], body: bytes)
        }
        let client = try HTTPClient()
        let stream = try await client.stream(
            HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        #expect(stream.status == 206)
        #expect(stream.headers["content-length"] == "\(bytes.count)")
        var received: [UInt8] = []
        for try await chunk in stream {
            // A few hundred kilobytes are held, and one read's worth of decoded bytes.
            #expect(chunk.count < 512 << 10)
            received += chunk
            if isSlow { try await Task.sleep(for: .milliseconds(5)) }
        }
        #expect(received == Self.body)
        #expect(try await stream.next() == nil)
    }

    @Test("an empty body has a head and an end")
    func empty() async throws {
        let server = try HTTPClientTests.server { _ in ServerResponse(status: 204) }
        let client = try HTTPClient()
        let stream = try await client.stream(
            HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        #expect(stream.status == 204)
        #expect(try await stream.next() == nil)
    }

    @Test("a body that breaks off ends with an error, after what was read")
    func truncated() async throws {
        let server = try HTTPClientTests.server { _ in
            ServerResponse(status: 200, body: Self.body).truncated(after: 1000)
        }
        let client = try HTTPClient()
        let stream = try await client.stream(
            HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        var count = 0
        let error = await failure {
            while let chunk = try await stream.next() { count += chunk.count }
        }
        #expect(count == 1000)
        #expect(error == .truncated(url: "http://127.0.0.1:\(server.port)/"))
    }

    @Test("a failure before the head is thrown at once")
    func noHead() async throws {
        let server = try RawServer { _ in [] }
        let client = try HTTPClient()
        let error = await failure {
            _ = try await client.stream(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        }
        guard case .connectionLost? = error else {
            Issue.record("expected connectionLost, got \(String(describing: error))")
            return
        }
    }

    @Test("a reader that lets go frees the host for the next request")
    func letGo() async throws {
        let server = try HTTPClientTests.server { _ in
            ServerResponse(status: 200, body: Self.body)
        }
        var options = HTTPClientOptions()
        options.connectionsPerHostMax = 1
        let client = try HTTPClient(options)
        let request = HTTPRequest(url: "http://127.0.0.1:\(server.port)/")
        for _ in 0..<3 {
            let stream = try await client.stream(request)
            #expect(try await stream.next() != nil)
        }
        #expect(try await client.send(request).body.count == Self.body.count)
    }

    @Test("a cancelled reader stops waiting")
    func cancelled() async throws {
        let server = try HTTPClientTests.server { _ in
            ServerResponse(status: 200, body: Self.body)
                .stalled(after: 10, lasting: .seconds(30))
        }
        let client = try HTTPClient()
        let stream = try await client.stream(
            HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        let task = Task { while try await stream.next() != nil {} }
        task.cancel()
        #expect(await failure { try await task.value } == .cancelled)
    }
}
