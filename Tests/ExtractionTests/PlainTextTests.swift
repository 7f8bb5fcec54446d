import Extraction
import Testing

@Suite("PlainText")
struct PlainTextTests {
    @Test(
        "keeps lines and indents and drops what cannot be seen",
        arguments: [
            ("", ""), ("\u{FEFF}a\r\nb\rc\n", "a\nb\nc"), ("a  \n\n\n\n b\t c", "a\n\n b\t c"),
            ("> a\n>> b\n  - c", "> a\n>> b\n  - c"), ("a\u{0}\u{1B}[1mb\u{9C}", "a[1mb"),
            ("e\u{301}\u{A0}\u{202E}x", "é x"), ("a\u{2028}b\u{C}c", "a\nb\nc"),
            ("\n \n a", " a"),
        ])
    func cleaning(_ text: String, _ clean: String) {
        #expect(PlainText.clean(text).text == clean)
    }

    @Test("makes one line of several and cuts it at a character")
    func line() {
        #expect(PlainText.line(" Re:\r\n\tx  y\u{0} ", byteCountMax: 100).text == "Re: x y")
        let cut = PlainText.line("aé é", byteCountMax: 4)
        #expect(cut.text == "aé")
        #expect(cut.isTruncated)
    }

    @Test("takes controls alone out of what is to stay as it is")
    func controls() {
        let text = "e\u{301}  a\n\tb\u{200B}"
        #expect(PlainText.withoutControls(text).unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(PlainText.withoutControls("a\u{0}b\u{1F}c\u{7F}d\u{85}é") == "abcdé")
    }
}
