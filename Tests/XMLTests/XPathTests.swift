import Testing
import XML

@Suite("XPath", .timeLimit(.minutes(1)))
struct XPathTests {
    static let text = """
        <r xmlns="urn:a" xmlns:p="urn:b"><i n="1">a<p:k>x</p:k></i><i n="2"/><j>7</j></r>
        """

    @Test("selects elements by namespace, whatever prefixes the document uses")
    func select() throws {
        let document = try XMLDocument(parsing: Array(Self.text.utf8))
        let names = ["z": "urn:a", "q": "urn:b"]
        #expect(
            try document.select("/z:r/z:i", namespaces: names).map { $0.attribute("n") } == [
                "1", "2",
            ])
        #expect(try document.select("//q:k", namespaces: names).map(\.text) == ["x"])
        #expect(try document.select("//*[local-name()='k']").count == 1)
        #expect(try document.select("//k").isEmpty)
        #expect(try document.text(at: "/z:r/z:i[2]/@n", namespaces: names) == "2")
        #expect(try document.text(at: "/z:r/z:i[2]", namespaces: names) == "")
        #expect(try document.text(at: "/z:r/z:nothing", namespaces: names) == nil)
        #expect(try document.text(at: "count(//z:i)", namespaces: names) == "2")
        #expect(try document.text(at: "//q:k/text()", namespaces: names) == "x")
        #expect(throws: XMLError.self) { try document.select("//@n") }
        #expect(throws: XMLError.self) { try document.select("1+1") }
        #expect(throws: XMLError.self) { try document.text(at: "//y:i") }
    }

    @Test("an element of a stream is asked as a document of its own, relative paths at its root")
    func element() throws {
        let text =
            "<f><r xmlns='u' xml:lang='de' a='&lt;1'>x<i xmlns:p='v' p:k='2'>y &amp; z</i></r></f>"
        var pull = try XMLPull(Array(text.utf8), elements: "r", depth: 1)
        let element = try #require(try pull.next())
        let document = try XMLDocument(element)
        #expect(document.root == element)
        let names = ["q": "u", "w": "v"]
        #expect(try document.text(at: "q:i", namespaces: names) == "y & z")
        #expect(try document.text(at: "/q:r/q:i/@w:k", namespaces: names) == "2")
        #expect(try document.text(at: "@a") == "<1")
        #expect(try document.select("q:i[lang('de')]", namespaces: names).count == 1)
        #expect(try document.text(at: "i") == nil)
    }

    @Test("an expression that works too long is given up")
    func operations() throws {
        let many = "<r>" + String(repeating: "<a/>", count: 20_000) + "</r>"
        let document = try XMLDocument(parsing: Array(many.utf8))
        let error = #expect(throws: XMLError.self) {
            try document.text(at: "count(//a[count(preceding::a[count(following::a) > 1]) > 1])")
        }
        #expect(error.map { "\($0)" } == "XML: XPath: takes too many steps; make it narrower")
    }

    @Test("elements within each other cannot multiply what is copied without end")
    func copies() throws {
        let deep =
            String(repeating: "<a>", count: 120)
            + String(repeating: "<b/>", count: 20_000) + String(repeating: "</a>", count: 120)
        let document = try XMLDocument(parsing: Array(deep.utf8))
        let error = #expect(throws: XMLError.self) { try document.select("//a") }
        #expect(error?.problem == .tooManyNodes(nodeCountMax: 1_000_000))
    }

    static let wrong = [
        "", "//", "/a[", "a b", "a/'", "$x", "f()", "/a/b[lower-case(.)='x']", "p:a", "/a/p:b",
        "a[p:b='q:c']/x",
        "id(1,2", "document('/etc/passwd')",
        String(repeating: "(", count: 4000) + "1" + String(repeating: ")", count: 4000),
    ]

    @Test("a wrong expression is found without a document", arguments: wrong)
    func check(_ expression: String) {
        #expect(XMLDocument.checkXPath(expression) != nil)
        #expect(
            XMLDocument.checkXPath("/a[").map { "\($0)" }
                == "XML: XPath: is no expression, at character 4")
    }

    @Test(
        "a right one is not",
        arguments: [
            "/*/IDOC", "//q:a[@b='z:c(']/text()", "child::q:a | descendant-or-self::node()",
            "concat(normalize-space(a), '-', b)", "a[not(b) and (c or d)]", "a/@xml:lang", "q:*",
        ])
    func right(_ expression: String) {
        #expect(XMLDocument.checkXPath(expression, namespaces: ["q": "urn:q"]) == nil)
    }
}
