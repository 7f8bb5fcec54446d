import FaultProxy
import Foundation
import HTTPServer
import JSON
import Postgres
import Synchronization
import Testing

/// Models that kill, hang, and talk rubbish.
@Suite("Chaos of models", .timeLimit(.minutes(10)))
struct ChaosModelTests {
    @Test("fault 28: a document that kills its worker is given up after three, and others are not")
    func killer() async throws {
        try await Siege.with { siege in
            let victim = Mutex<Child?>(nil)
            let deaths = Mutex(0)
            siege.model.behave { ask in
                guard ask.reference == "R-3-1" else { return nil }
                let child = victim.withLock { child in
                    defer { child = nil }
                    return child
                }
                if let child {
                    deaths.withLock { $0 += 1 }
                    child.send(SIGKILL)
                }
                return nil
            }
            try await siege.post(0..<8)
            // A letter has two jobs, and each is a killer.
            for round in 0..<9 {
                let child = try siege.start("a")
                victim.withLock { $0 = child }
                try await until("it dies or has done everything: \(child.errors)") {
                    try await siege.docket.hurry()
                    if child.poll() != nil { return true }
                    return try await siege.docket.number(
                        """
                        SELECT count(*) AS value FROM docket_v1.documents d
                        WHERE d.title LIKE 'Letter %' AND NOT EXISTS (
                            SELECT FROM docket.jobs j
                            WHERE j.document_id = d.document_id AND j.state <> 'dead')
                        """) == 8
                }
                guard child.poll() != nil else { break }
                try await siege.kill(child, "a")
                #expect(round < 8, "the document goes on killing")
            }
            try await siege.verify(deadLetters: ["kills_worker"])
            let dead = try await siege.docket.texts(
                """
                SELECT DISTINCT concat_ws(' ', d.title, j.reason, j.rescues) AS value
                FROM docket.jobs j JOIN docket_v1.documents d USING (document_id)
                WHERE j.state = 'dead'
                """)
            #expect(dead == ["Letter 3 kills_worker 3"])
            print("chaos, killer: \(deaths.withLock { $0 }) deaths")
        }
    }

    @Test("fault 29: a model that never answers is given up on in time, and asked again")
    func hanging() async throws {
        try await Siege.with({ $0.remoteModelKeys.append("timeout: 1s") }) { siege in
            let gate = Gate()
            siege.model.behave { ask in
                if ask.number < 7 { await gate.pass() }
                return nil
            }
            let daemon = try siege.start("a")
            try await siege.post(0..<6)
            try await siege.verify()
            #expect(daemon.poll() == nil)
            // All places are there again: four questions at a time.
            let now = Mutex(0)
            let most = Mutex(0)
            siege.model.behave { _ in
                let count = now.withLock { count in
                    count += 1
                    return count
                }
                most.withLock { $0 = max($0, count) }
                try? await Task.sleep(for: .milliseconds(100))
                now.withLock { $0 -= 1 }
                return nil
            }
            try await siege.post(6..<16)
            try await siege.verify()
            #expect(most.withLock { $0 } == 4)
            await gate.open()
        }
    }

    @Test(
        "fault 29: a job past its deadline is taken from a daemon that lives and is late with it")
    func overdue() async throws {
        try await Siege.with { siege in
            let gate = Gate()
            siege.model.behave { ask in
                if ask.number < 4 { await gate.pass() }
                return nil
            }
            let slow = try siege.start("a")
            try await slow.says(" ready ")
            try await siege.post(0..<4)
            try await until("it is at work: \(slow.errors)") { siege.model.asks.count == 4 }
            _ = try await siege.docket.rows(
                """
                UPDATE docket.jobs SET deadline_at = now() - interval '1 second'
                WHERE state = 'running'
                """)
            try siege.start("b")
            try await siege.verify()
            await gate.open()
            try await siege.post(4..<6)
            try await siege.verify()
            #expect(slow.poll() == nil)
        }
    }

    /// What a server may say instead of an answer.
    static let rubbish: [@Sendable (StandInModel.Ask) async -> HTTPResponse] = [
        { _ in StandInModel.body(#"{"error":{"message":"internal"}}"#, status: 500) },
        { _ in StandInModel.body(#"{"choices":[{"message":{"content":"The compl"#) },
        { _ in StandInModel.body(#"{"answer":"The complaint is about a late parcel."}"#) },
        { _ in StandInModel.body("<html>It works!</html>") },
        { _ in StandInModel.body("") },
        { _ in StandInModel.body(#"{"choices":[]}"#) },
        { _ in StandInModel.body(#"{"choices":[{"message":{"content":7}}]}"#) },
        { _ in StandInModel.body(#"{"choices":[{"message":{}},{"message":{"content":"Two"}}]}"#) },
        { _ in
            try? await Task.sleep(for: .seconds(3))
            return StandInModel.content("Too late")
        },
    ]

    @Test("fault 30: whatever a remote server says instead of an answer, nothing of it is stored")
    func rubbish() async throws {
        try await Siege.with({ $0.remoteModelKeys.append("timeout: 1s") }) { siege in
            siege.model.behave { ask in
                ask.number < Self.rubbish.count ? await Self.rubbish[ask.number](ask) : nil
            }
            let daemon = try siege.start("a")
            try await siege.post(0..<4)
            // After five failures it is left alone for a second, then twice as long each time.
            try await siege.verify(within: .seconds(150))
            let strange = try await siege.docket.texts(
                """
                SELECT output::text AS value FROM docket.results
                WHERE output::text NOT LIKE '%complaint%'
                """)
            #expect(strange == [])
            #expect(daemon.poll() == nil)
        }
    }

    @Test("fault 30: answers cut off, dripping, or to a connection that dies are asked for again")
    func dripping() async throws {
        try await Siege.with { siege in
            let way = try FaultProxy(to: .tcp(siege.model.port), .bytes)
            defer { way.stop() }
            let daemon = try siege.start("a", model: "http://127.0.0.1:\(way.port)/v1")
            for byteCount in [0, 1, 40, 120, 200, 260] {
                way.cutReplies(after: byteCount)
                try await siege.post(byteCount * 10..<byteCount * 10 + 2)
                try await Task.sleep(for: .milliseconds(700))
            }
            way.cutReplies(after: nil)
            way.slice(byteCount: 7, pause: .milliseconds(2))
            try await siege.verify()
            way.cut()
            try await siege.post(9000..<9003)
            try await siege.verify()
            #expect(daemon.poll() == nil)
        }
    }

    @Test(
        "fault 31: a document changed twenty times while it is read is answered for its last text")
    func changing() async throws {
        try await Siege.with { siege in
            let gate = Gate()
            let daemon = try siege.start("a")
            try await siege.verify()
            siege.model.behave { ask in
                if ask.reference == "R-1-1" { await gate.pass() }
                return nil
            }
            let id = try #require(try await siege.post(1..<2).first)
            try await until("it is read: \(daemon.errors)") {
                siege.model.asks.contains { $0.reference == "R-1-1" }
            }
            let revision: SQL = """
                SELECT max(revision)::bigint AS value FROM docket_v1.document_history
                WHERE source_id = \(id)
                """
            for version in 2...21 {
                try await siege.docket.tenant.change(
                    id, ["body": .string(Siege.letter(1, version: version))], of: .support)
                try await Task.sleep(for: .milliseconds(150))
            }
            try await until("the last text is filed: \(daemon.errors)") {
                try await siege.docket.number(
                    """
                    SELECT count(*) AS value FROM docket_v1.documents WHERE body LIKE '%R-1-21%'
                    """) == 1
            }
            #expect(try await siege.docket.number(revision) > 2)
            await gate.open()
            try await siege.verify()
            let asks = siege.model.asks.compactMap(\.reference).filter { $0.hasPrefix("R-1-") }
            #expect(asks.contains("R-1-21"))
            // Of two recipes, each for the text it took and for the last; twice more at most.
            #expect(asks.count <= 2 * (2 + 2), "\(asks)")
        }
    }
}
