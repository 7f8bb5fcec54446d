import FaultProxy
import Foundation
import Postgres
import Testing

/// What a database server does to docket.
@Suite("Chaos of the database", .timeLimit(.minutes(10)))
struct ChaosDatabaseTests {
    @Test(
        "fault 6, fault 7: crashes of the server under load lose nothing, also where it forgets",
        arguments: ["on", "off"])
    func crashes(synchronousCommit: String) async throws {
        var random = ChaosPlan.shared.generator("crashes, synchronous_commit \(synchronousCommit)")
        try await OwnServer.with { server in
            try await Siege.with(database: server.options) { siege in
                _ = try await siege.docket.rows(
                    SQL(
                        stringLiteral:
                            "ALTER DATABASE docket SET synchronous_commit = \(synchronousCommit)"))
                siege.model.behave { _ in
                    try? await Task.sleep(for: .milliseconds(20))
                    return nil
                }
                let daemons = try ["a", "b"].map { try siege.start($0) }
                for daemon in daemons { try await daemon.says(" ready ") }
                let memory = daemons.map(\.memoryBytes)
                try await siege.post(0..<20)
                for round in 1...(ChaosPlan.shared.isLong ? 20 : 3) {
                    try await siege.post((round * 20)..<(round * 20 + 10))
                    try await Task.sleep(for: .milliseconds(.random(in: 200...900, using: &random)))
                    try await server.crash()
                    try await server.startAgain()
                    let backAt = ContinuousClock.now
                    try await until(within: .seconds(15), "both are back") {
                        try await siege.docket.connected(["a", "b"])
                    }
                    print("chaos, crash: both back after \(ContinuousClock.now - backAt)")
                }
                try await siege.verify()
                #expect(daemons.allSatisfy { $0.poll() == nil })
                try await siege.expectBaseline(["a", "b"], daemons, since: memory)
            }
        }
    }

    @Test("fault 13: sessions ended at random cost nothing but the way")
    func terminated() async throws {
        try await Siege.with { siege in
            try await siege.post(0..<20)
            let daemons = try ["a", "b"].map { try siege.start($0) }
            for daemon in daemons { try await daemon.says(" ready ") }
            let memory = daemons.map(\.memoryBytes)
            let deadline = ContinuousClock.now + ChaosPlan.shared.duration
            var (count, round) = (0, 1)
            while ContinuousClock.now < deadline {
                count += try await siege.docket.rows(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name IN ('a', 'b')
                    ORDER BY random() LIMIT 1
                    """
                ).count
                if count % 50 == 0 {
                    try await siege.post((round * 100)..<(round * 100 + 5))
                    round += 1
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            print("chaos, sessions ended: \(count)")
            #expect(count > 20)
            try await siege.verify()
            #expect(daemons.allSatisfy { $0.poll() == nil })
            try await siege.expectBaseline(["a", "b"], daemons, since: memory)
        }
    }

    @Test("fault 23: with fewer connections than asked for, work goes on with those")
    func tooMany() async throws {
        try await Siege.with { siege in
            // Superusers are exempt, so this one is none; the code is that of a full server.
            let role = "few_\(UUID().uuidString.prefix(8).lowercased())"
            for text in [
                "CREATE ROLE \(role) LOGIN", "GRANT pg_read_all_data, pg_write_all_data TO \(role)",
                "GRANT CREATE ON DATABASE \(siege.docket.databaseName) TO \(role)",
                "GRANT USAGE, CREATE ON SCHEMA docket, docket_v1 TO \(role)",
                "GRANT USAGE ON ALL SEQUENCES IN SCHEMA docket TO \(role)",
            ] {
                _ = try await siege.docket.rows(SQL(stringLiteral: text))
            }
            let daemon = try siege.start("a", settings: "&user=\(role)")
            try await daemon.says(" ready ")
            for limit in [3, 0, 2] {
                _ = try await siege.docket.rows(
                    SQL(stringLiteral: "ALTER ROLE \(role) CONNECTION LIMIT \(limit)"))
                _ = try await siege.docket.rows(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name = 'a'
                    """)
                try await siege.post((limit * 10)..<(limit * 10 + 5))
                try await Task.sleep(for: .seconds(1.5))
            }
            try await siege.verify()
            #expect(daemon.errors.contains("too many connections"))
            #expect(daemon.poll() == nil)
            daemon.stop()
            for text in ["DROP OWNED BY \(role)", "DROP ROLE \(role)"] {
                _ = try await siege.docket.rows(SQL(stringLiteral: text))
            }
        }
    }

    @Test("fault 22: a disk that is full stops nothing for good: with space all goes on by itself")
    func diskFull() async throws {
        guard let disk = try SmallDisk(megabytes: 192) else {
            print("chaos, disk full: not played, since nothing may be mounted here")
            return
        }
        defer { disk.remove() }
        try await OwnServer.with(in: disk.path + "/postgres") { server in
            try await Siege.with(database: server.options) { siege in
                let daemon = try siege.start("a")
                try await siege.post(0..<10)
                try await daemon.says(" ready ")
                for round in 1...2 {
                    try disk.fill()
                    // Of bodies that have to go somewhere.
                    try await siege.docket.tenant.generate(400, in: "archive", of: .support)
                    try await until("the server has no space: \(daemon.errors)") {
                        daemon.errors.components(separatedBy: "53100").count > round
                            || !server.isRunning
                    }
                    try await Task.sleep(for: .seconds(1))
                    try disk.empty()
                    // Where the log itself had no space the server has given up, as it must.
                    try await server.startAgain()
                }
                try await siege.verify()
                #expect(daemon.poll() == nil)
            }
        }
    }
}

extension Installation {
    /// Whether all of these daemons have a connection.
    func connected(_ daemons: [String]) async throws -> Bool {
        let rows = try? await number(
            """
            SELECT count(DISTINCT application_name) AS value FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = ANY (\(daemons))
            """)
        return rows == daemons.count
    }

    var databaseName: String {
        databaseURL.firstMatch(of: /postgresql:\/\/\/([^?]*)/).map { "\"\($0.1)\"" } ?? ""
    }
}

extension Child {
    /// Of its memory, what is in the machine's.
    var memoryBytes: Int {
        let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        let line = status?.firstMatch(of: /VmRSS:\s+(\d+) kB/)
        return (line.flatMap { Int($0.1) } ?? 0) << 10
    }
}

extension Siege {
    /// I6: as many connections as each daemon may have, and hardly more memory than before.
    func expectBaseline(
        _ names: [String], _ daemons: [Child], since memory: [Int],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await expectFewConnections(names, sourceLocation: sourceLocation)
        for (daemon, before) in zip(daemons, memory) {
            #expect(daemon.memoryBytes < before + 100 << 20, sourceLocation: sourceLocation)
        }
    }

    /// I6: no more connections than each daemon may have.
    func expectFewConnections(
        _ daemons: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let count = try await docket.number(
            """
            SELECT count(*) AS value FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = ANY (\(daemons))
            """)
        #expect(count <= 8 * daemons.count, sourceLocation: sourceLocation)
    }
}
