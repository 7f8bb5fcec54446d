import Foundation
import Postgres
import Testing

@Suite("A daemon that may not change the schema", .timeLimit(.minutes(5)))
struct WriterRoleTests {
    @Test("makes a full pass on a schema that a DBA applied, and says what an older one needs")
    func pass() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        let main = configured
        try await Installation.with(configured) { docket in
            var options = ClusterOptions(
                directory: docket.path("server"), database: "docket", user: "dba")
            options.isDurable = false
            let cluster = try await PrivateCluster.start(options)
            let host = try #require(cluster.url.firstMatch(of: /host='([^']*)'/)?.1)
            let dba = try Connection(
                ConnectionOptions(url: cluster.url, applicationName: "test"))
            try docket.write(
                main.main(
                    stateDirectory: docket.folder,
                    databaseURL: "postgresql:///docket?host=\(host)&user=daemon"),
                to: "docket.yaml")
            try dba.runScript("CREATE ROLE daemon LOGIN")
            let early = try await docket.docket("run", "--once")
            #expect(early.status == 77)
            #expect(early.errors.contains("docket migrate --print"))

            let schema = try await docket.docket("migrate", "--print")
            #expect(schema.status == 0)
            try dba.runScript(schema.output)
            try dba.runScript("GRANT docket_writer TO daemon")
            try await docket.run()
            let filed = try dba.run("SELECT count(*) AS n FROM docket_v1.documents").first
            #expect(try filed?.get("n") == 4)
            let again = try await docket.docket("migrate")
            #expect(again.status == 0)
            #expect(again.errors == "the schema is up to date\n")
            #expect(try await docket.docket("status").status == 0)
            #expect(try await docket.docket("documents", "list").status == 0)

            // As if the program were newer than the schema by its last step.
            try dba.runScript(
                """
                DELETE FROM docket.migrations
                WHERE version = (SELECT max(version) FROM docket.migrations)
                """)
            let older = try await docket.docket("run", "--once")
            #expect(older.status == 77)
            #expect(older.errors.contains("_findings.sql"))
            #expect(older.errors.contains("docket migrate --print"))
            try await cluster.stop()
        }
    }
}
