import Testing
import XML

@Suite("XMLLimits", .timeLimit(.minutes(1)))
struct XMLLimitTests {
    static func problem(_ text: String, _ limits: XMLLimits = XMLLimits()) -> XMLError.Problem? {
        XMLDocumentTests.failure(Array(text.utf8), limits)?.problem
    }

    @Test(
        "a hundred thousand elements within each other end at the limit, not at that of the stack")
    func depth() {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(Self.problem(deep) == .tooDeep(depthMax: 128))
        let whole = String(repeating: "<a>", count: 128) + String(repeating: "</a>", count: 128)
        #expect(Self.problem(whole) == nil)
    }

    @Test(
        "a million attributes in one tag end at the limit, as libxml2 compares each with all others"
    )
    func attributes() {
        let many = "<a " + (0..<1_000_000).map { "a\($0)=''" }.joined(separator: " ") + "/>"
        #expect(Self.problem(many) == .tooManyAttributes(attributeCountMax: 256))
    }

    @Test("namespaces declared within each other end at the limit, however they are written")
    func namespaces() {
        let many = (0..<100).map { level in
            "<a " + (0..<10).map { "xmlns:n\(level)x\($0) \n= 'u'" }.joined(separator: " ") + ">"
        }.joined()
        #expect(Self.problem(many) == .tooManyNamespaces(namespaceCountMax: 256))
        let beside = "<r>" + String(repeating: "<a xmlns:x='u'/>", count: 1000) + "</r>"
        #expect(Self.problem(beside) == nil)
    }

    @Test("elements, names, text and length have their limits")
    func others() {
        let elements = "<r>" + String(repeating: "<a/>", count: 1_100_000) + "</r>"
        #expect(Self.problem(elements) == .tooManyNodes(nodeCountMax: 1_000_000))
        let comments = "<r>" + String(repeating: "<!---->", count: 1_100_000) + "</r>"
        #expect(Self.problem(comments) == .tooManyNodes(nodeCountMax: 1_000_000))
        let names = "<r>" + (0..<100_000).map { "<n\($0)/>" }.joined() + "</r>"
        #expect(Self.problem(names) == .tooManyNames(nameCountMax: 65_536))
        let text = "<r>" + String(repeating: "x", count: 11_000_000) + "</r>"
        #expect(Self.problem(text) == .partTooLong(byteCountMax: 10_000_000))
        var limits = XMLLimits()
        limits.byteCountMax = 1000
        #expect(
            Self.problem("<r>" + String(repeating: "x", count: 1000) + "</r>", limits)
                == .tooLong(byteCountMax: 1000))
    }

    @Test("what looks like a tag in a comment, a section or a value is none")
    func lookalikes() throws {
        let root = try XMLDocumentTests.root(
            "<r><!-- <!DOCTYPE> <a =\"' --><![CDATA[<!DOCTYPE x><a a==']]]]><?q?><?p <!DOCTYPE ?><a b='>' c='/>'>></a></r>"
        )
        #expect(root.elements.map(\.name) == ["a"])
        #expect(root.first("a")?.attribute("b") == ">")
        #expect(root.first("a")?.text == ">")
    }

    @Test(
        "a part longer than what is read at a time stays whole",
        arguments: [65_520, 65_536, 200_000])
    func longParts(_ count: Int) throws {
        let value = String(repeating: ">é", count: count / 3)
        let root = try XMLDocumentTests.root(
            "<r><a b=\"\(value)\"/><!--\(value)--><c>\(value)&amp;\(value)</c><![CDATA[\(value)]]></r>"
        )
        #expect(root.first("a")?.attribute("b") == value)
        #expect(root.first("c")?.text == value + "&" + value)
        #expect(root.text == value + "&" + value + value)
    }
}
