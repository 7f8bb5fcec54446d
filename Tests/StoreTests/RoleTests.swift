import Domain
import Foundation
import Postgres
import Store
import Testing

@Suite("Roles", .timeLimit(.minutes(5)))
struct RoleTests {
    @Test("a member of docket_writer does all a daemon does, on a schema that another applied")
    func writer() async throws {
        try await OwnServer.with { server in
            try server.script("CREATE ROLE daemon LOGIN IN ROLE docket_writer")
            let store = server.store(as: "daemon")
            #expect(try await store.migrate() == [])
            try await store.checkSchema()

            let office = try await Office(store: store)
            try await office.ensure("Inbox", "Archive")
            let broken = RecordFailure(
                sourceID: "X", stage: "normalize", reason: "r", message: "m", record: "{}")
            try await office.pass(
                "Inbox", [document("A"), document("B"), document("C")], failures: [broken],
                rules: [Office.summary])
            try await office.pass("Inbox", [document("A", "new")], rules: [Office.summary])
            try await office.pass(
                "Inbox", [document("A", "newer"), document("B")], rules: [Office.summary],
                reset: true)
            try await office.pass("Archive")
            #expect(try await office.settle() == .settled(1))
            // A document that changes often waits for a moment.
            _ = try await office.query("UPDATE docket.jobs SET due_at = now()")
            let claims = try await office.claim()
            try #require(claims.count == 2)
            #expect(try await office.finish(claims[0]) == 1)
            #expect(
                try await store.fail(
                    claims[1].job, claim: claims[1].claim, reason: "r", message: "m",
                    verdict: .deadLetter))
            #expect(try await store.deadLetters(limit: 9).count == 1)
            #expect(try await store.retry(jobs: nil) == 1)
            #expect(try await store.rescue() == 0)
            try await office.index()
            #expect(try await store.search("newer", connector: nil, limit: 9).count == 1)
            #expect(try await store.documents(DocumentFilter()).count == 2)
            #expect(try await store.status().count == 2)
            #expect(try await store.findings().map(\.name) == ["failed_records"])
            #expect(!(try await store.story(of: claims[0].job.documentID)).isEmpty)
            let isRated = try await store.rate(
                claims[0].job.documentID, recipe: "summary", isGood: true, correction: nil)
            #expect(isRated)
            #expect(
                try await store.forget(
                    [claims[0].job.documentID], RemovalReason(.forget, who: "test")
                ).count == 1)
            #expect(try await store.expire(connector: "mail", after: .seconds(1 << 33)) == 0)
            try await store.pruneExchanges()
            try await store.prune()
            try await store.unregister(office.instance)
        }
    }

    @Test(
        "a member of docket_writer cannot change the schema, who reads what, or the past",
        arguments: [
            "CREATE TABLE docket.x (n int)", "CREATE VIEW docket_v1.x AS SELECT 1 AS n",
            "CREATE SCHEMA x", "TRUNCATE docket.documents",
            "ALTER TABLE docket.documents ADD COLUMN x int", "DROP TABLE docket.jobs",
            "DROP VIEW docket_v1.tags", "CREATE INDEX ON docket.documents (title)",
            "CREATE TRIGGER x BEFORE INSERT ON docket.jobs EXECUTE FUNCTION docket.x()",
            "DELETE FROM docket.migrations", "UPDATE docket.migrations SET sha256 = ''",
            "INSERT INTO docket.reader_principals VALUES ('a', 'user', 'b')",
            "DELETE FROM docket.audit", "UPDATE docket.audit SET who = ''",
            "GRANT SELECT ON docket.documents TO PUBLIC", "SET ROLE docket",
        ])
    func schema(_ text: String) async throws {
        let server = try await Self.shared.value
        // A grant that gives nothing is no more than a warning.
        if text.hasPrefix("GRANT") {
            try server.script(text, as: "daemon")
            let isOpen = try server.texts(
                """
                SELECT has_table_privilege('nobody', 'docket.documents', 'SELECT')::text AS v
                """, as: "docket")
            #expect(isOpen == ["false"])
        } else {
            #expect(try server.refusal(of: text, as: "daemon") == "42501")
        }
    }

    /// One for all cases; it goes with the process.
    private static let shared = Task { () throws -> OwnServer in
        var options = ClusterOptions(
            directory: "/tmp/docket-roles-\(UUID().uuidString.prefix(8))", database: "docket",
            user: "docket")
        options.isDurable = false
        let server = OwnServer(cluster: try await PrivateCluster.start(options))
        try server.script(Store.schemaText())
        try server.script(
            "CREATE ROLE daemon LOGIN IN ROLE docket_writer; CREATE ROLE nobody LOGIN")
        return server
    }

    @Test("a role that may not change an older schema is told who has to")
    func older() async throws {
        try await OwnServer.with { server in
            try server.script(
                "CREATE ROLE daemon LOGIN IN ROLE docket_writer; CREATE ROLE nobody LOGIN")
            let step = Migration(
                version: 99, name: "0099_x.sql", text: "ALTER TABLE docket.jobs ADD COLUMN x int")
            let error = StoreError.schemaForbidden(pending: ["0099_x.sql"])
            await #expect(throws: error) {
                try await server.store(as: "daemon").migrate(Migration.all + [step])
            }
            #expect("\(error)".contains("0099_x.sql"))
            #expect("\(error)".contains("docket migrate --print"))
            // Who sees nothing at all is told of all steps.
            await #expect(throws: StoreError.schemaForbidden(pending: Migration.all.map(\.name))) {
                try await server.store(as: "nobody").migrate()
            }
        }
    }

    @Test("roles that are made after the schema get their rights by docket.grant_roles()")
    func late() async throws {
        try await OwnServer.with(isMigrated: false) { server in
            // An owner who may not make roles.
            try server.script("CREATE ROLE dba LOGIN; GRANT CREATE ON DATABASE docket TO dba")
            try server.script(Store.schemaText(), as: "dba")
            let roles = try server.texts(
                "SELECT rolname AS v FROM pg_roles WHERE rolname LIKE 'docket\\_%'", as: "dba")
            #expect(roles == [])
            try server.script(
                """
                CREATE ROLE docket_reader; CREATE ROLE docket_writer;
                CREATE ROLE daemon LOGIN IN ROLE docket_writer;
                CREATE ROLE analyst LOGIN IN ROLE docket_reader
                """)
            #expect(
                try server.refusal(of: "TABLE docket_v1.documents", as: "analyst") == "42501")
            try server.script("SELECT docket.grant_roles()", as: "dba")
            #expect(try server.refusal(of: "TABLE docket_v1.documents", as: "analyst") == nil)
            #expect(try server.refusal(of: "TABLE docket.documents", as: "analyst") == "42501")
            let store = server.store(as: "daemon")
            #expect(try await store.migrate() == [])
            _ = try await Office(store: store)
            #expect(
                try server.refusal(of: "SELECT docket.grant_roles()", as: "analyst") == "42501")
        }
    }
}
