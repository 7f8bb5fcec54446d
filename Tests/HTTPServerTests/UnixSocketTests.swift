import Foundation
import HTTPServer
import Testing

@Suite("ListenAddress.unix", .timeLimit(.minutes(5)))
struct UnixSocketTests {
    static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "http-\(UInt32.random(in: 0...UInt32.max))").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    static func ok(_: HTTPRequest) -> HTTPResponse { HTTPResponse(status: 200, text: "ok|") }

    @Test("is served, closed to others, and removed at the end")
    func life() async throws {
        try await Self.withFolder { folder in
            let path = folder + "/s"
            let server = try HTTPServer(listen: .unix(path: path), handler: Self.ok)
            #expect(server.port == 0)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o660)
            let client = try RawClient(path: path)
            try client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.read(until: "|").hasSuffix("ok|"))
            server.stop()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("replaces the socket of a dead process, but no living one and no other file")
    func stale() async throws {
        try await Self.withFolder { folder in
            let path = folder + "/s"
            let server = try HTTPServer(listen: .unix(path: path), handler: Self.ok)
            #expect(throws: HTTPServerError.pathInUse(path: path)) {
                try HTTPServer(listen: .unix(path: path), handler: Self.ok)
            }
            // What a crash leaves: a file nobody listens on.
            try FileManager.default.linkItem(atPath: path, toPath: folder + "/left")
            server.stop()
            // A process that is being started beside this has its descriptors for a moment.
            var isFree = false
            let deadline = ContinuousClock.now + .seconds(20)
            while !isFree, ContinuousClock.now < deadline {
                do {
                    try HTTPServer(listen: .unix(path: folder + "/left"), handler: Self.ok).stop()
                    isFree = true
                } catch HTTPServerError.pathInUse {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            #expect(isFree)
            try Data("precious".utf8).write(to: URL(filePath: path))
            #expect(throws: HTTPServerError.self) {
                try HTTPServer(listen: .unix(path: path), handler: Self.ok)
            }
            #expect(FileManager.default.contents(atPath: path) == Data("precious".utf8))
        }
    }

    @Test("has a path that fits the kernel's structure")
    func length() {
        let path = "/" + String(repeating: "a", count: 107)
        #expect(throws: HTTPServerError.pathTooLong(path: path, bytesMax: 107)) {
            try HTTPServer(listen: .unix(path: path), handler: Self.ok)
        }
    }
}
