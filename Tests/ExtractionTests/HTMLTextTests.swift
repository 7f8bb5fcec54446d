import Extraction
import Testing

@Suite("HTMLText")
struct HTMLTextTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let html: String
        let text: String

        init(_ name: String, _ html: String, _ text: String) {
            (self.name, self.html, self.text) = (name, html, text)
        }

        var testDescription: String { name }
    }

    static let blocks = [
        Case("nothing", "", ""),
        Case("no markup", "  a \n b  ", "a b"),
        Case("paragraphs", "<p>one\ntwo</p>\n<p> three <b>four</b>.</p>", "one two\n\nthree four."),
        Case("unclosed paragraphs", "<p>one<p>two<P>three", "one\n\ntwo\n\nthree"),
        Case("divisions", "<div>one<div>two</div></div>three", "one\ntwo\nthree"),
        Case("line breaks", "one<br>two<br/><br />three<br></p>", "one\ntwo\n\nthree"),
        Case(
            "empty lines of mail programs",
            "<div>one</div><div><br></div><div>two</div><p style='margin:0'>three</p>"
                + "<p style='margin: 0'>&nbsp;</p><p style='margin:0 '>four</p>",
            "one\n\ntwo\nthree\n\nfour"),
        Case("headings", "<h1>A</h1>text<h3>B <i>c</i></h3><p>d", "# A\n\ntext\n\n### B c\n\nd"),
        Case("rule", "a<hr>b", "a\n\n---\n\nb"),
        Case("preformatted", "<pre>a  b\n\n\n\n  c\t \n</pre>d  e", "a  b\n\n  c\n\nd e"),
        Case("quote", "a<blockquote><p>b</p><p>c<br>d</blockquote>e", "a\n\n> b\n>\n> c\n> d\n\ne"),
        Case(
            "quotes within quotes",
            "<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n>\n> > b\n>\n> c"),
        Case(
            "a reply's original",
            "<p>Thanks</p><hr><div id=\"x_divRplyFwdMsg\"><b>From:</b> Ann<br><b>Sent:</b> Monday"
                + "</div><div>Please send it.</div>",
            "Thanks\n\n---\n\n> From: Ann\n> Sent: Monday\n> Please send it."),
    ]

    static let lists = [
        Case("bullets", "a<ul><li>b<li>c</ul>d", "a\n\n- b\n- c\n\nd"),
        Case("numbers", "<ol start=9><li>a</li><li>b</li></ol>", "9. a\n10. b"),
        Case(
            "nested", "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>",
            "- a\n  1. b\n  2. c\n- d"),
        Case("paragraphs in items", "<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        Case("an item that says nothing", "<ul><li> <li>a</ul>", "- a"),
        Case("absurd numbers", "<ol start=99999999999999999999><li>a</ol>", "1. a"),
        Case("terms", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\nb\nc\nd"),
    ]

    static let tables = [
        Case(
            "rows", "<table><tr><th>A</th><th>B</th></tr><tr><td>1<td>2</table>x",
            "A | B\n1 | 2\n\nx"),
        Case(
            "paragraphs in cells",
            "<table><tr><td><p>a</p></td><td>\n<p>b</p></td></tr><tr><td><p>c</p></td></tr></table>",
            "a | b\nc"),
        Case(
            "empty cells of data",
            "<table border=1><tr><td>a<td><td>c</tr></table>", "a | | c"),
        Case(
            "empty cells of layout",
            "<table border=0><tr><td>a<td> <td>c</tr></table>", "a | c"),
        Case(
            "layout by tables",
            "<table><tr><td><table><tr><td>a</td></tr><tr><td>b</td></tr></table></td>"
                + "<td>c</td></tr></table>",
            "a\nb\n\nc"),
        Case("a cell of several lines", "<table><tr><td>a<br>b<td>c</table>", "a\nb\nc"),
        Case("a list item's end in a cell", "<ul><li><table><td>a</li>b</table></ul>", "- ab"),
    ]

    static let links = [
        Case(
            "link", "see <a href='https://a.example/x?b=1&amp;c=2'>this page</a>.",
            "see [this page](https://a.example/x?b=1&c=2)."),
        Case("address for text", "<a href=\"https://a.example/\">a.example</a>", "a.example"),
        Case("mail", "<a href=mailto:a@b.example>a@b.example</a>", "a@b.example"),
        Case("space about it", "a<a href='http://x'> b </a>c", "a [b](http://x) c"),
        Case(
            "nowhere", "<a href='#x'>a</a> <a href='javascript:x()'>b</a> <a name=c>c</a>", "a b c"),
        Case(
            "hostile target", "<a href=\"http://a/)\u{202E}[b](x\">a</a>",
            "[a](http://a/%29%E2%80%AE[b]%28x)"),
        Case(
            "tracking code", "<a href='https://a/\(String(repeating: "x", count: 600))'>a</a>", "a"),
        Case("unclosed", "<a href='http://x'>a<a href='http://y'>b", "[a](http://x)[b](http://y)"),
        Case("text over blocks", "<a href='http://a'><p>a</p><p>b</p></a>", "a\n\nb"),
        Case("image", "<img src=x alt='A &lt;chart&gt;'>", "A <chart>"),
        Case("beacon", "a<img src=x alt=b width=1 height=1><img alt='logo.png'><img>", "a"),
        Case(
            "image in link", "<a href='http://a'><img alt='Our shop'></a>", "[Our shop](http://a)"),
    ]

    static let characters = [
        Case("references", "&lt;&amp;&eacute;&#233;&#xE9;&euro;&#128;&hellip;", "<&ééé€€…"),
        Case("without semicolon", "&copy 2026 &alpha", "&copy 2026 &alpha"),
        Case(
            "no references", "& &; &unknown; AT&T a&b=c",
            "& &; &unknown; AT&T a&b=c"),
        Case(
            "impossible characters", "a&#0;&#xD800;&#99999999999999;b&#x1F600;",
            "ab😀"),
        Case("controls", "a\u{0}b&#1;c\u{7F}d\u{85}e", "abcd e"),
        Case("spaces", "a\u{A0}\u{2003} b&nbsp;&nbsp;c\u{3000}d", "a b c d"),
        Case("zero width", "a\u{200B}b\u{FEFF}c&shy;d\u{2060}e", "abcde"),
        Case("preview padding", "a &zwnj;&nbsp;&zwnj;&nbsp;&#847; b", "a b"),
        Case(
            "joiners where they matter", "👩\u{200D}💻 می\u{200C}خواهم", "👩\u{200D}💻 می\u{200C}خواهم"),
        Case("overrides", "a\u{202E}b\u{2066}c\u{200F}d\u{E0041}", "abcd"),
        Case("composition", "e\u{301} A\u{30A} \u{212B}", "é Å Å"),
    ]

    static let unseen = [
        Case("scripts", "a<script>if (a<b) '</p>'</script><style>x</style>b", "ab"),
        Case("head", "<html><head><title>t</title><meta><style>x</style></head><body>a", "a"),
        Case("head without end", "<head><title>t</title><body>a", "a"),
        Case(
            "comments", "a<!-- <p> > --><!--[if mso]><p>b</p><![endif]--><![if !mso]>c<![endif]>",
            "ac"),
        Case(
            "hidden", "<div style='DISPLAY : none'>a<div>b</div>c</div>d<span hidden>e</span>f",
            "df"),
        Case("hidden spans in spans", "<span style=display:none>a<span>b</span>c</span>d", "d"),
        Case("hidden without end", "<p style='display:none'>a<p>b", "b"),
        Case(
            "hidden cell without end",
            "<table><tr><td hidden>a<td>b<tr><td hidden>c</table>d", "b\n\nd"),
        Case("template", "<template><p>a</template>b<svg><text>c</text></svg>", "b"),
        Case("text area", "<textarea>a&amp;b</textarea>", "a&b"),
    ]

    static let broken = [
        Case("a less-than sign", "a < b <3 c<", "a < b <3 c<"),
        Case("a quote without end", "<p title=\"x>a</p><p>b</p>", "a\n\nb"),
        Case("a comment without end", "a<!-- b> c", "a c"),
        Case("a tag without end", "a<b c", "a<b c"),
        Case("a comparison", "<p>if x<y then</p><p>z", "if x<y then\n\nz"),
        Case("an encoding it does not have", "<meta charset=utf-16>é", "é"),
        Case(
            "too many attributes",
            "<p \((0..<1000).map { "a\($0)='>' " }.joined())>a<p>b", "a\n\nb"),
        Case("ends of nothing", "</p></td></table></li></>a</ul></blockquote></x>b", "ab"),
        Case("cells without table", "<tr><td>a<td>b<tr><td>c", "a | b\nc"),
        Case("unclosed script", "a<script>b", "a"),
        Case("names in capitals", "<DIV>a</DIV><Script>b</SCRIPT ><LI>c", "a\n- c"),
    ]

    @Test(
        "writes what a reader would see",
        arguments: [blocks, lists, tables, links, characters, unseen, broken].flatMap(\.self))
    func rendering(_ row: Case) {
        #expect(HTMLText.render(row.html).text == row.text)
    }

    @Test("takes a line's end for one wherever a long text is handed on in parts")
    func lineEnds() {
        let lines = [String](repeating: "abc", count: 2000)
        let html = "<pre>" + lines.joined(separator: "\r\n") + "</pre>"
        #expect(HTMLText.render(html).text == lines.joined(separator: "\n"))
    }

    @Test("cuts at a character and says so")
    func truncation() {
        let cut = HTMLText.render("<p>añ</p><p>b</p>", byteCountMax: 4)
        #expect(cut.text == "añ")
        #expect(cut.isTruncated)
        #expect(HTMLText.render("añ", byteCountMax: 2).text == "a")
        #expect(HTMLText.render("añ", byteCountMax: 2).isTruncated)
        #expect(!HTMLText.render("añ", byteCountMax: 3).isTruncated)
    }
}
