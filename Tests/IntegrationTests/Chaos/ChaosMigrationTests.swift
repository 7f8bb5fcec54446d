import FaultProxy
import Foundation
import Postgres
import Synchronization
import Testing

/// Schemas that are older, newer, edited, or just being changed.
@Suite("Chaos of migrations", .timeLimit(.minutes(10)))
struct ChaosMigrationTests {
    private static let versions: SQL = """
        SELECT count(*) AS value FROM docket.migrations
        """

    @Test(
        "fault 33: a daemon goes on while the schema grows, and none older than the schema starts")
    func upgrade() async throws {
        try await Siege.with { siege in
            let daemon = try siege.start("a")
            try await siege.post(0..<10)
            try await siege.verify()
            // What the next release may do under this one: add what this one does not know.
            for table in ["jobs", "documents", "streams", "results", "instances", "runs"] {
                _ = try await siege.docket.rows(
                    SQL(stringLiteral: "ALTER TABLE docket.\(table) ADD COLUMN new int DEFAULT 1"))
            }
            _ = try await siege.docket.rows(
                """
                INSERT INTO docket.migrations (version, name, sha256)
                VALUES (999, '0999_next.sql', '')
                """)
            try await siege.post(10..<20)
            try await siege.verify()
            #expect(daemon.poll() == nil)

            for words in [["run"], ["run", "--once"], ["migrate"], ["status"], ["sync", "mail"]] {
                let outcome = try await siege.start("b", words).end()
                #expect(outcome.status == 78, "\(words): \(outcome.errors)")
                #expect(outcome.errors.contains("schema version 999"), "\(words)")
                #expect(outcome.errors.contains("install the newer docket"), "\(words)")
            }
            // Back again, as after a release that was withdrawn.
            _ = try await siege.docket.rows("DELETE FROM docket.migrations WHERE version = 999")
            let other = try siege.start("b")
            try await other.says(" ready ")
            try await siege.post(20..<24)
            try await siege.verify()
        }
    }

    @Test("fault 33: a schema that is older is named with what to do, and brought up by the daemon")
    func older() async throws {
        try await Installation.with { docket in
            let outcome = try await docket.docket("status")
            #expect(outcome.status == 78)
            #expect(outcome.errors.contains("run docket migrate"))
            try await docket.run()
            #expect(try await docket.docket("status").status == 0)
        }
    }

    @Test("fault 34: of eight migrators at once each step is applied by one, and all are content")
    func eight() async throws {
        try await Installation.with { docket in
            let migrators = try (0..<8).map { _ in try docket.start(["migrate"]) }
            for migrator in migrators {
                let outcome = try await migrator.end()
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            try await docket.run()
        }
    }

    @Test(
        "fault 34: a migrator that is killed within a step leaves none of it, and the next goes on")
    func killed() async throws {
        try await Siege.with(isMigrated: false) { siege in
            for (round, moment) in [
                StatementRule.Moment.before, .after, .before, .after,
            ].enumerated() {
                // In the middle of the next step, and at its commit.
                let (text, within) =
                    round < 2
                    ? ("INSERT INTO docket.migrations", nil)
                    : ("COMMIT", Optional("INSERT INTO docket.migrations"))
                try await siege.kill(migrator: text, within, moment)
            }
            #expect(try await siege.docket.number(Self.versions) == 1)
            try await siege.docket.run()
        }
    }

    @Test("fault 34: a step waits for a long reader, and nobody waits for the step")
    func reader() async throws {
        try await Siege.with(isMigrated: false) { siege in
            // Up to the step that changes a table there is.
            try await siege.kill(migrator: "INSERT INTO docket.migrations", nil, .before, skips: 4)
            #expect(try await siege.docket.number(Self.versions) == 4)
            let reader = Database(siege.docket.connectionOptions, connections: 1)
            try await reader.withConnection { try $0.run("SELECT 1") }
            let isReading = Mutex(false)
            let isDone = Mutex(false)
            async let read: Void = reader.withConnection { connection in
                try connection.transaction { connection in
                    try connection.run("SELECT count(*) FROM docket.streams")
                    isReading.withLock { $0 = true }
                    while !isDone.withLock({ $0 }) { usleep(10_000) }
                }
            }
            try await until("it reads") { isReading.withLock { $0 } }
            let migrator = try siege.start("a", ["migrate"])
            var slowest = Duration.zero
            let deadline = ContinuousClock.now + .seconds(ChaosPlan.shared.isLong ? 19 : 5)
            while ContinuousClock.now < deadline {
                let askedAt = ContinuousClock.now
                _ = try await siege.docket.rows("SELECT count(*) FROM docket.streams")
                slowest = max(slowest, ContinuousClock.now - askedAt)
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(migrator.poll() == nil)
            isDone.withLock { $0 = true }
            try await read
            let outcome = try await migrator.end()
            #expect(outcome.status == 0, "\(outcome.errors)")
            print("chaos, migration behind a reader: slowest query \(slowest)")
            // It gives way after three seconds.
            #expect(slowest < .seconds(5))
            try await siege.docket.run()
        }
    }

    @Test("fault 35: a migration that was edited after it was applied is refused by its name")
    func edited() async throws {
        try await Siege.with { siege in
            _ = try await siege.docket.rows(
                """
                UPDATE docket.migrations SET sha256 = sha256('other') WHERE version = 2
                """)
            for words in [["run", "--once"], ["migrate"], ["status"]] {
                let outcome = try await siege.start("a", words).end()
                #expect(outcome.status == 78, "\(words): \(outcome.errors)")
                #expect(outcome.errors.contains("0002_contract.sql"), "\(words)")
            }
        }
    }
}

extension Siege {
    /// Starts `docket migrate` and kills it at a statement.
    fileprivate func kill(
        migrator text: String, _ within: String?, _ moment: StatementRule.Moment, skips: Int = 0
    ) async throws {
        let proxy = try proxy()
        defer { proxy.stop() }
        let rule = proxy.add(StatementRule(moment, text, within: within, .hold, skips: skips))
        let migrator = try start("a", through: proxy, ["migrate"])
        try await until("it is at \(text): \(migrator.errors)") { proxy.strikes(of: rule) == 1 }
        migrator.stop()
        // Its session is seen to be gone only when the proxy has let go.
        try await until("its session ends") {
            try await docket.number(
                """
                SELECT count(*) AS value FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'a'
                """) == 0
        }
    }
}
