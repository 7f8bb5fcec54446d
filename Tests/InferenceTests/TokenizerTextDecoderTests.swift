import Inference
import Testing

@Suite("TextDecoder")
struct TextDecoderTests {
    @Test("a character spread over tokens comes with its last byte")
    func spread() {
        var decoder = TextDecoder()
        let parts = Array("€😀".utf8).map { decoder.append([$0]) }
        #expect(parts == ["", "", "€", "", "", "", "😀"])
        #expect(decoder.finish() == "")
    }

    @Test(
        "bytes that never become a character are replaced",
        arguments: [
            [0xE2, 0x82], [0xFF, 0x41], [0xC0, 0x80], [0xE2, 0x41, 0x82], [0xF0, 0x9F, 0x98],
            [0x80, 0x80, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80], [0xF4, 0x90, 0x80, 0x80],
        ] as [[UInt8]])
    func invalid(_ bytes: [UInt8]) {
        var decoder = TextDecoder()
        var text = ""
        for byte in bytes { text += decoder.append([byte]) }
        text += decoder.finish()
        #expect(
            Array(text.unicodeScalars)
                == Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
        #expect(text.unicodeScalars.contains("\u{FFFD}"))
    }
}
