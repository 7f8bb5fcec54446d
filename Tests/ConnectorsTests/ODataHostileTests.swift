import Connectors
import JSON
import Testing

@Suite("OData from a hostile service", .timeLimit(.minutes(1)))
struct ODataHostileTests {
    @Test("long names and many members take time in proportion to the answer")
    func proportion() throws {
        let name = String(repeating: "n", count: 4_000_000)
        let values = String(repeating: "[],", count: 300_000) + "1"
        let many = (0..<300_000).map { "\"a\($0)\":[]" }.joined(separator: ",")
        for body in [
            #"{"d":{"__metadata":{"uri":"A(1)"},"\#(name)":[\#(values)]}}"#,
            #"{"d":{"__metadata":{"uri":"A(1)"},\#(many)}}"#,
        ] {
            #expect(try OData.answer(body).records.count == 1)
        }
        for body in [
            #"{"@odata.context":"x","@odata.id":"A(1)","\#(name)":[\#(values)]}"#,
            #"{"@odata.context":"x","@odata.id":"A(1)",\#(many)}"#,
        ] {
            #expect(try OData.answer(body).records.count == 1)
        }
        let open = #"{"value":[{"@id":"A(1)","\#(name)":[],"\#(name)@nextLink":"x"}]}"#
        guard case .malformed = OData.failure(open) else {
            Issue.record("a place without end")
            return
        }
    }

    @Test("an answer damaged anywhere is read or refused, and nothing else")
    func damage() {
        let bodies = [
            ODataJSONTests.page, OData.feed(ODataAtomTests.entry),
            #"{"@context":"x","value":[{"@id":"A(1)","@removed":{"reason":"x"}}],"@nextLink":"y"}"#,
        ]
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = Numbers(state: seed)
        for round in 0..<3000 {
            var bytes = Array(bodies[round % bodies.count].utf8)
            for _ in 0...Int.random(in: 0...4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: bytes[index...].prefix(20), at: index)
                }
            }
            do throws(ODataError) {
                let answer = try ODataAnswer.decode(
                    body: bytes, contentType: nil, requestURL: OData.service + "/A",
                    serviceURL: OData.service, set: OData.set)
                #expect(answer.records.count < 10)
            } catch {
                #expect(!"\(error)".isEmpty, "seed \(seed)")
            }
            _ = ODataFailure.read(body: bytes, contentType: nil)
            _ = try? ODataSchema.parse(bytes)
            _ = ODataNotice.read(String(decoding: bytes, as: UTF8.self))
            let key = ODataKey.canonical(
                String(decoding: bytes.prefix(300), as: UTF8.self), serviceURL: OData.service)
            _ = ODataKey.encoded(key)
        }
    }

    /// xorshift64*: the same numbers for the same seed.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            if state == 0 { state = 1 }
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return state &* 2_685_821_657_736_338_717
        }
    }
}
