import Foundation
import HTTPClient
import HTTPServer
import Synchronization
import Testing

import struct HTTPClient.HTTPRequest

@Suite("Cookies", .timeLimit(.minutes(5)))
struct CookieTests {
    /// A server that sets the cookies it is told to, and notes those it gets.
    private final class Waiter: Sendable {
        private let notes: Notes
        private let server: Mutex<HTTPServer?> = Mutex(nil)
        let url: String

        private final class Notes: Sendable {
            let cookies = Mutex<[[String]]>([])
        }

        init(_ cookies: @escaping @Sendable (ServerRequest) -> [String]) throws {
            let notes = Notes()
            let server = try HTTPClientTests.server { request in
                let sent = request.header("cookie")?.components(separatedBy: "; ") ?? []
                notes.cookies.withLock { $0.append(sent.sorted()) }
                return ServerResponse(
                    status: 200, headers: cookies(request).map { ("Set-Cookie", $0) })
            }
            (self.notes, url) = (notes, "http://127.0.0.1:\(server.port)")
            self.server.withLock { $0 = server }
        }

        /// What each request had.
        var got: [[String]] { notes.cookies.withLock { $0 } }
    }

    private static func client() throws -> HTTPClient {
        var options = HTTPClientOptions()
        options.keepsCookies = true
        return try HTTPClient(options)
    }

    @Test("are sent back by all later requests of the client, and end where the server says")
    func session() async throws {
        let server = try Waiter { request in
            switch request.path {
            case "/login": ["session=1; Path=/; HttpOnly", "token=a%2F=b; Path=/"]
            case "/logout": ["session=; Path=/; Max-Age=0"]
            default: []
            }
        }
        let client = try Self.client()
        for path in ["/login", "/a", "/logout", "/b"] {
            _ = try await client.send(HTTPRequest(url: server.url + path))
        }
        let both = ["session=1", "token=a%2F=b"]
        #expect(server.got == [[], both, both, ["token=a%2F=b"]])
    }

    @Test("are shared by requests that run at the same time")
    func concurrency() async throws {
        let server = try Waiter { $0.path == "/login" ? ["session=1; Path=/"] : [] }
        let client = try Self.client()
        _ = try await client.send(HTTPRequest(url: server.url + "/login"))
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask { _ = try await client.send(HTTPRequest(url: server.url + "/a")) }
            }
            try await group.waitForAll()
        }
        #expect(server.got.dropFirst() == ArraySlice(Array(repeating: ["session=1"], count: 50)))
    }

    @Test("go to the origin that set them alone, of which a port is a part")
    func isolation() async throws {
        let (one, two) = (try Waiter { _ in ["a=1; Path=/"] }, try Waiter { _ in ["b=2; Path=/"] })
        let client = try Self.client()
        for _ in 0..<2 {
            for server in [one, two] { _ = try await client.send(HTTPRequest(url: server.url)) }
        }
        #expect(one.got == [[], ["a=1"]])
        #expect(two.got == [[], ["b=2"]])
    }

    @Test("of one client are not another's, and most clients keep none")
    func clients() async throws {
        let server = try Waiter { _ in ["a=1; Path=/"] }
        let plain = try HTTPClient()
        for client in [try Self.client(), try Self.client(), plain, plain] {
            _ = try await client.send(HTTPRequest(url: server.url))
        }
        #expect(server.got == [[], [], [], []])
    }

    @Test("without end are all forgotten, and many origins cost those asked for longest ago")
    func bounds() async throws {
        let count = Mutex(0)
        let server = try Waiter { _ in
            count.withLock { count in
                count += 40
                return (count - 40..<count).map { "c\($0)=1; Path=/" }
            }
        }
        let client = try Self.client()
        for _ in 0..<12 { _ = try await client.send(HTTPRequest(url: server.url)) }
        let most = server.got.map(\.count).max() ?? 0
        #expect((1...200).contains(most))
        #expect(server.got.contains([]))

        let first = try Waiter { _ in ["a=1; Path=/"] }
        _ = try await client.send(HTTPRequest(url: first.url))
        for _ in 0..<64 {
            let other = try Waiter { _ in ["a=1; Path=/"] }
            _ = try await client.send(HTTPRequest(url: other.url))
        }
        _ = try await client.send(HTTPRequest(url: first.url))
        #expect(first.got == [[], []])
    }
}
