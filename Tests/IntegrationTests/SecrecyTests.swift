import Foundation
import Postgres
import Testing

@Suite("The client secret", .timeLimit(.minutes(10)))
struct SecrecyTests {
    @Test(
        "is in no command line and in nothing that is printed, however much that is",
        arguments: [
            ["check"], ["run", "--once", "--verbose"], ["status", "--verbose"],
            ["psql", "-c", "SELECT pg_sleep(0.3)"],
        ])
    func commands(words: [String]) async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        configured.hasOwnServer = true
        try await Installation.with(configured) { docket in
            #expect(try await docket.docket("migrate").status == 0)
            try await docket.tenant.slowDown(milliseconds: 300)
            let child = try docket.start(words)
            var lineCount = 0
            try await until("it ends") {
                let lines = Installation.commandLines()
                lineCount += lines.count { $0.text.contains(docket.folder) }
                for (_, line) in lines { docket.expectSecrecy(line) }
                return child.poll() != nil
            }
            #expect(lineCount > 0)
            let outcome = try await child.end()
            #expect(outcome.status == 0, "\(outcome.errors)")
            docket.expectSecrecy(outcome.output + outcome.errors)
            let log = try String(
                contentsOfFile: docket.path("postgres/server.log"), encoding: .utf8)
            docket.expectSecrecy(log)
        }
    }

    @Test("is not in the database")
    func database() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            try await docket.run()
            let tables = try await docket.texts(
                """
                SELECT table_name::text AS value FROM information_schema.tables
                WHERE table_schema = 'docket' AND table_type = 'BASE TABLE'
                """)
            #expect(tables.contains("streams"))
            for table in tables {
                let dump = try await docket.docket(
                    "psql", "-Atc", "SELECT t::text FROM docket.\(table) t")
                #expect(dump.status == 0)
            }
        }
    }
}
