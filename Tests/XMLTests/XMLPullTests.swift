import Foundation
import Testing
import XML

@Suite("XMLPull", .timeLimit(.minutes(2)))
struct XMLPullTests {
    static func all(_ text: String, _ name: String, depth: Int) throws -> [XMLElement] {
        var pull = try XMLPull(Array(text.utf8), elements: name, depth: depth)
        var elements: [XMLElement] = []
        while let element = try pull.next() { elements.append(element) }
        return elements
    }

    @Test("gives the elements of that name at that depth, as the tree has them")
    func same() throws {
        let text = """
            <r xmlns:x="u">\n <i x:n="&amp;&#38;#38;&lt;">a &amp; b<i>c</i><![CDATA[<d>]]></i><j><i/></j>
            <!-- <i/> --><x:i>\n</x:i></r>
            """
        let tree = try XMLDocument(parsing: Array(text.utf8)).select("/*/*[local-name()='i']")
        #expect(tree.count == 2)
        #expect(tree[0].attribute("n") == "&&#38;<")
        #expect(try Self.all(text, "i", depth: 1) == tree)
        #expect(try Self.all(text, "i", depth: 2).count == 2)
        #expect(try Self.all(text, "r", depth: 0).count == 1)
        #expect(try Self.all(text, "i", depth: 0).isEmpty)
    }

    @Test("gives what is whole before the error that ends it")
    func cut() throws {
        var pull = try XMLPull(
            Array(("<r><i>1</i>" + String(repeating: " ", count: 70_000) + "<i>2</i><i>").utf8),
            elements: "i", depth: 1)
        #expect(try pull.next()?.text == "1")
        #expect(throws: XMLError.self) {
            while let element = try pull.next() { #expect(element.text == "2") }
        }
    }

    @Test("refuses what a tree refuses")
    func hostile() {
        for text in XMLDocumentTests.hostile + XMLDocumentTests.malformed {
            #expect(throws: XMLError.self, "\(text)") { try Self.all(text, "a", depth: 0) }
        }
        let big = "<r><i>" + String(repeating: "<a/>", count: 1_000_001) + "</i></r>"
        #expect(throws: XMLError.self) { try Self.all(big, "i", depth: 1) }
        #expect(throws: XMLError.self) {
            _ = try XMLPull(path: "/nonexistent", elements: "i", depth: 1)
        }
        #expect(throws: XMLError.self) { _ = try XMLPull(path: "/tmp", elements: "i", depth: 1) }
        #expect(throws: XMLError.self) {
            _ = try XMLPull(path: "/dev/zero", elements: "i", depth: 1)
        }
    }

    @Test("a file of hundreds of megabytes takes bounded memory")
    func large() throws {
        let path = NSTemporaryDirectory() + "pull-\(UUID().uuidString).xml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let file = try #require(FileHandle(forWritingAtPath: path))
        let segment = "<E1 SEGMENT='1'><TDLINE>Größe &gt; 3</TDLINE><MENGE>3.000</MENGE></E1>\n"
        let one = "<IDOC BEGIN='1'>\n" + String(repeating: segment, count: 100) + "</IDOC>\n"
        let block = Data(String(repeating: one, count: 1000).utf8)
        try file.write(contentsOf: Data("<ORDERS05>".utf8))
        for _ in 0..<15 { try file.write(contentsOf: block) }
        try file.write(contentsOf: Data("</ORDERS05>".utf8))
        try file.close()
        let before = Self.residentBytes()
        var pull = try XMLPull(path: path, elements: "IDOC", depth: 1)
        var count = 0
        var leastLater = Int.max
        while let element = try pull.next() {
            count += element.elements.count == 100 ? 1 : 0
            if count > 10_000, count % 500 == 0 {
                leastLater = min(leastLater, Self.residentBytes())
            }
        }
        #expect(count == 15_000)
        #expect(block.count * 15 > 100 << 20)
        // As values, all of it takes more than 1 GB. Tests that run at the same time add to it.
        #expect(leastLater - before < 400 << 20)
    }

    private static func residentBytes() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
}
