import FaultProxy
import Foundation
import Postgres
import Testing

/// Whether the suite sees what it is there to see: docket as it would be without one of its rules.
///
/// The rule is taken out of the statements on their way to the database, so nothing in docket
/// itself knows of this.
@Suite("Chaos of mutants", .timeLimit(.minutes(10)))
struct ChaosMutantTests {
    /// A docket without a rule, and the fault that shows it.
    struct Mutant: CustomTestStringConvertible {
        let testDescription: String
        /// What is seen of it.
        let sign: String
        /// Takes the rule out.
        let mutate: @Sendable (FaultProxy) -> Void
        /// Plays the fault, with one daemon behind the proxy; what is wrong after a while.
        let fault: @Sendable (Siege, FaultProxy, Duration) async throws -> [String]

        static let all = [noToken, noTokenInFailure, unguardedRescue, cursorFirst]

        private static let noToken = Mutant(
            testDescription: "results without a claim token", sign: "was ended by a",
            mutate: { $0.rewrite("AND j.claim = m.claim", to: "AND j.claim IS NOT NULL") },
            fault: { siege, proxy, duration in
                try await ChaosMutantTests.comeLate(siege, proxy, duration) { _ in nil }
            })

        private static let noTokenInFailure = Mutant(
            testDescription: "failures without a claim token", sign: "was ended by a",
            mutate: { $0.rewrite("AND claim = ", to: "AND NULL::uuid IS DISTINCT FROM ") },
            fault: { siege, proxy, duration in
                try await ChaosMutantTests.comeLate(siege, proxy, duration) { _ in
                    StandInModel.body("{}", status: 400)
                }
            })

        private static let unguardedRescue = Mutant(
            testDescription: "rescue without a guard", sign: "was rescued from a live daemon",
            mutate: {
                $0.rewrite(
                    "i.instance_id = j.instance_id AND",
                    to: "false AND i.instance_id = j.instance_id AND")
            },
            fault: { siege, proxy, duration in
                let gate = Gate()
                siege.model.behave { ask in
                    if ask.number < 4 { await gate.pass() }
                    return nil
                }
                try siege.start("a")
                try await siege.post(0..<6)
                try await until("one is at work") { siege.model.asks.count == 4 }
                try siege.start("b", through: proxy)
                try await until("the other is, too") { siege.model.asks.count > 6 }
                await gate.open()
                return try await siege.violations(within: duration)
            })

        private static let cursorFirst = Mutant(
            testDescription: "the cursor before the data", sign: "I1: missing",
            mutate: {
                $0.add(
                    StatementRule(
                        .after, ChaosKillTests.Point.cursor, .insert("COMMIT; BEGIN"), count: nil))
            },
            fault: { siege, proxy, duration in
                try await siege.post(0..<12)
                let rule = proxy.add(
                    StatementRule(.before, "COMMIT", within: ChaosKillTests.Point.cursor, .cut))
                let daemon = try siege.start("a", through: proxy)
                try await until("it is cut: \(daemon.errors)") { proxy.strikes(of: rule) == 1 }
                return try await siege.violations(within: duration)
            })
    }

    /// One daemon stands still at work, another takes over, and while that is at work the first
    /// goes on with the answers it gets.
    private static func comeLate(
        _ siege: Siege, _ proxy: FaultProxy, _ duration: Duration,
        _ lateAnswer: @escaping StandInModel.Behaviour
    ) async throws -> [String] {
        let (first, second) = (Gate(), Gate())
        siege.model.behave { ask in
            if ask.number < 4 {
                await first.pass()
                return await lateAnswer(ask)
            }
            await second.pass()
            return nil
        }
        let late = try siege.start("a", through: proxy)
        try await siege.post(0..<6)
        try await until("it is at work: \(late.errors)") { siege.model.asks.count == 4 }
        late.send(SIGSTOP)
        try await siege.docket.lapse("a")
        // Which have been rescued by now would be worked on one by one.
        _ = try await siege.docket.rows(
            """
            UPDATE docket.jobs SET state = 'available', claim = NULL, instance_id = NULL,
                took = NULL WHERE state = 'running'
            """)
        _ = try await siege.docket.rows("TRUNCATE chaos.broken_rules")
        try siege.start("b")
        try await until("the other is at work") { siege.model.asks.count == 8 }
        await first.open()
        late.send(SIGCONT)
        try await until("it has heard its answers: \(late.errors)") {
            let admin = late.errors.firstMatch(of: /admin=(http:\S+)/).map { String($0.1) } ?? ""
            let metrics = try await siege.docket.page(admin + "/metrics")
            return metrics.contains("docket_jobs_total")
        }
        try await Task.sleep(for: .milliseconds(300))
        await second.open()
        return try await siege.violations(within: duration)
    }

    @Test(
        "fault 42: without one of its rules docket fails the suite, and with it does not",
        arguments: Mutant.all)
    func mutants(mutant: Mutant) async throws {
        for isMutated in [false, true] {
            try await Siege.with { siege in
                let proxy = try siege.proxy()
                if isMutated { mutant.mutate(proxy) }
                let patience: Duration = isMutated ? .seconds(15) : .seconds(90)
                let violations = try await mutant.fault(siege, proxy, patience)
                print(
                    "chaos, \(mutant.testDescription), \(isMutated ? "mutated" : "sound"): \(violations.prefix(2))"
                )
                let isSeen = violations.contains { $0.contains(mutant.sign) }
                #expect(isSeen == isMutated, "\(violations.prefix(20))")
                #expect(violations.isEmpty || isMutated, "\(violations.prefix(20))")
            }
        }
    }
}
