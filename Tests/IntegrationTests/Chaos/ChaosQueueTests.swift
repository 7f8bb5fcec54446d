import FaultProxy
import Foundation
import Postgres
import Testing

/// What becomes of work that is shared, stopped or pressed for time.
@Suite("Chaos of the queue", .timeLimit(.minutes(10)))
struct ChaosQueueTests {
    @Test("fault 32: two daemons of one configuration share the polls, and miss none")
    func twins() async throws {
        try await Siege.with { siege in
            let daemons = try ["a", "b"].map { try siege.start($0) }
            try await siege.verify()
            try await siege.docket.tenant.resetRequests()
            let startedAt = ContinuousClock.now
            let last: SQL = "SELECT coalesce(max(run_id), 0) AS value FROM docket.runs"
            let before = try await siege.docket.number(last)
            for number in 0..<4 {
                try await siege.post(number * 3..<number * 3 + 3)
                try await Task.sleep(for: .seconds(1))
            }
            let polls = try await siege.docket.tenant.requests()[
                "messages-delta-changes", default: 0]
            let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
            let streams = try await siege.docket.number(
                "SELECT count(*) AS value FROM docket.streams")
            // Each stream is due once a second, a tenth early.
            #expect(Double(polls) <= Double(streams) * (seconds / 0.9 + 1))
            #expect(polls >= streams)
            try await siege.verify()
            let overlaps = try await siege.docket.texts(
                """
                SELECT format('%s was read twice at once', a.stream) AS value
                FROM docket.runs a JOIN docket.runs b ON b.connector = a.connector
                    AND b.scope = a.scope AND b.stream = a.stream AND b.run_id > a.run_id
                    AND b.started_at < a.finished_at
                WHERE a.run_id > \(before)::bigint
                """)
            #expect(overlaps == [])
            #expect(daemons.allSatisfy { $0.poll() == nil })
        }
    }

    @Test("fault 36: told to stop while inferences take a minute, it gives all back and ends")
    func terminated() async throws {
        try await Siege.with { siege in
            let gate = Gate()
            siege.model.behave { _ in
                await gate.pass()
                return nil
            }
            let daemon = try siege.start("a")
            try await siege.post(0..<12)
            try await until("it is at work: \(daemon.errors)") { siege.model.asks.count == 4 }
            let stoppedAt = ContinuousClock.now
            daemon.send(SIGTERM)
            let outcome = try await daemon.end(within: .seconds(30))
            #expect(outcome.status == 0, "\(outcome.errors)")
            print("chaos, stop under load: \(ContinuousClock.now - stoppedAt)")
            #expect(ContinuousClock.now - stoppedAt < .seconds(15))
            #expect(siege.model.asks.count == 4)
            let held = try await siege.docket.texts(
                """
                SELECT concat_ws(' ',
                    (SELECT count(*) FROM docket.jobs WHERE claim IS NOT NULL OR attempt > 0),
                    (SELECT count(*) FROM docket.streams WHERE token IS NOT NULL),
                    (SELECT count(*) FROM docket.instances)) AS value
                """)
            #expect(held == ["0 0 0"])
            await gate.open()
            try siege.start("b")
            try await siege.verify()
        }
    }

    @Test("fault 41: heartbeats go on and jobs are claimed while the model has all cores")
    func saturated() async throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        var beside: [Child] = []
        defer { for child in beside { child.stop() } }
        try await Siege.with {
            $0.remoteModel = nil
            $0.model = Programs.model
        } _: { siege in
            try await siege.post(0..<40)
            let daemon = try siege.start("a")
            // Another program that computes as much as it can, as the pool of a second daemon does.
            beside.append(
                try Child(
                    Programs.docket,
                    ["models", "bench", Programs.model, "--decode", "4000", "--sequences", "4"],
                    environment: Programs.environment, in: siege.docket.folder))
            try await daemon.says(" ready ")
            let deadline = ContinuousClock.now + max(.seconds(18), ChaosPlan.shared.duration)
            var least = 30.0
            var slowest = Duration.zero
            while ContinuousClock.now < deadline {
                let askedAt = ContinuousClock.now
                let left = try await siege.docket.rows(
                    """
                    SELECT extract(epoch FROM min(lease_until) - clock_timestamp())::float8
                        AS value FROM docket.instances
                    """)
                slowest = max(slowest, ContinuousClock.now - askedAt)
                if let row = left.first { least = min(least, try row.get("value")) }
                try await Task.sleep(for: .milliseconds(100))
            }
            print(
                "chaos, \(cores) cores saturated: least lease \(least) s, slowest query \(slowest)"
            )
            // Beats come every 7.5 s and may be as late again.
            #expect(least > 15)
            #expect(try await siege.docket.instances(of: "a").count == 1)
            // Or done already; how much is done is up to what else the machine does.
            let claimed = try await siege.docket.number(
                "SELECT count(*) AS value FROM chaos.claims")
            #expect(claimed > 0)
            #expect(daemon.poll() == nil)
        }
    }

    @Test(
        "fault 26: with a clock that is wrong nothing is rescued early or late",
        arguments: [-3600, 3600, 366 * 86_400])
    func clock(offset: Int) async throws {
        try await Siege.with { siege in
            let gate = Gate()
            siege.model.behave { ask in
                if ask.number < 4 { await gate.pass() }
                return nil
            }
            try await siege.post(0..<6)
            let wrong = try siege.start(
                "a",
                environment: [
                    "LD_PRELOAD": Programs.wrongClock, "DOCKET_WRONG_CLOCK": "\(offset)",
                ])
            try await until("it is at work: \(wrong.errors)") { siege.model.asks.count >= 4 }
            let year = wrong.errors.firstMatch(of: /(\d{4})-\d\d-\d\d/).flatMap { Int($0.1) } ?? 0
            if offset > 86_400 {
                #expect(year > Calendar(identifier: .gregorian).component(.year, from: .now))
            }
            // One whose clock is right would rescue what it holds, and the other way round.
            let right = try siege.start("b")
            try await siege.post(6..<12)
            try await until("the other works: \(right.errors)") { siege.model.asks.count > 12 }
            let rescues: SQL = "SELECT coalesce(sum(rescues), 0)::bigint AS value FROM docket.jobs"
            #expect(try await siege.docket.number(rescues) == 0)
            await gate.open()
            try await siege.verify()
            // And what is really dead is taken over, by the one whose clock is wrong.
            try await siege.kill(right, "b")
            try await siege.post(12..<15)
            try await siege.verify()
            #expect(wrong.poll() == nil)
        }
    }
}
