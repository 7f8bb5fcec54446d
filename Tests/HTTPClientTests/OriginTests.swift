import HTTPClient
import Testing

@Suite("Origin")
struct OriginTests {
    @Test(
        "is scheme, host and port, whatever their spelling",
        arguments: [
            ("https://Good.Example", "https://good.example"),
            ("HTTPS://good.example:443/a?b#c", "https://good.example"),
            ("http://good.example", "http://good.example"),
            ("http://good.example:8080", "http://good.example:8080"),
            ("https://[::1]:8443/", "https://[::1]:8443"),
            ("https://%67ood.example/", "https://good.example"),
            ("http://2130706433/", "http://127.0.0.1"),
        ])
    func parse(url: String, text: String) throws {
        #expect(try Origin(url: url).description == text)
    }

    @Test(
        "tells a stranger's link from its own",
        arguments: [
            ("https://good.example/next", true),
            ("https://GOOD.example:443/next", true),
            ("http://good.example/next", false),
            ("https://good.example:8443/next", false),
            ("https://good.example.evil.example/", false),
            ("https://evil.example/good.example", false),
            ("https://evil.example#good.example", false),
            ("https://evil.example?https://good.example", false),
            ("https://good.example@evil.example/", false),
            ("https://good.example:443@evil.example/", false),
            ("https://evil.example\\@good.example/", false),
            ("https://good.example\\.evil.example/", false),
            ("https://good.example%2Fevil.example/", false),
            ("https://good.example%40evil.example/", false),
            ("https://good.example%00.evil.example/", false),
            ("https://good.example\t.evil.example/", false),
            ("https://good.example./", false),
            ("https://gооd.example/", false),
            ("//good.example/", false),
            ("/next", false),
            ("javascript://good.example/", false),
            ("", false),
        ])
    func hostile(link: String, isSame: Bool) throws {
        let origin = try Origin(url: "https://good.example/api/items?page=1")
        #expect(origin.isSameOrigin(link) == isSame)
    }

    @Test(
        "resolves a link as a browser would",
        arguments: [
            ("items?page=2", "https://good.example/api/items?page=2"),
            ("/v2/items", "https://good.example/v2/items"),
            ("?page=2", "https://good.example/api/items?page=2"),
            ("../x", "https://good.example/x"),
            ("../../../x", "https://good.example/x"),
            ("//evil.example/x", "https://evil.example/x"),
            ("https://good.example/api/a b?q=c d", "https://good.example/api/a%20b?q=c+d"),
            ("x#fragment", "https://good.example/api/x"),
            ("http://good.example/x", "http://good.example/x"),
        ])
    func resolve(link: String, url: String) throws {
        let base = "https://good.example/api/items?page=1"
        #expect(try Origin.resolve(link: link, against: base) == url)
    }

    @Test(
        "refuses links that are no web links",
        arguments: [
            "https://user@good.example/", "ftp://good.example/", "javascript:alert(1)",
            "file:///etc/passwd", "data:text/plain,x", "a\r\nb", "\\\\evil.example\\x",
            "//user:geheim@good.example/",
        ])
    func refused(link: String) {
        let base = "https://good.example/api/"
        let error = #expect(throws: HTTPClientError.self) {
            try Origin.resolve(link: link, against: base)
        }
        #expect(error?.description.contains("geheim") == false)
    }

    @Test(
        "what is checked is what is asked: the URL's host is the origin's",
        arguments: [
            "https://%67ood.example/", "http://2130706433/x", "http://0x7f.1/", "HTTP://A.B:80/",
        ])
    func consistency(url: String) throws {
        let address = try WebAddress(url)
        #expect(try WebAddress(address.url) == address)
        #expect(address.url.lowercased().contains(address.origin.host))
    }

    @Test(
        "percent-encodes a segment so that it stays one",
        arguments: [
            ("a-b.c_d~e9", "a-b.c_d~e9"), ("a/b?c#d", "a%2Fb%3Fc%23d"), ("a b+c", "a%20b%2Bc"),
            ("ä", "%C3%A4"), ("%41", "%2541"), ("", ""), ("a@b.example", "a@b.example"),
        ])
    func segment(text: String, encoded: String) {
        #expect(PercentEncoding.segment(text) == encoded)
    }

    @Test("encodes a form")
    func form() {
        let form = PercentEncoding.form([("grant type", "a&b=c"), ("scope", "ä+"), ("x", "")])
        #expect(form == "grant+type=a%26b%3Dc&scope=%C3%A4%2B&x=")
    }
}
