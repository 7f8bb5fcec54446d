import Testing
import docket

@Suite("Help")
struct HelpTests {
    @Test("the overview shows every command with its summary")
    func overview() {
        let lines = Help.overview.split(separator: "\n")
        for command in Command.all {
            let call = "docket " + command.words.joined(separator: " ")
            #expect(
                lines.contains { $0.contains(call) && $0.hasSuffix("  \(command.summary)") },
                "\(call)")
        }
    }

    @Test("no two commands have the same words, and none is another's operand")
    func words() {
        let words = Command.all.map { $0.words.joined(separator: " ") }
        #expect(Set(words).count == words.count)
        #expect(words.allSatisfy { !$0.isEmpty })
    }

    @Test("a command's page has its usage and every option it takes")
    func pages() throws {
        for command in Command.all {
            let text = Help.text(for: command)
            #expect(text.contains("usage: docket \(command.words.joined(separator: " "))"))
            for common in ["-h, --help", "-q, --quiet", "-v, --verbose"] {
                #expect(text.contains(common), "\(command.words)")
            }
        }
        let list = try #require(Command.all.first { $0.words == ["documents", "list"] })
        #expect(
            Help.text(for: list).contains("\n  -o, --output FORMAT   table, json, jsonl or csv\n"))
        #expect(list.usage == "docket documents list [OPTION...]")
        let psql = try #require(Command.all.first { $0.words == ["psql"] })
        #expect(psql.usage == "docket psql [OPTION...] [ARGS...]")
    }
}
