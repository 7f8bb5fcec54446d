import Testing
import YAML

/// Files made to cost time: each is answered within a deadline far above what it takes.
struct HostileTests {
    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            "kez#: 1\n", "key: 1\n", "- wrod\n", "- - - - - - - - 1\n", "[", "- ${env:", "\"\\",
        ])
    func aLargeFileIsAnsweredInTime(line: String) {
        let text = (0..<100_000).map { line.replacing("#", with: "\($0)") }.joined()
        var reader = Reader(
            Source(path: "t.yaml", text: text), references: References(environment: [:]))
        let words = ["word", "key", "other"]
        let list = Form<[String]>.list(of: .one(of: words), count: 0...Limits.nodes)
        let field = Field("list", list, "Words.")
        let section = Section([field]) { values, _ in values[field] }
        if let root = Node.parse(&reader) {
            if case .list = root.value {
                _ = list.decode(root, &reader)
            } else {
                _ = section.decode(root, &reader)
            }
        }
        #expect(reader.hasErrors)
        #expect(reader.sorted.count <= Limits.diagnostics + 1)
    }
}
