import Domain
import JSON
import Testing

@Suite("Path")
struct PathTests {
    static let message: JSON = [
        "subject": "Hi", "@odata.type": "#mail", "a.b": ["c.d": 1], "gone": nil,
        "from": ["emailAddress": ["address": "a@example.com"]],
        "to": [
            ["emailAddress": ["address": "b@example.com"]], ["emailAddress": nil], "text",
            ["emailAddress": ["address": "c@example.com"]],
        ],
        "groups": [["members": ["x", "y"]], ["members": []], ["members": ["z", nil]]],
        "empty": [], "[]": "odd",
    ]

    static let found: [(String, [JSON])] = [
        ("subject", ["Hi"]), ("@odata.type", ["#mail"]), ("a.b/c.d", [1]),
        ("from/emailAddress/address", ["a@example.com"]),
        ("to[]/emailAddress/address", ["b@example.com", "c@example.com"]),
        ("groups[]/members[]", ["x", "y", "z"]),
        ("groups[]/members", [["x", "y"], [], ["z", nil]]),
        ("empty", [[]]), ("empty[]", []), ("subject[]", []), ("subject/x", []), ("to/x", []),
        ("absent", []), ("gone", []), ("Subject", []),
    ]

    @Test("leads to every value there is, and to none that is null or absent", arguments: found)
    func values(_ text: String, _ expected: [JSON]) throws {
        let path = try #require(Path(text))
        #expect(path.values(in: Self.message) == expected)
        #expect(path.first(in: Self.message) == expected.first)
        #expect(path.description == text)
    }

    @Test(
        "exists where the payload mentions it, be it with null",
        arguments: [
            ("subject", true), ("gone", true), ("gone/deeper", true), ("absent", false),
            ("from/emailAddress/address", true), ("from/emailAddress/name", false),
            ("to[]/emailAddress", true), ("empty[]/x", true), ("subject/x", false),
        ])
    func exists(_ text: String, _ expected: Bool) throws {
        #expect(try #require(Path(text)).exists(in: Self.message) == expected)
    }

    @Test(
        "has a name in every part but the first",
        arguments: ["", "/", "a/", "/a", "a//b", "a/[]", "[]/", "[]//a"])
    func malformed(_ text: String) { #expect(Path(text) == nil) }

    @Test("that begins with brackets goes through the elements of the value itself")
    func elements() throws {
        let root: JSON = [["code": "a"], ["code": nil], 7, ["code": "b"]]
        let path = try #require(Path("[]/code"))
        #expect(path.values(in: root) == ["a", "b"])
        #expect(try #require(Path("[]")).values(in: root) == root.arrayValue)
        #expect(path.values(in: ["code": "a"]) == [])
        #expect(path.isMany && path.exists(in: root) && path.head == "")
        #expect(path.depth == 2)
    }

    @Test("is many as soon as one part goes through an array")
    func many() {
        #expect(Path("a[]/b")?.isMany == true)
        #expect(Path("a/b")?.isMany == false)
    }

    @Test("of another value than an object leads nowhere", arguments: [JSON.null, 1, "a", ["a"]])
    func scalars(_ root: JSON) throws {
        let path = try #require(Path("a"))
        #expect(path.values(in: root).isEmpty)
        #expect(!path.exists(in: root))
    }
}
