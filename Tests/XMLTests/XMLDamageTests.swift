import Testing
import XML

@Suite("XML damaged anywhere", .timeLimit(.minutes(1)))
struct XMLDamageTests {
    static let texts = [
        """
        <?xml version="1.0" encoding="UTF-8"?><r xmlns:p="u" xmlns="v"><!-- c --><p:i a="1&amp;2"
          p:b='>'>t&#xE9;é<![CDATA[<x>]]]]><?pi x?></p:i><i/><j><i>&lt;&#38;</i></j>
        </r>
        """,
        "<?xml version='1.0' encoding='windows-1252'?><r><i k='v'>abc</i><i>d</i></r>",
    ]

    @Test("a tree and a stream read the same of it, or both refuse it")
    func same() {
        let seed = UInt64.random(in: 1...UInt64.max)
        var random = Numbers(state: seed)
        var readCount = 0
        for round in 0..<20_000 {
            var bytes = Array(Self.texts[round % Self.texts.count].utf8)
            if round % 7 == 0 { bytes = XMLDocumentTests.wide(Self.texts[0]) }
            for _ in 0...Int.random(in: 0...2, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                let signs = Array("<>&;'\"=/!-[]?: x\u{0}\u{FF}".utf8)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[index] = signs.randomElement(using: &random) ?? 0
                case 2: bytes.remove(at: index)
                default: bytes.insert(contentsOf: bytes[index...].prefix(20), at: index)
                }
            }
            let tree = Self.tree(bytes)
            #expect(
                tree == Self.stream(bytes),
                "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            readCount += tree == nil ? 0 : 1
        }
        #expect(readCount > 100)
    }

    private static func tree(_ bytes: [UInt8]) -> [XMLElement]? {
        guard let document = try? XMLDocument(parsing: bytes) else { return nil }
        return try? document.select("/*/*[local-name()='i']")
    }

    private static func stream(_ bytes: [UInt8]) -> [XMLElement]? {
        do throws(XMLError) {
            var pull = try XMLPull(bytes, elements: "i", depth: 1)
            var elements: [XMLElement] = []
            while let element = try pull.next() { elements.append(element) }
            return elements
        } catch {
            return nil
        }
    }

    /// xorshift64*: the same numbers for the same seed.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return state &* 2_685_821_657_736_338_717
        }
    }
}
