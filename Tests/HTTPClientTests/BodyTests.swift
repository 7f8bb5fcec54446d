import Foundation
import HTTPClient
import HTTPServer
import Testing

import struct HTTPClient.HTTPRequest

@Suite("HTTPClient bodies", .timeLimit(.minutes(5)))
struct BodyTests {
    static func get(
        _ response: ServerResponse, bytesMax: Int = 64 << 20
    ) async throws -> [UInt8] {
        let server = try HTTPClientTests.server { _ in response }
        var request = HTTPRequest(url: "http://127.0.0.1:\(server.port)/file?token=geheim")
        request.responseBytesMax = bytesMax
        return try await HTTPClient().send(request).body
    }

    static func place(_ error: HTTPClientError?) -> String? {
        switch error {
        case .bodyTooLarge(_, let url), .decompressionBomb(_, let url), .truncated(let url): url
        default: nil
        }
    }

    static let text = Array(String(repeating: "docket ", count: 300).utf8)
    /// The same text, compressed by brotli 1.0.
    static let brotli = "GzMI+I1Utb8eI3ujkyBla2FbJPB84wY="
    /// 8 MiB of zeros in 14 bytes, by brotli 1.0.
    static let brotliBomb = "m///f/gnAOKxQCD3/g8="

    @Test("decodes gzip")
    func gunzip() async throws {
        let body = try await Self.get(
            ServerResponse(
                status: 200, headers: [("Content-Encoding", "gzip")], body: gzip(Self.text)))
        #expect(body == Self.text)
    }

    @Test("decodes brotli")
    func unbrotli() async throws {
        let bytes = try Array(#require(Data(base64Encoded: Self.brotli)))
        let body = try await Self.get(
            ServerResponse(status: 200, headers: [("Content-Encoding", "br")], body: bytes))
        #expect(body == Self.text)
    }

    @Test("asks for the encodings that it decodes")
    func acceptEncoding() async throws {
        let server = try HTTPClientTests.server { request in
            ServerResponse(status: 200, text: request.header("accept-encoding") ?? "")
        }
        let response = try await HTTPClient().send(
            HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        #expect(response.body == Array("gzip, br".utf8))
    }

    @Test("takes a body of the limit and none that is larger", arguments: [false, true])
    func cap(isChunked: Bool) async throws {
        var response = ServerResponse(status: 200, body: Self.text)
        if isChunked { response.delivery = .chunked }
        let copy = response
        let limit = Self.text.count
        #expect(try await Self.get(copy, bytesMax: limit) == Self.text)
        let error = await failure { _ = try await Self.get(copy, bytesMax: limit - 1) }
        guard case .bodyTooLarge(limit - 1, _)? = error else {
            Issue.record("expected bodyTooLarge, got \(String(describing: error))")
            return
        }
        #expect(error?.isTransient == false)
        #expect(Self.place(error)?.hasSuffix("/file") == true)
        #expect(error?.description.contains("geheim") == false)
    }

    @Test("counts a body's bytes after decompression")
    func capDecoded() async throws {
        let response = try ServerResponse(
            status: 200, headers: [("Content-Encoding", "gzip")], body: gzip(Self.text))
        #expect(response.body.count < 100)
        let error = await failure { _ = try await Self.get(response, bytesMax: 1000) }
        guard case .bodyTooLarge(1000, _)? = error else {
            Issue.record("expected bodyTooLarge, got \(String(describing: error))")
            return
        }
    }

    @Test("recognises a bomb long before the limit", arguments: ["gzip", "br"])
    func bomb(encoding: String) async throws {
        let zeros = [UInt8](repeating: 0, count: 16 << 20)
        let body =
            try encoding == "gzip"
            ? gzip(zeros) : Array(#require(Data(base64Encoded: Self.brotliBomb)))
        let response = ServerResponse(
            status: 200, headers: [("Content-Encoding", encoding)], body: body)
        let error = await failure { _ = try await Self.get(response) }
        guard case .decompressionBomb(let count, _)? = error else {
            Issue.record("expected decompressionBomb, got \(String(describing: error))")
            return
        }
        #expect(count < 5 << 20)
        #expect(error?.isTransient == false)
    }

    @Test("lets well compressible text pass")
    func noBomb() async throws {
        let lines = (0..<80_000).map { "{\"Id\": \($0 &* 7919 % 100_003), \"Name\": \"mail\"}\n" }
        let text = Array(lines.joined().utf8)
        #expect(text.count > 2 << 20)
        let response = try ServerResponse(
            status: 200, headers: [("Content-Encoding", "gzip")], body: gzip(text))
        #expect(try await Self.get(response) == text)
    }

    @Test("never takes a part for the whole", arguments: [false, true])
    func truncated(isChunked: Bool) async throws {
        let response = ServerResponse(status: 200, body: Self.text)
            .truncated(after: 700, chunked: isChunked)
        let error = await failure { _ = try await Self.get(response) }
        #expect(Self.place(error)?.hasSuffix("/file") == true)
        guard case .truncated? = error else {
            Issue.record("expected truncated, got \(String(describing: error))")
            return
        }
        #expect(error?.isTransient == true)
    }

    @Test("refuses what is not in the encoding it says")
    func badEncoding() async throws {
        let response = ServerResponse(
            status: 200, headers: [("Content-Encoding", "gzip")], body: Self.text)
        let error = await failure { _ = try await Self.get(response) }
        guard case .badResponse? = error else {
            Issue.record("expected badResponse, got \(String(describing: error))")
            return
        }
    }
}
