import Domain
import Foundation
import JSON
import Postgres
import Store
import Testing

@Suite("Restricted readers", .timeLimit(.minutes(5)))
struct ReaderTests {
    /// Documents of two people and of nobody, with all that can be made of them; and three who
    /// read: `anna` and `bo` what names them, and `carla` everything.
    private func with(_ body: (OwnServer, Office) async throws -> Void) async throws {
        try await OwnServer.with { server in
            let office = try await Office(store: server.store())
            try await office.ensure("Inbox")
            let anna: JSON = ["user": ["Anna@Contoso.com"], "group": [], "site_group": ["5"]]
            let bo: JSON = ["user": [], "group": ["G-1"], "link": ["organization"]]
            let annas = try sample("A", title: "Title of A", "agreement", acl: anna)
            let documents = try [
                annas, sample("A#1", "agreement", parent: "A"),
                sample("A#1#1", "agreement", parent: "A#1"),
                sample("B", title: "Title of B", "agreement", acl: bo),
                sample("C", title: "Title of C", "agreement"),
                sample("D", title: "Title of D", "agreement", acl: ["user": ["dan@x.example"]]),
            ]
            let unread = RecordFailure(
                sourceID: "X", stage: "normalize", reason: "r", message: "m", record: "{}")
            let failures = ["A", "B", "C"].map {
                RecordFailure(
                    sourceID: $0, stage: "content", reason: "r", message: "m", record: nil)
            }
            try await office.pass(
                "Inbox", documents, failures: failures + [unread], rules: [Office.summary])
            for claim in try await office.claim(100) {
                var made = enrichment("short")
                made.exchange = Exchange(
                    messages: [.init(role: "user", content: "?")], output: "short")
                _ = try await office.store.finish([
                    FinishedJob(job: claim.job, claim: claim.claim, enrichment: made)
                ])
            }
            try await office.index()
            try server.script(
                """
                CREATE ROLE anna LOGIN IN ROLE docket_restricted_reader;
                CREATE ROLE bo LOGIN IN ROLE docket_restricted_reader;
                CREATE ROLE carla LOGIN IN ROLE docket_reader;
                INSERT INTO docket.reader_principals (reader, kind, name) VALUES
                    ('anna', 'user', 'anna@contoso.COM'), ('bo', 'group', 'g-1'),
                    ('bo', 'user', 'g-1'), ('carla', 'user', 'anna@contoso.com')
                """)
            try await body(server, office)
        }
    }

    /// What a reader finds in each view and by the search, by source ids.
    private func seen(_ server: OwnServer, as role: String) throws -> [String: [String]] {
        let schema = role == "carla" ? "docket_v1" : "docket_restricted_v1"
        func texts(_ text: String) throws -> [String] {
            var sql = SQL.StringInterpolation(literalCapacity: 100, interpolationCount: 0)
            sql.appendLiteral(text)
            return try server.texts(SQL(stringInterpolation: sql), as: role)
        }
        let views = ["documents", "document_history", "summaries", "enrichments", "exchanges"]
        var seen: [String: [String]] = [:]
        for view in views {
            seen[view] = try texts(
                "SELECT document_id::text AS v FROM \(schema).\(view) ORDER BY 1")
        }
        seen["failed"] = try texts(
            "SELECT source_id AS v FROM \(schema).failed_documents ORDER BY 1")
        seen["search"] = try texts(
            """
            SELECT document_id::text AS v FROM \(schema).search_documents('agreements') ORDER BY 1
            """)
        return seen
    }

    private func expected(_ documents: [String], failed: [String]) -> [String: [String]] {
        var expected = ["failed": failed]
        for name in [
            "documents", "document_history", "summaries", "enrichments", "exchanges", "search",
        ] {
            expected[name] = documents
        }
        return expected
    }

    @Test("see what names them and its attachments, and all others everything, in every view")
    func views() async throws {
        try await with { server, office in
            let all = try await ["A", "A#1", "A#1#1", "B", "C", "D"].asyncMap(office.id)
                .map { "\($0)" }
            #expect(try seen(server, as: "carla") == expected(all, failed: ["A", "B", "C", "X"]))
            #expect(
                try seen(server, as: "anna") == expected(Array(all[0...2]), failed: ["A"]))
            #expect(try seen(server, as: "bo") == expected([all[3]], failed: ["B"]))
            // Without a principal: nothing, rather than everything.
            try server.script("DELETE FROM docket.reader_principals")
            #expect(try seen(server, as: "anna") == expected([], failed: []))
            #expect(try seen(server, as: "carla") == expected(all, failed: ["A", "B", "C", "X"]))
        }
    }

    @Test("a group of a site counts within the scope it was given for")
    func scopes() async throws {
        try await with { server, _ in
            let refused = try server.refusal(
                of: "INSERT INTO docket.reader_principals VALUES ('bo', 'site_group', '5')",
                as: "docket")
            #expect(refused == "23514")
            try server.script(
                "INSERT INTO docket.reader_principals VALUES ('bo', 'site_group', '5', 'elsewhere')"
            )
            let titles: SQL = """
                SELECT source_id AS v FROM docket_restricted_v1.documents ORDER BY 1
                """
            #expect(try server.texts(titles, as: "bo") == ["B"])
            try server.script(
                """
                INSERT INTO docket.reader_principals
                VALUES ('bo', 'site_group', '5', 'box@example.com')
                """)
            #expect(try server.texts(titles, as: "bo") == ["A", "A#1", "A#1#1", "B"])
        }
    }

    @Test("cannot become others, nor look at rows before they are judged")
    func escapes() async throws {
        try await with { server, office in
            // One login that may be several others, as those of applications may.
            try server.script("GRANT bo TO anna")
            let connection = try Connection(server.options(as: "anna"))
            try connection.runScript("SET ROLE bo")
            let sources = try connection.run(
                "SELECT source_id AS v FROM docket_restricted_v1.documents ORDER BY 1")
            #expect(try sources.map { try $0.get("v", as: String.self) } == ["A", "A#1", "A#1#1"])
            for text in [
                "SET ROLE docket_reader", "TABLE docket_v1.documents", "TABLE docket_v1.tags",
                "SELECT docket_v1.search_documents('agreement')",
                "SELECT docket.search_documents('agreement', 1, NULL, false)",
                "SET SESSION AUTHORIZATION carla", "TABLE docket.reader_principals",
                "INSERT INTO docket.reader_principals VALUES ('anna', 'user', 'dan@x.example')",
                "TABLE docket.readable_documents", "TABLE docket.documents",
                "TABLE docket.feedback",
            ] {
                #expect(try server.refusal(of: text, as: "anna") == "42501", "\(text)")
            }
            // A function of their own that tells what it is shown.
            let spying = """
                CREATE FUNCTION pg_temp.spy(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 AS
                $$ BEGIN IF $1 = 'Title of D' THEN RAISE EXCEPTION 'seen' USING ERRCODE = 'ZZ001';
                END IF; RETURN true; END $$;
                SELECT count(*) FROM docket_restricted_v1.documents WHERE pg_temp.spy(title);
                """
            #expect(try server.refusal(of: spying, as: "anna") == nil)
            try server.script(
                "ALTER VIEW docket_restricted_v1.documents SET (security_barrier = false)")
            #expect(try server.refusal(of: spying, as: "anna") == "ZZ001")
            // Nor can they judge what they do not see.
            func rating(_ id: String, _ schema: String) async throws -> String {
                "SELECT \(schema).rate_result(\(try await office.id(id)), 'summary', 'bad')"
            }
            let restricted = "docket_restricted_v1"
            #expect(
                try await server.refusal(of: rating("D", restricted), as: "anna") == "P0002")
            #expect(try await server.refusal(of: rating("A", restricted), as: "anna") == nil)
            #expect(try await server.refusal(of: rating("D", "docket_v1"), as: "carla") == nil)
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(
        _ transform: (Element) async throws -> Result
    ) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
