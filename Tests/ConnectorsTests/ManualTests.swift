import Connectors
import Foundation
import Testing
import YAML

@Suite("The manual of definitions")
struct ManualTests {
    @Test("every whole definition in it is one that docket takes")
    func examples() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Connectors/README.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let blocks = text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        let whole = blocks.filter { $0.hasPrefix("definition:") }
        #expect(whole.count >= 1)
        for block in whole {
            let (definition, problems) = Definition.decode(
                Source(path: "Connectors/README.md", text: block))
            #expect(problems.map { $0.rendered() } == [])
            #expect(definition != nil)
        }
    }

    @Test("every key of a definition is in it")
    func keys() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Connectors/README.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        var open: [any DeclaredField] = Definition.section.fields
        var missing: Set<String> = []
        while let field = open.popLast() {
            // In code, by itself or in a section.
            let forms = [
                "`\(field.name)`", "`\(field.name):", "{\(field.name):", ", \(field.name):",
            ]
            if !forms.contains(where: text.contains) { missing.insert(field.name) }
            open += field.shape.fields
        }
        #expect(missing.sorted() == [])
    }

    static let wrong: [(String, String, String)] = [
        (
            "records: {request: /a, format: csv, paging: {kind: cursor, path: next, parameter: c}}",
            "{methods: [{kind: none}]}", "a table has no place for a link or cursor"
        ),
        (
            "records: {request: /a}", "{methods: [{kind: header, name: X-API-Key}]}",
            "a way to sign in needs `api_key`, which is not in `connection`"
        ),
    ]

    @Test("what could never be read is refused before anything is asked", arguments: wrong)
    func refused(_ records: String, _ authentication: String, _ message: String) {
        let text = """
            definition: one
            description: One.
            authentication: \(authentication)
            \(records)
            errors: {rules: []}
            mapping: {kind: record}

            """
        let (definition, problems) = Definition.decode(Source(path: "one.yaml", text: text))
        #expect(definition == nil)
        #expect(problems.contains { $0.message.hasPrefix(message) }, "\(problems)")
    }
}
