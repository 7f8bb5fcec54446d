import Crypto
import Testing

@Suite("hexadecimal")
struct HexadecimalTests {
    @Test("writes lower case and reads either")
    func bothWays() {
        let all = Array(UInt8.min...UInt8.max)
        #expect(hexadecimal([0x00, 0x0F, 0xA0, 0xFF]) == "000fa0ff")
        #expect(bytes(hexadecimal: hexadecimal(all)) == all)
        #expect(bytes(hexadecimal: "C0ffEE") == [0xC0, 0xFF, 0xEE])
    }

    @Test("refuses anything else", arguments: ["0", "0g", "0x10", " 00", "é", "+1"])
    func refusal(_ text: String) {
        #expect(bytes(hexadecimal: text) == nil)
    }
}
