import Foundation
import HTTPClient
import HTTPServer
import Testing

import struct HTTPClient.HTTPRequest

@Suite("Downloads", .timeLimit(.minutes(5)))
struct DownloadTests {
    /// A server, and a directory to write to.
    private final class Place {
        let server: HTTPServer
        let client: HTTPClient
        let folder: String
        var path: String { folder + "/file" }
        var request: HTTPRequest { HTTPRequest(url: "http://127.0.0.1:\(server.port)/x") }

        init(_ answer: ServerResponse) throws {
            server = try HTTPClientTests.server { _ in answer }
            client = try HTTPClient()
            folder =
                FileManager.default.temporaryDirectory
                .appending(path: "download-\(UInt64.random(in: 0...UInt64.max))").path
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        var content: [UInt8]? { FileManager.default.contents(atPath: path).map { Array($0) } }

        func download(bytesMax: Int = 100 << 20) async throws -> HTTPDownload {
            try await client.download(request, to: path, bytesMax: bytesMax)
        }
    }

    /// Bytes without a period that a buffer's size could hide.
    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    }

    @Test("the body is in the file as it came, for its owner alone", arguments: [0, 1, 3 << 20])
    func whole(_ count: Int) async throws {
        let body = Self.bytes(count)
        let place = try Place(
            ServerResponse(status: 200, headers: [("ETag", "\"7\"")], body: body))
        let download = try await place.download(bytesMax: count)
        #expect(download.status == 200)
        #expect(download.headers["etag"] == "\"7\"")
        #expect(download.byteCount == count)
        #expect(download.refusal.isEmpty)
        let isSame = place.content == body
        #expect(isSame)
        let attributes = try FileManager.default.attributesOfItem(atPath: place.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("a compressed body is written decompressed, and counted so")
    func compressed() async throws {
        let body = Array(String(repeating: "docket reads mail. ", count: 5000).utf8)
        let place = try Place(
            ServerResponse(
                status: 200, headers: [("Content-Encoding", "gzip")], body: try gzip(body)))
        #expect(try await place.download().byteCount == body.count)
        #expect(place.content == body)
    }

    @Test(
        "what is larger than allowed leaves no file, its length declared or not",
        arguments: [ServerResponse.Delivery.whole, .chunked])
    func tooLarge(_ delivery: ServerResponse.Delivery) async throws {
        let place = try Place(
            ServerResponse(status: 200, body: Self.bytes(1 << 20), delivery: delivery))
        let error = await failure { _ = try await place.download(bytesMax: (1 << 20) - 1) }
        guard case .bodyTooLarge((1 << 20) - 1, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.content == nil)
    }

    @Test("what breaks off leaves no file", arguments: [false, true])
    func truncated(chunked: Bool) async throws {
        let place = try Place(
            ServerResponse(status: 200, body: Self.bytes(1 << 20))
                .truncated(after: 900_000, chunked: chunked))
        let error = await failure { _ = try await place.download() }
        #expect(error?.isTransient == true)
        #expect(place.content == nil)
    }

    @Test("what is cancelled leaves no file")
    func cancelled() async throws {
        let place = try Place(
            ServerResponse(status: 200, body: Self.bytes(1 << 20))
                .stalled(after: 500_000, lasting: .seconds(60)))
        let (client, request, path) = (place.client, place.request, place.path)
        let task = Task { try await client.download(request, to: path, bytesMax: 1 << 20) }
        while place.content?.isEmpty != false { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        await #expect(throws: HTTPClientError.cancelled) { _ = try await task.value }
        #expect(place.content == nil)
    }

    @Test("a refusal makes no file, and its words are given", arguments: [302, 404, 503])
    func refusal(_ status: Int) async throws {
        let place = try Place(
            ServerResponse(
                status: status, headers: [("Location", "http://127.0.0.1:1/")],
                body: Array("no".utf8)))
        let download = try await place.download()
        #expect(download.status == status)
        #expect(download.byteCount == 0)
        #expect(download.refusal == Array("no".utf8))
        #expect(download.headers["location"] == "http://127.0.0.1:1/")
        #expect(place.content == nil)
    }

    @Test("of a long refusal the beginning is given")
    func longRefusal() async throws {
        let body = Self.bytes(1 << 20)
        let place = try Place(ServerResponse(status: 500, body: body))
        let isBeginning = try await place.download().refusal == Array(body.prefix(64 << 10))
        #expect(isBeginning)
    }

    @Test("what is there already stays, a link that leads elsewhere too")
    func existing() async throws {
        let place = try Place(ServerResponse(status: 200, body: Self.bytes(9)))
        try Data("mine".utf8).write(to: URL(filePath: place.path))
        let error = await failure { _ = try await place.download() }
        guard case .file(place.path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.content == Array("mine".utf8))
        let (link, target) = (place.folder + "/link", place.folder + "/target")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        _ = await failure {
            _ = try await place.client.download(place.request, to: link, bytesMax: 9)
        }
        #expect(!FileManager.default.fileExists(atPath: target))
    }
}
