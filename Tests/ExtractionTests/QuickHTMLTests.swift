import Testing
import XML

/// Most HTML is read without libxml2; nobody may notice.
@Suite("QuickHTML")
struct QuickHTMLTests {
    /// Writes down what it meets that can be seen, texts as one where they touch.
    struct Recorder: HTMLVisitor {
        var events: [String] = []
        var isDone: Bool { events.count >= eventsMax }
        var eventsMax = Int.max

        mutating func start(_ name: String, attributes: Attributes) {
            let names: [StaticString] = ["class", "href", "style", "hidden", "alt", "x:y"]
            let found = names.map { name in attributes(name).map { "\(name)=\($0)" } ?? "" }
            events.append("<\(name) \(found.joined(separator: " "))>")
        }

        mutating func end(_ name: String) { events.append("</\(name)>") }

        mutating func text(_ bytes: Span<UInt8>) {
            let text = bytes.withUnsafeBufferPointer { bytes in
                String(decoding: bytes.filter { $0 != 1 }, as: UTF8.self)
            }
            guard !text.isEmpty else { return }
            guard let last = events.last, last.hasPrefix("T") else {
                return events.append("T" + text)
            }
            events[events.count - 1] = last + text
        }
    }

    private static let tags = [
        "a", "address", "b", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "font",
        "form", "h1", "h2", "head", "hr", "html", "i", "img", "input", "li", "link", "meta", "ol",
        "o:p", "p", "pre", "script", "section", "small", "span", "style", "table", "tbody", "td",
        "tfoot", "th", "thead", "title", "tr", "tt", "u", "ul", "unheard-of", "wbr", "main",
    ]
    private static let attributes = [
        "", "", "", " class=x", " CLASS='a b'", " href=\"https://a.example/?x=1&amp;y=2\"",
        " style=\"margin:0\"", " hidden", " x:y=1.5", " class=a class=b", " alt=\"&uuml;&#228;\"",
        " /", "/", " =", " class = x", " href=\"?a&b\"", " alt=\"\u{FC}\"", " alt='a\nb'", " 1=2",
        " href=a?b", " \"", " alt=\"", " width=100%", " alt=&lt;", "\n\tclass=y ", " class=\"\"",
    ]
    private static let texts = [
        "word", " ", "two  words\n", "\u{E4}\u{20AC}", "&amp;", "&nbsp;", "&#8364;", "&#x41;", "&",
        "&amp", "&unknown;", "&#0;", "&#150;", "&AMP;", "<", "a < b", "<!-- c -->", "<![if x]>",
        "\u{85}", "\u{1}x", "&lt;p&gt;", "\r\n", "</>", "<?x?>", "&#128512;", "&hellip;", "&#38",
    ]

    private func html(_ random: inout some RandomNumberGenerator, isTidy: Bool) -> String {
        func pick(_ choices: [String]) -> String {
            let count = isTidy ? max(choices.count / 2, 7) : choices.count
            return choices[Int.random(in: 0..<min(count, choices.count), using: &random)]
        }
        var text = ""
        for _ in 0..<Int.random(in: 1...30, using: &random) {
            let tag = Self.tags.randomElement(using: &random) ?? "p"
            switch Int.random(in: 0..<8, using: &random) {
            case 0...2: text += "<\(tag)\(pick(Self.attributes))>"
            case 3...4: text += "</\(Bool.random(using: &random) ? tag : tag.uppercased())>"
            default: text += pick(Self.texts)
            }
        }
        return text
    }

    @Test("meets in any text what libxml2 meets", arguments: [true, false])
    func same(isTidy: Bool) {
        var random = SystemRandomNumberGenerator()
        var quickCount = 0
        for round in 0..<5000 {
            let text = html(&random, isTidy: isTidy)
            let bytes = HTMLGuard.guarded(text, behind: "<html><body>")
            let eventsMax = round.isMultiple(of: 4) ? 5 : Int.max
            var (quick, slow) = (Recorder(eventsMax: eventsMax), Recorder(eventsMax: eventsMax))
            guard QuickHTMLReader.read(bytes, &quick) else {
                #expect(quick.events.isEmpty)
                continue
            }
            quickCount += 1
            HTMLParser.parse(guarded: bytes, &slow)
            // What comes behind the last one that matters does not.
            let (left, right) = (quick.events.prefix(eventsMax), slow.events.prefix(eventsMax))
            #expect(left == right, "\(text.debugDescription)")
        }
        #expect(quickCount > (isTidy ? 500 : 20))
    }

    @Test("reads a mail as programs write it without libxml2")
    func mail() {
        let text = """
            <html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
            <meta http-equiv="Content-Type" content="text/html; charset=utf-8">
            <style><!-- p.MsoNormal {margin:0cm;} --></style></head>
            <body lang="EN-GB" link="#0563C1"><div class="WordSection1">
            <p class="MsoNormal"><span style='font-size:11.0pt'>Hello Ann,<o:p></o:p></span></p>
            <p class=MsoNormal>f&uuml;r 20&nbsp;&euro;, see <a href="https://a.example/?b=1&amp;c=2">
            here</a><br/></p><table border=1><tr><td width=50%>1</td><td>2</td></tr></table>
            <!--[if gte mso 9]><xml></xml><![endif]--></div></body></html>
            """
        let bytes = HTMLGuard.guarded(text, behind: "<html><body>")
        var (quick, slow) = (Recorder(), Recorder())
        #expect(QuickHTMLReader.read(bytes, &quick))
        HTMLParser.parse(guarded: bytes, &slow)
        #expect(quick.events == slow.events)
    }
}
