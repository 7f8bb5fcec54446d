import JSON
import Testing

@Suite("JSON under random damage")
struct JSONFuzzTests {
    /// SplitMix64, so that a failure comes again.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let alphabet = Array(#"{}[]:,"\/bfnrtu0123456789dDcC8-+.eE truefalsnl"#.utf8)

    @Test("reads or refuses, and what it reads survives being written", arguments: 0..<8)
    func damage(_ seed: UInt64) throws {
        let seedText = #"{"id":"AAé=","n":[1,-2.5e3,"\ud83d\ude00\n"],"b":{"c":null,"d":true}}"#
        var random = Seeded(state: seed)
        for _ in 0..<5000 {
            var bytes = Array(seedText.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[index] = Self.alphabet.randomElement(using: &random) ?? 0
                case 2: bytes.remove(at: index)
                default: bytes.insert(bytes[index], at: index)
                }
            }
            guard let value = try? JSON.parse(bytes) else { continue }
            let text = value.serialized()
            #expect(try JSON.parse(text) == value)
            #expect(try JSON.parse(text).serialized() == text)
        }
    }
}
