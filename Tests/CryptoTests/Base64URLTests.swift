import Crypto
import Foundation
import Testing

@Suite("Base64URL")
struct Base64URLTests {
    /// Source: RFC 4648 §10, without padding; RFC 7515, appendix C.
    static let vectors: [(String, [UInt8])] = [
        ("", []), ("Zg", Array("f".utf8)), ("Zm8", Array("fo".utf8)), ("Zm9v", Array("foo".utf8)),
        ("Zm9vYg", Array("foob".utf8)), ("Zm9vYmE", Array("fooba".utf8)),
        ("Zm9vYmFy", Array("foobar".utf8)), ("A-z_4ME", [3, 236, 255, 224, 193]),
    ]

    @Test("agrees with the standards' examples both ways", arguments: vectors)
    func standard(_ text: String, _ content: [UInt8]) {
        #expect(base64url(content) == text)
        #expect(bytes(base64url: text) == content)
    }

    @Test("agrees with Foundation for all lengths and byte values")
    func agreement() {
        for count in 0...300 {
            let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }
            let expected = Data(content).base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            #expect(base64url(content) == expected)
            #expect(bytes(base64url: expected) == content)
        }
    }

    @Test(
        "refuses what it would not have written itself",
        arguments: ["Zg==", "Z", "Zm9vY", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", "Zmö"])
    func strict(_ text: String) {
        #expect(bytes(base64url: text) == nil)
    }
}
