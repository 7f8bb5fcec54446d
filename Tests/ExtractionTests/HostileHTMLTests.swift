import Extraction
import Testing

@Suite("HTMLText against hostile input")
struct HostileHTMLTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let html: String

        var testDescription: String { name }
    }

    static let hundredThousand = 100_000

    static func repeated(_ text: String, _ count: Int = hundredThousand) -> String {
        String(repeating: text, count: count)
    }

    static let cases = [
        Case(name: "nested divisions", html: repeated("<div>") + "x"),
        Case(name: "nested quotes", html: repeated("<blockquote>a ") + "x"),
        Case(name: "nested lists", html: repeated("<ul><li>a ") + "x"),
        Case(name: "nested tables", html: repeated("<table><tr><td>a ") + "x"),
        Case(name: "nested links", html: repeated("<a href=http://a>a") + "x"),
        Case(name: "nested hidden", html: repeated("<div hidden>") + repeated("</div>") + "x"),
        Case(name: "ends of nothing", html: repeated("<p>") + repeated("</blockquote></td>") + "x"),
        Case(name: "one row of many cells", html: "<tr>" + repeated("<td>a") + "<td>x"),
        Case(
            name: "one row of empty cells",
            html: "<table border=1><tr><td>a" + repeated("<td>") + "x"),
        Case(name: "many attributes", html: "<p " + repeated("a b='c' ") + ">x"),
        Case(name: "many references", html: repeated("&amp;&nbsp;&notaname") + "x"),
        Case(name: "open quotes", html: repeated("<p title=\"a' b='") + ">x"),
        Case(name: "open comments", html: repeated("<!-- a") + ">x"),
        Case(name: "open tags", html: repeated("<a <b ") + ">x"),
        Case(name: "open scripts", html: repeated("<title></titl") + "</title><body>x"),
        Case(
            name: "image in the text",
            html: "<img src='data:image/png;base64,\(repeated("A", 1_000_000))' alt=x>"),
        Case(name: "NUL", html: repeated("\u{0}") + "<\u{0}p\u{0}>\u{0}x"),
        Case(name: "marks on one letter", html: "a" + repeated("\u{301}\u{323}") + "x"),
        Case(name: "spaces in preformatted text", html: "<pre>" + repeated(" ") + "x"),
        Case(name: "a long line", html: repeated("aaaaaaaaaa") + "x"),
    ]

    @Test("ends soon and reaches the end", .timeLimit(.minutes(5)), arguments: cases)
    func hostile(_ row: Case) {
        let text = HTMLText.render(row.html)
        let hasEnd = text.text.hasSuffix("x") || text.text.hasSuffix("x](http://a)")
        #expect(hasEnd, "\(text.text.suffix(100))")
        let isTruncated = text.isTruncated
        #expect(!isTruncated)
        let hasControl = text.text.utf8.contains(0)
        #expect(!hasControl)
    }

    static let fragments = [
        "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<ol>", "<li>",
        "</ul>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<a href='http://x'>", "</a>",
        "<div hidden>", "</div>", "<h2>", "</h2>", "<br>", "<hr>", "<!--", "-->", "<script>",
        "</script>", "<", ">", "&", "&amp;", "&#x", "\"", "'", "=", " ", "\n", "word", "é",
        "e\u{301}",
        "\u{200D}", "👩", "\u{202E}", "\u{0}", "<img alt='i'>", "<span style=display:none>",
    ]

    @Test("keeps its promises about the text whatever the input is", arguments: 0..<8)
    func damage(_ seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        for _ in 0..<200 {
            let html = (0..<(1 + random(60))).map { _ in
                Self.fragments[random(Self.fragments.count)]
            }
            .joined()
            let text = HTMLText.render(html, byteCountMax: 1 + random(200)).text
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let hasSpaceAtEnd = lines.contains {
                $0.unicodeScalars.last?.properties.isWhitespace == true
            }
            #expect(!hasSpaceAtEnd, "\(html.debugDescription) gave \(text.debugDescription)")
            #expect(!text.contains("\n\n\n"), "\(html.debugDescription)")
            #expect(!text.hasPrefix("\n") && !text.hasSuffix("\n"), "\(html.debugDescription)")
            #expect(PlainText.withoutControls(text) == text)
        }
    }
}
