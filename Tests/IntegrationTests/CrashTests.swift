import Foundation
import JSON
import Postgres
import Testing

@Suite("A crash", .timeLimit(.minutes(10)))
struct CrashTests {
    /// Printed, so that a failure can be repeated.
    private static func generator() -> SplitMix {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed of the kills: \(seed)")
        return SplitMix(state: seed)
    }

    @Test("of docket, ten times while it reads, loses no mail and files none twice")
    func reading() async throws {
        var random = Self.generator()
        var configured = Configured()
        configured.folders = ["One", "Two"]
        try await Installation.with(configured) { docket in
            let folders = [
                try await docket.tenant.makeFolder("One"),
                try await docket.tenant.makeFolder("Two"),
            ]
            try await docket.docket("migrate")
            try await docket.tenant.slowDown(milliseconds: 40)
            for round in 0..<10 {
                try await docket.tenant.generate(120, in: folders[round % 2])
                let child = try docket.start(["run", "--once"])
                try await Task.sleep(for: .milliseconds(.random(in: 20...400, using: &random)))
                child.stop()
                // Not the last time: then it is a person who tries again at once.
                if round < 9 { try await docket.lapseLeases() }
            }
            let before = try await docket.filed().count
            print("mails filed by the killed runs: \(before) of 1200")
            try await docket.run()
            let one = try await docket.tenant.mails(in: folders[0])
            let two = try await docket.tenant.mails(in: folders[1])
            #expect(one.count + two.count == 1200)
            #expect(try await docket.filed() == Set(one + two))
            let revisions = try await docket.number(
                "SELECT count(*) AS value FROM docket_v1.document_history")
            #expect(revisions == 1200)
            #expect(try await docket.tombstones() == [])
        }
    }

    @Test("of docket while it summarises leaves each mail with one summary and one tag")
    func enriching() async throws {
        var random = Self.generator()
        try await Installation.with(EnrichmentTests.configured(folder: "Trial")) { docket in
            let folder = try await docket.tenant.makeFolder("Trial")
            for number in 0..<24 {
                let body = number % 3 == 0 ? "See you." : EnrichmentTests.letter(number)
                try await docket.tenant.post("Mail \(number)", body: body, in: folder)
            }
            try await docket.docket("migrate")
            for round in 0..<3 {
                let results: SQL = "SELECT count(*) AS value FROM docket.results"
                let before = try await docket.number(results)
                let child = try docket.start(["run", "--once"])
                // A job that is killed with its daemon each time is given up in the end, so each
                // daemon gets something done first.
                try await until("a result is stored: \(child.errors)") {
                    try await docket.number(results) > before
                }
                try await Task.sleep(for: .milliseconds(.random(in: 0...600, using: &random)))
                child.stop()
                if round < 2 { try await docket.lapseLeases() }
            }
            try await docket.run()
            #expect(try await docket.filed().count == 24)
            try await expectComplete(docket)
        }
    }

    @Test("is not what an interrupt is: everything is given back, and the next run goes on at once")
    func interrupt() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            try await docket.tenant.generate(3000, in: "archive")
            try await docket.tenant.slowDown(milliseconds: 50)
            let child = try docket.start(["run", "--once"])
            try await until("pages are read: \(child.errors)") {
                try await docket.tenant.requests()["messages-delta-next", default: 0] > 2
            }
            child.send(SIGINT)
            #expect(try await child.end(within: .seconds(20)).status == 2)
            let held = try await docket.number(
                """
                SELECT count(*) AS value FROM docket.streams WHERE token IS NOT NULL
                """)
            #expect(held == 0)
            let before = try await docket.filed().count
            #expect((1..<3004).contains(before))
            try await docket.tenant.control("DELETE", "faults")
            let startedAt = ContinuousClock.now
            try await docket.run()
            #expect(ContinuousClock.now - startedAt < .seconds(20))
            #expect(try await docket.filed() == Set(try await docket.tenant.mails(in: "archive")))
        }
    }

    @Test("is not needed to have two dockets at one database: they file every mail once")
    func two() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            try await docket.docket("migrate")
            try await docket.tenant.generate(300, in: "archive")
            try await docket.tenant.slowDown(milliseconds: 30)
            let children = try (0..<2).map { _ in try docket.start(["run", "--once"]) }
            for child in children {
                let outcome = try await child.end()
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            #expect(try await docket.filed() == Set(try await docket.tenant.mails(in: "archive")))
            #expect(try await docket.tenant.requests()["messages-delta-initial"] == 1)
        }
    }

    @Test(
        "of the database server is over when it runs again, and loses nothing",
        arguments: [SIGQUIT, SIGKILL])
    func server(signal: Int32) async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        configured.hasOwnServer = true
        try await Installation.with(configured) { docket in
            try await docket.tenant.generate(4000, in: "archive")
            try await docket.tenant.slowDown(milliseconds: 300)
            let child = try docket.start(["run", "--once"])
            try await until("pages are read: \(child.errors)") {
                try await docket.tenant.requests()["messages-delta-next", default: 0] > 3
            }
            kill(try docket.databaseServer(), signal)
            let outcome = try await child.end()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("starting it again"))
            docket.expectSecrecy(outcome.output + outcome.errors)
            try await docket.run()
            let counted = try await docket.docket(
                "psql", "-Atc",
                "SELECT count(*), count(DISTINCT source_id) FROM docket_v1.documents")
            #expect(counted.output == "4004|4004\n")
            try await until("its processes end") { docket.processes().isEmpty }
        }
    }

    @Test(
        "of a server that forgets pages it had confirmed has them read again by the same run",
        arguments: [true, false])
    func forgotten(isCutOff: Bool) async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            try await docket.docket("migrate")
            // Eight pages, slow enough that a busy machine sees the third before the last is read.
            try await docket.tenant.generate(4000, in: "archive")
            try await docket.tenant.slowDown(milliseconds: 700)
            let position: SQL = "SELECT coalesce(max(seq), 0) AS value FROM docket.streams"
            let child = try docket.start(["run", "--once"])
            try await until("a page is filed: \(child.errors)") {
                try await docket.number(position) > 1
            }
            _ = try await docket.rows(
                """
                CREATE TABLE docket.before AS SELECT stream_id, cursor_kind, cursor, seq,
                    (SELECT max(document_id) FROM docket.documents) AS last FROM docket.streams
                """)
            let known = try await docket.number("SELECT max(seq) AS value FROM docket.before")
            try await until("two more are: \(child.errors)") {
                try await docket.number(position) > known + 1
            }
            // What a server shows that starts without the last pages of its log.
            _ = try await docket.rows(
                """
                WITH moved AS (
                    UPDATE docket.streams s
                    SET cursor_kind = b.cursor_kind, cursor = b.cursor, seq = b.seq
                    FROM docket.before b WHERE b.stream_id = s.stream_id RETURNING b.last),
                gone AS (
                    DELETE FROM docket.documents WHERE document_id > (SELECT max(last) FROM moved)
                    RETURNING document_id),
                history AS (
                    DELETE FROM docket.revisions r
                    USING moved WHERE r.document_id > moved.last RETURNING 1)
                SELECT count(*) FROM gone, history, (
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE \(isCutOff)::bool AND datname = current_database()
                        AND pid <> pg_backend_pid()) AS cut
                """)
            let outcome = try await child.end()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try await docket.filed() == Set(try await docket.tenant.mails(in: "archive")))
        }
    }
}

/// Numbers that follow from a seed.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
