import Testing
import docket

@Suite("Arguments")
struct ArgumentsTests {
    @Test(
        "an option takes its value after a space or an equals sign, by name or letter",
        arguments: [
            ["--output", "json"], ["--output=json"], ["-o", "json"], ["-o=json"],
            ["-o", "csv", "--output=json"],
        ])
    func forms(_ words: [String]) throws {
        let arguments = try read(words, "documents list")
        #expect(arguments.value("output") == "json")
        #expect(arguments.operands.isEmpty)
    }

    @Test("a value may hold an equals sign, begin with a dash, or be empty")
    func values() throws {
        let arguments = try read(
            ["--connector=a=b", "--kind", "-x", "--language="], "documents list")
        #expect(arguments.value("connector") == "a=b")
        #expect(arguments.value("kind") == "-x")
        #expect(arguments.value("language") == "")
        #expect(arguments.value("limit") == nil)
    }

    @Test("switches are understood by every command, by name or letter")
    func switches() throws {
        for command in Command.all where !["psql"].contains(command.words.joined()) {
            let words = ["--help", "-q", "--verbose"]
            let arguments = try Arguments(words, for: command)
            #expect(arguments.has("help") && arguments.has("quiet") && arguments.has("verbose"))
            #expect(try Arguments(["-h"], for: command).has("help"))
        }
    }

    @Test("what is not an option is an operand; everything is after two dashes")
    func operands() throws {
        #expect(try read(["a", "-", "--offline", "b"], "check").operands == ["a", "-", "b"])
        let arguments = try read(["--", "--offline", "-x", "--"], "check")
        #expect(arguments.operands == ["--offline", "-x", "--"])
        #expect(!arguments.has("offline"))
    }

    static let misuses: [(String, [String], String)] = [
        ("documents list", ["--outptu", "json"], "unknown option `--outptu`"),
        ("documents list", ["-x"], "unknown option `-x`"),
        ("documents list", ["--outptu=json"], "unknown option `--outptu`"),
        ("documents list", ["--output", "xml"], "--output is `xml`; allowed is table, json"),
        ("documents list", ["-o=JSON"], "--output is `JSON`"),
        ("documents list", ["--limit"], "--limit needs a value, N"),
        ("documents list", ["--quiet=yes"], "--quiet takes no value"),
        ("documents list", ["7"], "unexpected `7`"),
        ("documents show", [], "ID is missing"),
        ("documents show", ["1", "2"], "unexpected `2`"),
        ("documents show", ["--output", "csv", "1"], "--output is `csv`; allowed is text, json"),
    ]

    @Test("misuse names the word, says what is right, and shows the usage", arguments: misuses)
    func misuse(_ command: String, _ words: [String], _ problem: String) {
        let failure = #expect(throws: CommandFailure.self) { _ = try read(words, command) }
        #expect(failure?.code == .usage)
        #expect(failure?.message.hasPrefix(problem) == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("\nusage: docket \(command)") == true)
    }

    @Test(
        "a number is within its range, or says what the range is",
        arguments: [
            ("1", 1), ("100", 100), ("0", nil), ("101", nil), ("x", nil), ("", nil), ("1.0", nil),
            ("99999999999999999999", nil),
        ])
    func integers(_ text: String, _ expected: Int?) throws {
        let arguments = try read(["--limit=\(text)"], "documents list")
        guard let expected else {
            let failure = #expect(throws: CommandFailure.self) {
                _ = try arguments.integer("limit", in: 1...100)
            }
            #expect(failure?.message == "--limit is `\(text)`; allowed is 1 to 100")
            return
        }
        #expect(try arguments.integer("limit", in: 1...100) == expected)
        #expect(try arguments.integer("absent", in: 1...100) == nil)
    }

    @Test("what follows psql is passed on as it is, but for a leading configuration")
    func verbatim() throws {
        let arguments = try read(
            ["--config", "a.yaml", "-c", "SELECT 1", "--config", "b", "--", "-h"], "psql")
        #expect(arguments.value("config") == "a.yaml")
        #expect(arguments.operands == ["-c", "SELECT 1", "--config", "b", "--", "-h"])
        #expect(try read(["--config=x", "--csv"], "psql").value("config") == "x")
        #expect(try read(["--help"], "psql").has("help"))
        #expect(try read(["--help=variables"], "psql").operands == ["--help=variables"])
        #expect(try read([], "psql").operands.isEmpty)
    }

    private func read(_ words: [String], _ name: String) throws -> Arguments {
        let command = try #require(Command.all.first { $0.words.joined(separator: " ") == name })
        return try Arguments(words, for: command)
    }
}
