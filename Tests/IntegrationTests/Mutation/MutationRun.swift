import Foundation
import JSON
import Postgres
import Testing

/// A connector that is read while its source changes at random, requests fail at random, and the
/// daemon is killed.
struct MutationRun {
    /// Share of the requests that fail.
    private static let faultRate = 0.05

    let connector: MutatedConnector
    let seed: UInt64
    let duration: Duration
    private var random: SplitMix
    private(set) var mutationCount = 0
    private(set) var killCount = 0
    /// Files that were left half written, which is how a directory fails.
    private var halfCount = 0

    init(_ connector: MutatedConnector, seed: UInt64, duration: Duration) {
        (self.connector, self.seed, self.duration) = (connector, seed, duration)
        random = SplitMix(state: seed)
    }

    /// What it prints and what it found.
    struct Report {
        var faults = 0
        var requests = 0
        var documents = 0
        var differences: [String] = []
    }

    mutating func run() async throws -> Report {
        let idocs = "/tmp/docket-idocs-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: idocs) }
        let arguments = connector.system == "idocs" ? ["--idoc-directory", idocs] : []
        var run = self
        var report = Report()
        try await Installation.with(connector.configured(), sandbox: arguments) { docket in
            try await run.disturb(docket)
            let struck = try await docket.tenant.control("DELETE", "faults/random")["struck"]
            report.faults = (struck?.intValue ?? 0) + run.halfCount
            try await run.settle(docket, &report)
            report.requests = try await docket.tenant.requests().values.reduce(0, +)
        }
        self = run
        return report
    }

    private mutating func disturb(_ docket: Installation) async throws {
        try await connector.prepare(docket)
        let migrated = try await docket.docket("migrate")
        try #require(migrated.status == 0, "\(migrated.errors)")
        try await docket.tenant.control(
            "POST", "faults/random", ["rate": JSON(Self.faultRate), "seed": JSON(Int(seed))])
        var daemon = try docket.start(["run"])
        defer { daemon.stop() }
        let clock = ContinuousClock()
        let (end, start) = (clock.now + duration, clock.now)
        // Four lives of one length, each ended with a kill.
        var nextKill = start + duration / 4
        while clock.now < end {
            try await mutate(docket.tenant)
            try await clock.sleep(for: .milliseconds(.random(in: 10...150, using: &random)))
            guard clock.now >= nextKill else { continue }
            nextKill += duration / 4
            daemon.stop()
            docket.expectSecrecy(daemon.output + daemon.errors)
            killCount += 1
            try await docket.lapseLeases()
            daemon = try docket.start(["run"])
        }
        daemon.stop()
        try await docket.lapseLeases()
    }

    private mutating func mutate(_ tenant: Tenant) async throws {
        let count = Int.random(in: 1...6, using: &random)
        let seed = Int.random(in: 1...Int(Int32.max), using: &random)
        try await tenant.control(
            "POST", "\(connector.system)/mutate", ["count": JSON(count), "seed": JSON(seed)])
        mutationCount += count
        switch Int.random(in: 0..<60, using: &random) {
        case 0: try await tenant.control("POST", "\(connector.system)/expire-feeds")
        case 1: try await tenant.control("POST", "expire-tokens")
        case 2..<8 where connector.system == "idocs":
            try await tenant.control("POST", "idocs/half-write", ["type": "ORDERS05"])
            halfCount += 1
        case 8..<16 where connector.system == "idocs":
            try await tenant.control("POST", "idocs/complete", [:])
        default: break
        }
    }

    /// A quiet pass, after which all is as it is in the source.
    private func settle(_ docket: Installation, _ report: inout Report) async throws {
        try await docket.run()
        let truth = try await Truth.of(connector, at: docket.tenant)
        if connector.hidesDeletions {
            let early = try await truth.differences(from: docket).filter { !$0.isSurplus }
            report.differences += early.map { "before the full reading: \($0)" }
            try await docket.readAnew()
            try await docket.run()
        }
        report.differences += try await truth.differences(from: docket).map(\.description)
        report.differences += try await docket.leftovers()
        report.documents = try await docket.number(
            "SELECT count(*) AS value FROM docket_v1.documents")
    }
}

extension Installation {
    /// Makes the next pass read everything from the beginning, as a reset does.
    fileprivate func readAnew() async throws {
        _ = try await rows("DELETE FROM docket.seen")
        _ = try await rows(
            """
            UPDATE docket.streams
            SET cursor_kind = 'start', cursor = '', epoch = epoch + 1, seq = seq + 1
            WHERE cursor_kind <> 'start'
            """)
    }
}
