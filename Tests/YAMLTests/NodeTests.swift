import Testing
import YAML

struct NodeTests {
    @Test(arguments: [
        ("no", "text no"), ("on", "text on"), ("yes", "text yes"), ("Off", "text Off"),
        ("true", "boolean true"), ("FALSE", "boolean false"), ("tRue", "text tRue"),
        ("~", "null"), ("", "null"), ("NULL", "null"), ("nULL", "text nULL"),
        ("010", "integer 10"), ("+12", "integer 12"), ("-0", "integer 0"),
        ("0x1F", "integer 31"), ("0o17", "integer 15"), ("0o18", "text 0o18"),
        ("-0x1", "text -0x1"),
        ("0b1", "text 0b1"), ("1_000", "text 1_000"), ("12:30", "text 12:30"),
        ("9223372036854775807", "integer 9223372036854775807"),
        ("9223372036854775808", "number 9.223372036854776e+18"),
        ("1.5", "number 1.5"), (".5", "number 0.5"), ("1.", "number 1.0"), ("1e3", "number 1000.0"),
        ("1e", "text 1e"), (".", "text ."), ("-", "text -"), ("+.inf", "number inf"),
        ("-.INF", "number -inf"), (".NaN", "number nan"), ("nan", "text nan"), ("inf", "text inf"),
        ("2025-01-01", "text 2025-01-01"), ("5m", "text 5m"), ("٣", "text ٣"),
        ("\"010\"", "text 010"), ("'true'", "text true"), ("!!str 5", "text 5"), ("'~'", "text ~"),
    ])
    func scalarsFollowTheCoreSchema(yaml: String, expected: String) throws {
        let (root, diagnostics) = parse("key: \(yaml == "-" ? "'-'" : yaml)\n")
        #expect(diagnostics.isEmpty)
        let node = try #require(root?["key"])
        let found =
            switch node.value {
            case .null: "null"
            case .boolean(let value): "boolean \(value)"
            case .integer(let value): "integer \(value)"
            case .number(let value): "number \(value)"
            case .text(let value): "text \(value)"
            case .list, .mapping, .invalid: "other"
            }
        #expect(found == expected)
    }

    @Test func everyKeyAndValueKnowsItsPlace() throws {
        let root = try #require(parse("a:\n  öb: [1, text]\n  c: \"x y\" # comment\n").0)
        let inner = try #require(root["a"])
        #expect(place(root["a"]?["öb"]) == "2:7-16")
        #expect(place(inner["c"]) == "3:6-11")
        guard case .mapping(let entries) = inner.value else {
            Issue.record("not a mapping")
            return
        }
        #expect(entries.map(\.key) == ["öb", "c"])
        #expect(
            entries.map { "\($0.keyLocation.line):\($0.keyLocation.column)" } == ["2:3", "3:3"])
        #expect(entries[0].keyLocation.endColumn == 5)
    }

    @Test func aMultiLineValueIsMarkedAtItsFirstLine() throws {
        let root = try #require(parse("a: |\n  x\n  y\n").0)
        #expect(root["a"]?.scalar == "x\ny\n")
        #expect(place(root["a"]) == "1:4-5")
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", "duplicate key `a`; it stands in line 1 already"),
        ("a: &x 1\n", "anchors such as `&x` are not supported"),
        ("<<: {a: 1}\n", "merge keys are not supported"),
        ("a: !!int '1'\n", "tags such as `!!int` are not supported; leave it out"),
        ("a: !!set {}\n", "tags such as `!!set` are not supported; leave it out"),
        ("? [a]\n: 1\n", "a key must be text, not a list or section"),
        ("'': 1\n", "a key is missing before `:`"),
        ("{: 1}\n", "a value is missing before this place"),
        ("a: 1\n--- \nb: 2\n", "a second document starts here; a file holds one"),
        ("a:\n\tb: 1\n", "a tab stands where spaces must: YAML is indented by spaces only"),
        ("a: 'x\n", "the file ends inside a quoted value, list or section"),
        ("", "the file is empty"), ("# nothing\n", "the file is empty"),
        ("a: \u{7}\n", "control characters are not allowed"),
    ])
    func whatIsRefusedSaysWhy(yaml: String, message: String) {
        #expect(parse(yaml).1.map(\.message) == [message])
    }

    @Test func aliasesAreRefusedEachWithoutExpansion() {
        let lines = (1...40).map { "k\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let diagnostics = parse("k0: &a0 x\n" + lines.joined(separator: "\n") + "\n").1
        #expect(diagnostics.count == Limits.diagnostics + 1)
        #expect(diagnostics.last?.message == "and 21 problems more")
    }

    @Test func quotedMergeKeysAreOrdinaryKeys() {
        let (root, diagnostics) = parse("'<<': 1\n")
        #expect(diagnostics.isEmpty)
        #expect(root?["<<"]?.scalar == "1")
    }

    @Test func depthIsLimited() {
        let deepest = String(repeating: "[", count: Limits.depth)
        #expect(parse(deepest + String(repeating: "]", count: Limits.depth)).1.isEmpty)
        #expect(
            parse(deepest + "[").1.map(\.message) == ["more than 64 levels inside one another"])
    }

    @Test func theNumberOfValuesIsLimited() {
        let list = "[" + String(repeating: "1,", count: Limits.nodes + 1) + "]"
        #expect(parse(list).1.map(\.message) == ["more than 200000 values in one file"])
    }

    @Test func theSizeOfAFileIsLimited() {
        let text = String(repeating: " ", count: Limits.sourceBytes + 1)
        #expect(parse(text).1.map(\.message) == ["more than 4194304 bytes"])
    }

    @Test func windowsLineEndingsKeepTheLineNumbers() {
        let diagnostics = parse("a: 1\r\nb: 2\r\nb: 3\r\n").1
        #expect(diagnostics.map(\.location.line) == [3])
        #expect(diagnostics.first?.excerpt == "b: 3")
    }

    @Test func invalidUTF8IsPlaced() {
        var reader = Reader(Source(path: "t.yaml", bytes: Array("a: 1\nb: ".utf8) + [0xFF, 0x0A]))
        #expect(Node.parse(&reader) == nil)
        #expect(reader.diagnostics.map { "\($0.location.line):\($0.location.column)" } == ["2:4"])
    }

    private func parse(_ text: String) -> (Node?, [Diagnostic]) {
        var reader = Reader(Source(path: "t.yaml", text: text))
        let root = Node.parse(&reader)
        return (root, reader.sorted)
    }

    private func place(_ node: Node?) -> String? {
        node.map { "\($0.location.line):\($0.location.column)-\($0.location.endColumn)" }
    }
}
