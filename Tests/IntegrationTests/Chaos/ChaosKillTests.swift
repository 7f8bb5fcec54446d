import FaultProxy
import Foundation
import Postgres
import Synchronization
import Testing

/// Daemons that are killed or stand still, at any moment and at the worst ones.
@Suite("Chaos of kills", .timeLimit(.minutes(10)))
struct ChaosKillTests {
    @Test("fault 1: of four daemons one is killed again and again, and everything is there once")
    func random() async throws {
        var random = ChaosPlan.shared.generator("kills")
        try await Siege.with { siege in
            siege.model.behave { _ in
                try? await Task.sleep(for: .milliseconds(30))
                return nil
            }
            try await siege.post(0..<30)
            var daemons: [String: Child] = [:]
            for name in ["a", "b", "c", "d"] { daemons[name] = try siege.start(name) }
            let deadline = ContinuousClock.now + ChaosPlan.shared.duration
            var count = 0
            while ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(.random(in: 100...2900, using: &random)))
                let name = ["a", "b", "c", "d"].randomElement(using: &random) ?? "a"
                guard let daemon = daemons[name] else { continue }
                try await siege.kill(daemon, name)
                daemons[name] = try siege.start(name)
                count += 1
                try await siege.post((count * 100)..<(count * 100 + 5))
            }
            #expect(count > 1)
            // What three daemons died with is given up, whoever's fault it was.
            try await siege.verify(deadLetters: ["kills_worker"])
            try await siege.expectFewConnections(Array(daemons.keys))
        }
    }

    /// Where a daemon is killed.
    struct Point: CustomTestStringConvertible {
        let testDescription: String
        let moment: StatementRule.Moment
        let text: String
        var within: String?
        var skips = 0

        static let cursor = "RETURNING s.epoch > 1"
        static let claim = "SET state = 'running', took"
        static let finish = "INSERT INTO docket.results"
        static let all = [
            Point(testDescription: "before a transaction begins", moment: .before, text: "BEGIN"),
            Point(testDescription: "before the cursor moves", moment: .before, text: cursor),
            Point(testDescription: "after the cursor moved", moment: .after, text: cursor),
            Point(
                testDescription: "after the documents are stored", moment: .after,
                text: "INSERT INTO docket.jobs AS j", within: cursor),
            Point(
                testDescription: "before a page commits", moment: .before, text: "COMMIT",
                within: cursor),
            Point(
                testDescription: "after a page committed, unheard", moment: .after,
                text: "COMMIT", within: cursor),
            Point(
                testDescription: "before a stream is given back", moment: .before,
                text: "SET token = NULL, instance_id = NULL, run_id = NULL, next_poll_at"),
            // Claims and results are each one trip, which begins and commits their transaction.
            Point(testDescription: "before a claim", moment: .before, text: claim),
            Point(testDescription: "after a claim, unheard", moment: .after, text: claim),
            Point(testDescription: "before a result is stored", moment: .before, text: finish),
            Point(
                testDescription: "after a result was stored, unheard", moment: .after,
                text: finish),
        ]
    }

    @Test("fault 2: a daemon killed at each named point leaves nothing undone and nothing double")
    func points() async throws {
        var random = ChaosPlan.shared.generator("points")
        try await Siege.with { siege in
            let deadline = ContinuousClock.now + ChaosPlan.shared.duration
            var round = 0
            repeat {
                for (number, point) in Point.all.shuffled(using: &random).enumerated() {
                    let first = 1000 * round + 10 * number
                    try await siege.post(first..<first + 3)
                    try await kill(at: point, siege)
                }
                // In the middle of an inference.
                let daemon = Mutex<Child?>(nil)
                siege.model.behave { _ in
                    daemon.withLock { $0 }?.send(SIGKILL)
                    return nil
                }
                try await siege.post((1000 * round + 500)..<(1000 * round + 503))
                let child = try siege.start("a")
                daemon.withLock { $0 = child }
                try await until("it dies at work") { child.poll() != nil }
                try await siege.kill(child, "a")
                siege.model.behave { _ in nil }
                round += 1
            } while ContinuousClock.now < deadline
            try siege.start("a")
            try await siege.verify(deadLetters: ["kills_worker"])
        }
    }

    private func kill(at point: Point, _ siege: Siege) async throws {
        let proxy = try siege.proxy()
        defer { proxy.stop() }
        let victim = Mutex<pid_t?>(nil)
        let rule = proxy.add(
            StatementRule(point.moment, point.text, within: point.within, .cut) {
                // The rule may strike before the daemon's number is noted down.
                while true {
                    if let id = victim.withLock({ $0 }) { return _ = Glibc.kill(id, SIGKILL) }
                    usleep(1000)
                }
            })
        let daemon = try siege.start("a", through: proxy)
        victim.withLock { $0 = daemon.processID }
        try await until("it is killed \(point.testDescription): \(daemon.errors)") {
            daemon.poll() != nil
        }
        #expect(proxy.strikes(of: rule) == 1, "\(point.testDescription): \(daemon.errors)")
        try await siege.kill(daemon, "a")
    }

    @Test("fault 3: a daemon that stands still at work comes too late, and what others did stands")
    func stoppedAtWork() async throws {
        try await Siege.with { siege in
            let gate = Gate()
            siege.model.behave { ask in
                if ask.number < 4 { await gate.pass() }
                return nil
            }
            let late = try siege.start("a")
            try await late.says(" ready ")
            try await siege.post(0..<8)
            try await until("it is at work: \(late.errors)") { siege.model.asks.count == 4 }
            late.send(SIGSTOP)
            try await siege.docket.lapse("a")
            try siege.start("b")
            try await siege.verify()
            let results: SQL =
                "SELECT md5(string_agg(r::text, ',' ORDER BY r)) AS value FROM docket.results r"
            let before = try await siege.docket.texts(results)

            // It hears four answers now, and would file them.
            await gate.open()
            late.send(SIGCONT)
            let admin = try #require(late.errors.firstMatch(of: /admin=(http:\S+)/)).1
            try await until("it is told that it is late: \(late.errors)") {
                let metrics = try await siege.docket.page(admin + "/metrics")
                return metrics.matches(of: /outcome="late"\S* (\d+)/)
                    .compactMap { Int($0.1) }.reduce(0, +) == 4
            }
            #expect(try await siege.docket.texts(results) == before)
            try await siege.verify()
            #expect(late.poll() == nil)
        }
    }

    @Test("fault 4: a daemon that stands still between fetching a page and filing it files nothing")
    func stoppedBeforeCommit() async throws {
        try await Siege.with { siege in
            let proxy = try siege.proxy()
            let late = try siege.start("a", through: proxy)
            try await siege.verify()
            let rule = proxy.add(StatementRule(.before, Point.cursor, .hold))
            try await siege.post(0..<6)
            try await until("it has a page: \(late.errors)") { proxy.strikes(of: rule) == 1 }
            late.send(SIGSTOP)
            try await siege.docket.lapse("a")
            let other = try siege.start("b")
            try await siege.verify()
            let pages: SQL = "SELECT sum(seq)::bigint AS value FROM docket.streams"
            other.send(SIGTERM)
            #expect(try await other.end(within: .seconds(30)).status == 0)
            let before = try await siege.docket.number(pages)

            proxy.release()
            try await Task.sleep(for: .milliseconds(300))
            #expect(try await siege.docket.number(pages) == before)
            late.send(SIGCONT)
            // And it goes on, as another instance.
            try await siege.post(6..<9)
            try await siege.verify()
            let doubles = try await siege.docket.number(
                "SELECT count(*) AS value FROM docket_v1.document_history WHERE revision > 1")
            #expect(doubles == 0)
            #expect(late.poll() == nil)
        }
    }

    @Test("fault 5: after all daemons were killed at once, the next goes on where they were")
    func all() async throws {
        var random = ChaosPlan.shared.generator("all at once")
        try await Siege.with { siege in
            let docket = siege.docket
            try await docket.tenant.generate(600, in: "archive", of: .support)
            try await docket.tenant.slowDown(milliseconds: 30)
            let names = ["a", "b", "c"]
            let daemons = try names.map { try siege.start($0) }
            let pages: SQL = "SELECT coalesce(sum(seq), 0)::bigint AS value FROM docket.streams"
            let wanted = Int.random(in: 12...25, using: &random)
            try await until("pages are filed") { try await docket.number(pages) >= wanted }
            for daemon in daemons { daemon.send(SIGKILL) }
            for (daemon, name) in zip(daemons, names) { try await siege.kill(daemon, name) }

            let begun = try await docket.number(
                "SELECT count(*) AS value FROM docket.streams WHERE cursor_kind <> 'start'")
            try await docket.tenant.resetRequests()
            let streams = try await docket.number("SELECT count(*) AS value FROM docket.streams")
            try siege.start("a")
            try await siege.verify()
            // No stream that had been begun is begun again.
            let asked = try await docket.tenant.requests()["messages-delta-initial", default: 0]
            #expect(asked <= streams - begun)
        }
    }
}
