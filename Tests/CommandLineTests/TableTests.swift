import Foundation
import JSON
import Testing
import docket

@Suite("Table")
struct TableTests {
    static let table = Table(
        columns: ["id", "title", "tags"],
        rows: [
            [1, "Hello", ["a", "b"]], [nil, "He said \"no\",\nthen left", []],
            [-2.5, "", [true, nil]],
        ])

    @Test(
        "columns stand side by side under their names, each value on one line, no space at the end")
    func aligned() {
        #expect(
            Self.table.rendered(as: .table) == """
                ID    TITLE                    TAGS
                1     Hello                    a, b
                      He said "no", then left
                -2.5                           true,

                """)
    }

    @Test("the widest columns give way until a line fits the terminal", arguments: [30, 40, 60])
    func width(_ width: Int) {
        let table = Table(
            columns: ["a", "b", "c"],
            rows: [[1, .string(String(repeating: "x", count: 80)), "é\u{301}\u{1F600}"]])
        let lines = table.rendered(as: .table, width: width).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= width })
        #expect(lines[1].contains("x…  é\u{301}\u{1F600}"))
    }

    @Test("a terminal too narrow for anything does not cut columns to nothing")
    func narrow() {
        let rendered = Self.table.rendered(as: .table, width: 1)
        #expect(rendered.contains("Hello"))
        #expect(rendered.contains("He said \"no…"))
    }

    @Test("a title cannot steer the terminal or begin a line")
    func control() {
        let hostile = "a\u{1B}[2Jb\u{9B}31mc\u{7}d\r\ne\u{2028}f\tg\u{0}h"
        let table = Table(columns: ["t"], rows: [[.string(hostile)]])
        let lines = table.rendered(as: .table).unicodeScalars.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[1].allSatisfy { $0.properties.generalCategory != .control })
    }

    @Test("JSON is an array of objects, JSON lines one object a line, numbers and nulls kept")
    func json() throws {
        let data = Data(Self.table.rendered(as: .json).utf8)
        let objects = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        #expect(objects.count == 3)
        #expect(objects[0]["id"] as? Int == 1)
        #expect(objects[1]["id"] is NSNull)
        #expect(objects[1]["title"] as? String == "He said \"no\",\nthen left")
        let lines = Self.table.rendered(as: .jsonl).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == #"{"id":1,"title":"Hello","tags":["a","b"]}"#)
    }

    @Test("without rows: nothing, an empty array, nothing, the names")
    func empty() {
        let table = Table(columns: ["a", "b"])
        #expect(table.rendered(as: .table) == "")
        #expect(table.rendered(as: .json) == "[]\n")
        #expect(table.rendered(as: .jsonl) == "")
        #expect(table.rendered(as: .csv) == "a,b\r\n")
    }

    /// By RFC 4180, and OWASP's advice on cells that spreadsheets take for formulas.
    static let cells: [(JSON, String)] = [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""),
        ("a,\u{301}b", "\"a,\u{301}b\""), ("\"\u{301}", "\"\"\"\u{301}\""),
        ("=1+2", "'=1+2"), ("+49 30", "'+49 30"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"), ("=\u{301}1", "'=\u{301}1"), ("=A1,\"x\"", "\"'=A1,\"\"x\"\"\""),
        (-2.5, "-2.5"), ("-3", "-3"), (nil, ""), (true, "true"), (["a", "b"], "\"a, b\""),
        (["k": "v"], "\"{\"\"k\"\":\"\"v\"\"}\""),
    ]

    @Test("a cell of CSV comes back as it was, and is never a formula", arguments: cells)
    func csv(_ value: JSON, _ expected: String) {
        let table = Table(columns: ["c"], rows: [[value]])
        let rendered = Array(table.rendered(as: .csv).unicodeScalars)
        #expect(rendered == Array("c\r\n\(expected)\r\n".unicodeScalars))
    }
}
