import Testing
import YAML

struct DiagnosticTests {
    @Test(arguments: [
        ("foldrs", "folders"), ("fodlers", "folders"), ("Folders", "folders"), ("sicne", "since"),
        ("folder", "folders"), ("mailboxs", "mailboxes"),
    ])
    func theNearestNameIsOffered(name: String, expected: String) {
        #expect(nearest(to: name, among: ["mailboxes", "folders", "since"]) == expected)
    }

    @Test(arguments: ["", "x", "attachments", "fol", "boxes"])
    func farNamesAreNotOffered(name: String) {
        #expect(nearest(to: name, among: ["mailboxes", "folders", "since"]) == nil)
    }

    @Test func namesOfAnyLengthAreComparedInBoundedTime() {
        let long = String(repeating: "folders", count: 100_000)
        #expect(nearest(to: long, among: ["folders"]) == nil)
    }

    @Test func aLongLineIsShownAroundThePlace() {
        let line = String(repeating: "a", count: 300) + "HERE" + String(repeating: "b", count: 300)
        let rendered = diagnostic(column: 301, endColumn: 305, excerpt: line).rendered()
        let lines = rendered.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].count < 140)
        let caret = lines[2].firstIndex(of: "^").map {
            lines[2].distance(from: lines[2].startIndex, to: $0)
        }
        let place = lines[1].firstIndex(of: "H").map {
            lines[1].distance(from: lines[1].startIndex, to: $0)
        }
        #expect(caret == place)
        #expect(lines[2].count { $0 == "^" } == 4)
    }

    @Test func tabsAndEscapesDoNotReachTheTerminal() {
        let rendered = diagnostic(column: 3, endColumn: 4, excerpt: "\t\u{1B}x").rendered()
        #expect(rendered.contains("    1 |  \u{FFFD}x\n      |   ^"))
        #expect(!rendered.contains("\u{1B}"))
    }

    @Test func coloursComeOnlyWhenAsked() {
        let diagnostic = diagnostic(column: 1, endColumn: 2, excerpt: "x")
        #expect(!diagnostic.rendered().contains("\u{1B}"))
        #expect(diagnostic.rendered(isColoured: true).contains("\u{1B}[1;31merror:\u{1B}[0m"))
    }

    @Test(arguments: [0, -5, 1, 7, Int.max])
    func anyColumnIsRendered(column: Int) {
        let diagnostic = diagnostic(column: column, endColumn: column, excerpt: "abc")
        #expect(diagnostic.rendered().contains("^"))
    }

    private func diagnostic(column: Int, endColumn: Int, excerpt: String) -> Diagnostic {
        let location = Location(path: "t.yaml", line: 1, column: column, endColumn: endColumn)
        return Diagnostic(.error, at: location, "wrong", excerpt: excerpt)
    }
}
