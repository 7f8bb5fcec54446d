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
        configured.folders = ["archive", "inbox"]
        try await Installation.with(configured) { docket in
            try await docket.docket("migrate")
            try await docket.tenant.slowDown(milliseconds: 25)
            for round in 0..<10 {
                try await docket.tenant.generate(60, in: round % 2 == 0 ? "archive" : "inbox")
                let child = try docket.start(["run", "--once"])
                try await Task.sleep(for: .milliseconds(.random(in: 20...500, using: &random)))
                child.stop()
                // Not the last time: then it is a person who tries again at once.
                if round < 9 { try await docket.lapseLeases() }
            }
            let before = try await docket.number(
                "SELECT count(*) AS value FROM docket_v1.documents")
            print("documents after the kills: \(before)")
            try await docket.run()
            let archive = try await docket.tenant.mails(in: "archive")
            let inbox = try await docket.tenant.mails(in: "inbox")
            #expect(archive.count + inbox.count == 613)
            #expect(try await docket.filed() == Set(archive + inbox))
            let revisions = try await docket.number(
                "SELECT count(*) AS value FROM docket_v1.document_history")
            #expect(revisions == 613)
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
            for _ in 0..<3 {
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
                try await docket.lapseLeases()
            }
            try await docket.run()
            #expect(try await docket.filed().count == 24)
            try await expectComplete(docket)
        }
    }

    @Test("of the database server is over with the next run", arguments: [SIGQUIT, SIGKILL])
    func server(signal: Int32) async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        configured.hasOwnServer = true
        try await Installation.with(configured) { docket in
            try await docket.tenant.generate(800, in: "archive")
            try await docket.tenant.slowDown(milliseconds: 50)
            let child = try docket.start(["run", "--once"])
            try await until("pages are read: \(child.errors)") {
                try await docket.tenant.requests()["messages-delta-next", default: 0] > 3
            }
            let file = docket.path("postgres/data/postmaster.pid")
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            let server = try #require(lines.first.flatMap { pid_t($0) })
            kill(server, signal)
            let outcome = try await child.end()
            #expect(outcome.status == 69, "\(outcome.errors)")
            docket.expectSecrecy(outcome.output + outcome.errors)
            try await docket.run()
            let counted = try await docket.docket(
                "psql", "-Atc",
                "SELECT count(*), count(DISTINCT source_id) FROM docket_v1.documents")
            #expect(counted.output == "804|804\n")
            #expect(docket.processes() == [])
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
