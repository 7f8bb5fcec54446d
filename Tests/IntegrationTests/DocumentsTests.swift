import Foundation
import JSON
import Postgres
import Testing

@Suite("Filed documents", .timeLimit(.minutes(10)))
struct DocumentsTests {
    private static var archive: Configured {
        var configured = Configured()
        configured.folders = ["archive"]
        return configured
    }

    private static func id(_ source: String, _ docket: Installation) async throws -> String {
        let number = try await docket.number(
            "SELECT document_id AS value FROM docket.documents WHERE source_id = \(source)")
        return "\(number)"
    }

    @Test("are found by their words after one run")
    func search() async throws {
        try await Installation.with(Self.archive) { docket in
            let mail = try await docket.tenant.post(
                "Seals", body: "The zorbs of hall four are leaking again.", in: "archive")
            try await docket.run()
            let outcome = try await docket.docket(
                "documents", "search", "zorb", "leaks", "--output", "json")
            #expect(outcome.status == 0)
            #expect(outcome.errors.isEmpty)
            let found = try outcome.rows()
            #expect(found.map { $0["title"] } == ["Seals"])
            let excerpt = found.first?["excerpt"]?.stringValue ?? ""
            #expect(excerpt.contains("**zorbs**") && excerpt.contains("**leaking**"))
            let id = try await Self.id(mail, docket)
            #expect(found.first?["document_id"]?.intValue.map(String.init) == id)
            let none = try await docket.docket(
                "documents", "search", "zorb", "--connector", "other", "-o", "json")
            #expect(none.output == "[]\n")
            // A pass alone files them; a running daemon notes their words.
            try await docket.tenant.post("Late", body: "zorb", in: "archive")
            #expect(try await docket.docket("sync").status == 0)
            let late = try await docket.docket("documents", "search", "zorb", "-o", "jsonl")
            #expect(late.output.split(separator: "\n").count == 1)
            #expect(late.errors.contains("1 documents are too new to be found"))
            let daemon = try docket.start(["run"])
            defer { daemon.stop() }
            try await until("the daemon notes the words") {
                try await docket.number("SELECT count(*) AS value FROM docket.unindexed") == 0
            }
        }
    }

    @Test("say how they came to be, and which recipes are not for them")
    func explain() async throws {
        var configured = Self.archive
        configured.recipes = "[summary, tags, letters]"
        configured.remoteModel = "http://127.0.0.1:1/v1"
        try await Installation.with(configured) { docket in
            try FileManager.default.createDirectory(
                atPath: docket.path("recipes.d"), withIntermediateDirectories: true)
            try docket.write(
                """
                recipe: letters
                description: Of letters
                applies_to: {kinds: [letter, fax]}
                output: text
                max_tokens: 16
                prompt: {user: "{{body}}"}

                """, to: "recipes.d/letters.yaml")
            let mail = try await docket.tenant.post("Seals", body: "Short.", in: "archive")
            #expect(try await docket.docket("sync").status == 0)
            let outcome = try await docket.docket(
                "documents", "explain", Self.id(mail, docket), "--output", "json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = try outcome.rows()
            func detail(_ step: String, _ name: String? = nil) -> String {
                rows.first {
                    $0["step"]?.stringValue == step
                        && (name == nil || $0["name"]?.stringValue == name)
                }?["detail"]?.stringValue ?? ""
            }
            #expect(detail("document").contains("source id \(mail)"))
            #expect(detail("revision", "1").contains("in run 1 "))
            #expect(detail("job", "tags").hasPrefix("available; attempt 0"))
            #expect(
                detail("recipe", "summary")
                    == "does not apply: it is for 200 characters and more, not 6")
            #expect(detail("recipe", "letters") == "does not apply: it is for fax, letter only")
            #expect(detail("recipe", "tags") == "applies; by the model cluster")
            #expect(try await docket.docket("documents", "explain", "99999").status == 1)
            #expect(try await docket.docket("documents", "explain", "x").status == 64)
        }
    }

    @Test("that a person wrote are forgotten on demand, and never filed nor fetched again")
    func forget() async throws {
        try await Installation.with(MutatedConnector.outlook.configured()) { docket in
            func mail(_ subject: String, from: String, to: String) -> JSON {
                [
                    "folder": "archive", "subject": .string(subject), "from": .string(from),
                    "to": .string(to),
                    "attachments": [
                        [
                            "name": "note.txt", "content_type": "text/plain",
                            "content": .string("The zebra of \(subject)"),
                        ]
                    ],
                ]
            }
            for (subject, from, to) in [
                ("Hers", "Anna <anna@x.example>", "Bo <bo@x.example>"),
                ("His", "Bo <bo@x.example>", "Anna <anna@x.example>"),
            ] {
                try await docket.tenant.control(
                    "POST", "mailboxes/\(String.sales)/messages",
                    mail(subject, from: from, to: to))
            }
            try await docket.run()
            let titles: SQL = """
                SELECT title AS value FROM docket_v1.documents
                WHERE body LIKE '%zebra%' OR title IN ('Hers', 'His') ORDER BY 1
                """
            let before = ["Hers", "His", "note.txt", "note.txt"]
            #expect(try await docket.texts(titles) == before)

            let words = ["documents", "forget", "--person", "ANNA@x.example", "-o", "json"]
            let asked = try await docket.start(words).end()
            #expect(asked.status == 64)
            #expect(asked.errors.contains("--yes"))
            let rows = try asked.rows()
            let actions = rows.map {
                "\($0["role"]?.stringValue ?? "") \($0["action"]?.stringValue ?? "")"
            }
            #expect(actions.sorted() == ["author remove", "participant keep"])
            #expect(try await docket.texts(titles) == before)

            let done = try await docket.start(words + ["--yes"]).end()
            #expect(done.status == 0)
            #expect(done.errors.hasPrefix("2 documents are removed"))
            #expect(try await docket.texts(titles) == ["His", "note.txt"])
            try await docket.tenant.resetRequests()
            #expect(try await docket.docket("sync", "--full").status == 0)
            #expect(try await docket.texts(titles) == ["His", "note.txt"])
            let left = try await docket.number(
                """
                SELECT count(*) AS value FROM docket.documents d
                WHERE d::text LIKE '%Hers%' OR d::text LIKE '%zebra of Hers%'
                """)
            #expect(left == 0)
            #expect(try await docket.number("SELECT count(*) AS value FROM docket.failures") == 0)

            for words in [
                [], ["x"], ["1", "--person", "a@x.example"], ["1", "--participant"],
            ] {
                let outcome = try await docket.start(["documents", "forget"] + words).end()
                #expect(outcome.status == 64, "\(words)")
            }
            #expect(try await docket.docket("documents", "forget", "99999", "-y").status == 1)
            let both = try await docket.start(words + ["--participant", "--refile", "-y"]).end()
            #expect(both.status == 0)
            #expect(try await docket.texts(titles) == [])
            #expect(try await docket.docket("sync", "--full").status == 0)
            #expect(try await docket.texts(titles) == ["His", "note.txt"])
        }
    }

    @Test("that are older than their connector keeps them are gone after the next run")
    func retention() async throws {
        var configured = Self.archive
        configured.schedule = "5m\nretention: 30d"
        try await Installation.with(configured) { docket in
            let now = Date.now.ISO8601Format()
            for (subject, time) in [("Old", "2020-05-04T10:00:00Z"), ("New", now)] {
                try await docket.tenant.control(
                    "POST", "mailboxes/\(String.sales)/messages",
                    [
                        "folder": "archive", "subject": .string(subject), "body": "Text.",
                        "sent": .string(time),
                    ])
            }
            try await docket.run()
            let titles = try await docket.texts("SELECT title AS value FROM docket_v1.documents")
            #expect(titles.contains("New") && !titles.contains("Old"))
            let old = try await docket.number(
                """
                SELECT count(*) AS value FROM docket_v1.documents
                WHERE coalesce(modified_at, created_at) < now() - interval '30 days'
                """)
            #expect(old == 0)
            #expect(
                try await docket.number(
                    "SELECT count(*) AS value FROM docket.audit WHERE action = 'retention'") == 1)
        }
    }

    @Test("are rated, and what models answered is exported to train them")
    func exchanges() async throws {
        try await Installation.with(Self.archive) { docket in
            try await docket.run()
            _ = try await docket.rows(
                """
                WITH few AS (SELECT * FROM docket.documents ORDER BY document_id LIMIT 4),
                results AS (
                    INSERT INTO docket.results (document_id, recipe, content_sha256, fingerprint,
                        form, output, model, model_sha256, prompt_sha256, parameters,
                        prompt_tokens, output_tokens, duration)
                    SELECT document_id, 'summary', content_sha256, '\\x01', 'text',
                        '{"text": "short", "method": "generated"}', 'm', '', '', '{}', 1, 1, '1s'
                    FROM few)
                INSERT INTO docket.exchanges (document_id, recipe, content_sha256, fingerprint,
                    messages, output, model, expires_at)
                SELECT document_id, 'summary', content_sha256, '\\x01',
                    '[{"role": "user", "content": "Summarise."}]', 'out ' || row_number() OVER (),
                    'm', now() + interval '1 day'
                FROM few
                """)
            let ids = try await docket.texts(
                "SELECT document_id::text AS value FROM docket.exchanges ORDER BY 1")
            try #require(ids.count == 4)
            func rate(_ words: String...) async throws -> Int32 {
                try await docket.start(["feedback"] + words).end().status
            }
            #expect(try await rate(ids[0], "summary", "good") == 0)
            #expect(try await rate(ids[1], "summary", "bad") == 0)
            #expect(try await rate(ids[2], "summary", "bad", "--correction", "better") == 0)
            #expect(try await rate(ids[3], "tags", "good") == 1)
            #expect(try await rate(ids[3], "summary", "fine") == 64)
            func answers(_ words: String...) async throws -> [String] {
                let outcome = try await docket.start(["exchanges", "export"] + words).end()
                #expect(outcome.status == 0)
                return try outcome.output.split(separator: "\n").map { line in
                    let messages = try JSON.parse(String(line))["messages"]?.arrayValue ?? []
                    #expect(messages.map { $0["role"] } == ["user", "assistant"])
                    #expect(messages.first?["content"] == "Summarise.")
                    return messages.last?["content"]?.stringValue ?? ""
                }
            }
            #expect(try await answers() == ["out 1", "better", "out 4"])
            #expect(try await answers("--rated", "good") == ["out 1"])
            #expect(try await answers("--rated", "bad") == ["better"])
            #expect(try await answers("--recipe", "tags") == [])
        }
    }
}
