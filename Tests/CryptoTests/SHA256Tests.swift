import Crypto
import Foundation
import Testing

@Suite("SHA256")
struct SHA256Tests {
    struct Vector: CustomTestStringConvertible {
        let name: String
        let message: String
        let digest: String

        var testDescription: String { name }
    }

    /// Source: NIST CSRC, examples with intermediate values for FIPS 180-4, SHA-256.
    static let vectors = [
        Vector(
            name: "empty", message: "",
            digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        Vector(
            name: "one block", message: "abc",
            digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Vector(
            name: "two blocks", message: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            digest: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        Vector(
            name: "a million a", message: String(repeating: "a", count: 1_000_000),
            digest: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test("agrees with the standard's examples, as text, as bytes and in parts", arguments: vectors)
    func standard(_ vector: Vector) throws {
        #expect(hexadecimal(try sha256(vector.message)) == vector.digest)
        let bytes = Array(vector.message.utf8)
        #expect(hexadecimal(try sha256(bytes)) == vector.digest)
        var hash = try SHA256()
        for start in stride(from: 0, to: bytes.count, by: 63) {
            try hash.update(Array(bytes[start..<min(start + 63, bytes.count)]))
        }
        #expect(hexadecimal(try hash.finish()) == vector.digest)
    }

    @Test("hashes a file longer than one read")
    func file() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(repeating: UInt8(ascii: "a"), count: 1_000_000).write(to: url)
        #expect(hexadecimal(try sha256(fileAt: url.path)) == Self.vectors[3].digest)
    }

    @Test("several files are hashed as if they were one")
    func files() throws {
        let urls = (0..<2).map { _ in
            FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        }
        defer { for url in urls { try? FileManager.default.removeItem(at: url) } }
        try Data(repeating: UInt8(ascii: "a"), count: 300_001).write(to: urls[0])
        try Data(repeating: UInt8(ascii: "a"), count: 699_999).write(to: urls[1])
        #expect(hexadecimal(try sha256(filesAt: urls.map(\.path))) == Self.vectors[3].digest)
        #expect(throws: CryptoError.self) { try sha256(filesAt: [urls[0].path, "/nowhere"]) }
    }

    @Test("refuses what is no regular file", arguments: ["/", "/dev/zero", "/nowhere/at all"])
    func noFile(_ path: String) {
        let error = #expect(throws: CryptoError.self) { try sha256(fileAt: path) }
        #expect(error?.description.contains(path) == true)
    }
}
