import FaultProxy
import Foundation
import Postgres
import Testing

/// What the network does between docket and its database.
@Suite("Chaos of the network", .timeLimit(.minutes(10)))
struct ChaosNetworkTests {
    /// What commits: a `COMMIT`, by what came before it in its transaction, or a statement that is
    /// a transaction by itself.
    struct Commit: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var within: String?

        static let all = [
            Commit(
                testDescription: "a page", text: "COMMIT", within: ChaosKillTests.Point.cursor),
            Commit(testDescription: "a claim of jobs", text: ChaosKillTests.Point.claim),
            Commit(testDescription: "a result", text: ChaosKillTests.Point.finish),
        ]
    }

    @Test(
        "fault 11: a commit whose answer is lost is neither lost nor done twice",
        arguments: Commit.all)
    func lostAnswer(commit: Commit) async throws { try await cut(commit, .after) }

    @Test("fault 12: a commit that never reached the server is made up for", arguments: Commit.all)
    func lostCommit(commit: Commit) async throws { try await cut(commit, .before) }

    /// Cuts the connection at some of these commits of a daemon that goes on, all by itself.
    private func cut(_ commit: Commit, _ moment: StatementRule.Moment) async throws {
        var random = ChaosPlan.shared.generator("commit of \(commit.testDescription)")
        try await Siege.with { siege in
            let proxy = try siege.proxy()
            try await siege.post(0..<12)
            let rules = [
                Int.random(in: 0...2, using: &random), Int.random(in: 3...5, using: &random),
            ]
            .map { skips in
                proxy.add(
                    StatementRule(moment, commit.text, within: commit.within, .cut, skips: skips))
            }
            let daemon = try siege.start("a", through: proxy)
            try await until("the first is cut: \(daemon.errors)") {
                proxy.strikes(of: rules[0]) == 1
            }
            try await siege.post(12..<24, in: "inbox")
            try await until("the second is cut: \(daemon.errors)") {
                try await siege.docket.hurry()
                return proxy.strikes(of: rules[1]) == 1
            }
            // A claim that was made and not heard of is given back with the instance it was made
            // for, and asked for again.
            try await siege.verify()
            #expect(daemon.poll() == nil)
        }
    }

    @Test("fault 12: a job whose end could not be told to the database at all is soon free again")
    func untold() async throws {
        try await Siege.with { siege in
            let proxy = try siege.proxy()
            let daemon = try siege.start("a", through: proxy)
            try await siege.verify()
            let rules = [ChaosKillTests.Point.finish, "failed_at = now(), reason = "].map { text in
                proxy.add(StatementRule(.before, text, .cut))
            }
            try await siege.post(0..<1)
            try await until("neither its result nor its failure is told: \(daemon.errors)") {
                rules.allSatisfy { proxy.strikes(of: $0) == 1 }
            }
            // Not in an hour, which is a job's own deadline.
            try await siege.verify(within: .seconds(60))
            #expect(daemon.poll() == nil)
        }
    }

    @Test("fault 14: a network that swallows everything is noticed, and left behind")
    func blackHole() async throws {
        let plan = ChaosPlan.shared
        try await Siege.with { siege in
            let proxy = try siege.proxy()
            try await siege.post(0..<12)
            let gate = Gate()
            siege.model.behave { ask in
                if ask.number >= 6 { await gate.pass() }
                return nil
            }
            // As shipped it takes half a minute; an operator may say less.
            let daemon = try siege.start(
                "a", through: proxy,
                settings: plan.isLong ? "" : "&tcp_user_timeout=2000&connect_timeout=2")
            try await until("it works on jobs: \(daemon.errors)") { siege.model.asks.count > 6 }
            let before = try await siege.docket.instances(of: "a")

            proxy.blackHole(true)
            await gate.open()
            try await siege.docket.lapse("a")
            try await daemon.says("lost", within: .seconds(60))
            // Meanwhile others have what it held.
            let other = try siege.start("b")
            try await siege.verify(within: .seconds(60))
            if plan.isLong { try await Task.sleep(for: .seconds(120)) }
            try await siege.post(20..<24)
            other.send(SIGTERM)
            #expect(try await other.end(within: .seconds(30)).status == 0)

            let healedAt = ContinuousClock.now
            proxy.blackHole(false)
            try await until("it has another identity: \(daemon.errors)") {
                try await !siege.docket.instances(of: "a").isSubset(of: before)
            }
            print("chaos, black hole: back after \(ContinuousClock.now - healedAt)")
            try await siege.verify()
            #expect(daemon.poll() == nil)
        }
    }

    @Test("fault 38: no notification is needed: what others file is worked on at the next look")
    func unnotified() async throws {
        try await Siege.with({ $0.schedule = "1h" }) { siege in
            let daemon = try siege.start("a")
            try await daemon.says(" ready ")
            try await siege.verify()
            let listening = try await siege.docket.number(
                """
                SELECT count(*) AS value FROM pg_stat_activity
                WHERE datname = current_database() AND query ~* '^(LISTEN|NOTIFY)'
                """)
            #expect(listening == 0)
            try await siege.post(0..<1)
            let asked = siege.model.asks.count
            let sync = try siege.start("b", ["sync", "mail"])
            #expect(try await sync.end().status == 0)
            // It looks twice a second; the rest is a machine that does other things as well.
            try await until(within: .seconds(10), "it looks") { siege.model.asks.count > asked }
            try await siege.verify()
        }
    }
}

extension Installation {
    /// All identities that a daemon has had.
    func instances(of daemon: String) async throws -> Set<String> {
        Set(
            try await texts(
                """
                SELECT instance_id::text AS value FROM chaos.instances WHERE daemon = \(daemon)
                """))
    }
}
