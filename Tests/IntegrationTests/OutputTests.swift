import Foundation
import JSON
import Postgres
import Testing

@Suite("What commands print", .timeLimit(.minutes(10)))
struct OutputTests {
    private static var archive: Configured {
        var configured = Configured()
        configured.folders = ["archive"]
        return configured
    }

    @Test("of no rows is an empty list, in each form")
    func empty() async throws {
        try await Installation.with(Self.archive) { docket in
            let migrated = try await docket.docket("migrate")
            #expect(migrated.status == 0)
            #expect(migrated.output.isEmpty)
            #expect(migrated.errors.contains("applied 0001_tables"))
            let again = try await docket.docket("migrate")
            #expect(again.status == 0)
            #expect(again.errors == "the schema is up to date\n")
            for words in [["documents", "list"], ["status"]] {
                func printed(_ format: String) async throws -> String {
                    let outcome = try await docket.start(words + ["--output", format]).end()
                    #expect(outcome.status == 0)
                    return outcome.output
                }
                #expect(try await printed("json") == "[]\n")
                #expect(try await printed("jsonl") == "")
                #expect(try await printed("table") == "")
                #expect(try await printed("csv").split(separator: "\r\n").count == 1)
            }
        }
    }

    @Test("can be parsed, however odd a title is")
    func forms() async throws {
        try await Installation.with(Self.archive) { docket in
            let odd = "=1+1, \"quoted\"; \u{1F4E6} \\ and\ttab"
            try await docket.tenant.post(odd, in: "archive")
            let run = try await docket.docket("run", "--once", "--output", "json")
            let report = try JSON.parse(run.output)
            #expect(report.arrayValue?.count == 1)
            #expect(report.arrayValue?.first?["created"] == 5)
            #expect(run.errors.contains("scope read"))

            let json = try await docket.docket("documents", "list", "--output", "json")
            let listed = try JSON.parse(json.output).arrayValue ?? []
            #expect(listed.count == 5)
            let filed = try await docket.texts(
                "SELECT title AS value FROM docket_v1.documents ORDER BY title")
            #expect(listed.compactMap { $0["title"]?.stringValue }.sorted() == filed.sorted())
            #expect(json.errors.isEmpty)

            let jsonl = try await docket.docket("documents", "list", "-o", "jsonl", "--limit", "2")
            let lines = jsonl.output.split(separator: "\n")
            #expect(try lines.map { try JSON.parse(String($0)) } == Array(listed.prefix(2)))

            let csv = try await docket.docket("documents", "list", "--output=csv")
            let cells = Self.cells(csv.output)
            #expect(cells.count == 6)
            #expect(Set(cells.map(\.count)).count == 1)
            let title = try #require(cells.first?.firstIndex(of: "title"))
            // The apostrophe keeps a spreadsheet from computing it.
            let expected = Set(filed.map { $0.hasPrefix("=") ? "'" + $0 : $0 })
            #expect(Set(cells.dropFirst().map { $0[title] }) == expected)

            let status = try await docket.docket("status", "--output", "json")
            let streams = try JSON.parse(status.output).arrayValue ?? []
            #expect(streams.map { $0["documents"] } == [5])
            #expect(streams.first?["state"] == "ok")
        }
    }

    @Test("ends in peace when nobody reads it to its end")
    func closedPipe() async throws {
        let script = #""$0" explain | true; exit ${PIPESTATUS[0]}"#
        try await Installation.with(Self.archive) { docket in
            let child = try Child(
                "/bin/bash", ["-c", script, Programs.docket], environment: Programs.environment,
                in: docket.folder)
            let outcome = try await child.end()
            #expect(outcome.status == 0)
            #expect(outcome.errors.isEmpty, "\(outcome.errors)")
        }
    }

    @Test("about a good configuration is that there is no error")
    func check() async throws {
        try await Installation.with(Self.archive) { docket in
            let outcome = try await docket.docket("check")
            #expect(outcome.status == 0)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.hasSuffix("docket.yaml: 1 connector, no errors\n"))
            #expect(try await docket.tenant.requests() == ["token": 1])
            try FileManager.default.removeItem(atPath: docket.path("secret"))
            #expect(try await docket.docket("check", "--offline").status == 0)
            #expect(try await docket.tenant.requests() == ["token": 1])
        }
    }

    @Test("shows one document whole")
    func show() async throws {
        try await Installation.with(Self.archive) { docket in
            let mail = try await docket.tenant.post("Seals", body: "Twelve seals.", in: "archive")
            try await docket.run()
            let id = try await docket.number(
                "SELECT document_id AS value FROM docket_v1.documents WHERE source_id = \(mail)")
            let text = try await docket.docket("documents", "show", "\(id)")
            #expect(text.status == 0)
            #expect(text.output.contains("title: Seals\n"))
            #expect(text.output.hasSuffix("\n\nTwelve seals.\n"))
            let json = try await docket.docket("documents", "show", "\(id)", "--output", "json")
            let document = try JSON.parse(json.output)
            #expect(document["source_id"]?.stringValue == mail)
            #expect(document["body"] == "Twelve seals.")
            let none = try await docket.docket("documents", "show", "999999")
            #expect(none.status == 1)
            #expect(none.output.isEmpty)
        }
    }

    @Test("of psql is psql's, and so is its end")
    func psql() async throws {
        try await Installation.with(Self.archive) { docket in
            try await docket.docket("migrate")
            let answer = try await docket.docket("psql", "-At", "-c", "SELECT 40 + 2, 'a b'")
            #expect(answer.status == 0)
            #expect(answer.output == "42|a b\n")
            let wrong = try await docket.docket("psql", "-v", "ON_ERROR_STOP=1", "-c", "SELEKT")
            #expect(wrong.status == 1)
            #expect(wrong.output.isEmpty)
            #expect(wrong.errors.contains("SELEKT"))
            let views = try await docket.docket(
                "psql", "-Atc", "SELECT count(*) FROM docket_v1.tags")
            #expect(views.output == "0\n")
        }
    }

    @Test(
        "for a line that makes no sense is the reason, and the code for it",
        arguments: [
            (["run", "--twice"], "unknown option `--twice`"), (["fly"], "unknown command `fly`"),
            (["documents"], "say which: documents list, documents show"),
            (["documents", "show"], "ID is missing"), (["documents", "show", "x"], "`x`"),
            (["documents", "list", "--limit", "0"], "--limit is `0`"),
            (["documents", "list", "--output", "xml"], "table, json, jsonl, csv"),
            (["status", "now"], "unexpected `now`"),
        ])
    func usage(words: [String], reason: String) async throws {
        try await Installation.with { docket in
            let outcome = try await docket.start(words).end()
            #expect(outcome.status == 64)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(reason))
        }
    }

    @Test("needs neither database nor tenant for what is in the program")
    func builtIn() async throws {
        try await Installation.with { docket in
            let version = try await docket.docket("version")
            #expect(version.status == 0)
            #expect(version.output.hasPrefix("docket 0."))
            let sql = try await docket.docket("migrate", "--print")
            #expect(sql.status == 0)
            #expect(sql.output.contains("CREATE TABLE docket.documents"))
            #expect(sql.output.contains("CREATE VIEW docket_v1.documents"))
            let tables = try await docket.number(
                "SELECT count(*) AS value FROM pg_namespace WHERE nspname = 'docket'")
            #expect(tables == 0)
            let help = try await docket.docket("help")
            #expect(help.status == 0)
            #expect(help.output.contains("docket documents list"))
            let explained = try await docket.docket("explain", "models")
            #expect(explained.output.contains("context_length"))
        }
    }

    @Test("describes a model file, and says what is wrong with one")
    func inspect() async throws {
        try await Installation.with { docket in
            let text = try await docket.docket("models", "inspect", Programs.model)
            #expect(text.status == 0)
            #expect(text.output.contains("architecture"))
            let outcome = try await docket.docket(
                "models", "inspect", Programs.model, "--output", "json")
            let model = try JSON.parse(outcome.output)
            #expect(model["architecture"] == "llama")
            #expect(model["vocabulary"] == 49152)
            #expect(model["sha256"]?.stringValue?.count == 64)
            let none = try await docket.docket("models", "inspect", docket.path("docket.yaml"))
            #expect(none.status == 1)
            #expect(none.errors.contains(docket.path("docket.yaml")))
        }
    }

    @Test("gives a model's words on standard output alone")
    func generate() async throws {
        var configured = Configured()
        configured.model = Programs.model
        try await Installation.with(configured) { docket in
            let outcome = try await docket.docket(
                "generate", "Name a colour.", "--max-tokens", "12")
            #expect(outcome.status == 0)
            #expect(outcome.output.count { $0.isLetter } > 2)
            #expect(outcome.errors.contains(" tokens, "))
        }
    }

    /// The cells of a CSV text.
    ///
    /// Source: RFC 4180 §2.
    private static func cells(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row = [""]
        var isQuoted = false
        var rest = text.unicodeScalars.map(Character.init)[...]
        while let character = rest.popFirst() {
            switch (character, isQuoted) {
            case ("\"", true) where rest.first == "\"":
                row[row.count - 1].append("\"")
                rest.removeFirst()
            case ("\"", _): isQuoted.toggle()
            case (",", false): row.append("")
            case ("\r", false): break
            case ("\n", false):
                rows.append(row)
                row = [""]
            default: row[row.count - 1].append(character)
            }
        }
        return rows
    }
}
