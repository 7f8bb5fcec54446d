import JSON
import Postgres
import Testing

@Suite("A plan", .timeLimit(.minutes(5)))
struct PlanTests {
    private static func plan(_ docket: Installation, status: Int32) async throws -> [String] {
        let outcome = try await docket.docket("plan", "--output", "json")
        #expect(outcome.status == status, "\(outcome.errors)")
        return try outcome.rows().map { row in
            ["change", "scope", "stream"].map { row[$0]?.stringValue ?? "-" }
                .joined(separator: " ")
        }
    }

    private static let epochs: SQL =
        "SELECT coalesce(sum(epoch - 1), 0) AS value FROM docket.streams"

    @Test("newly chosen folders are read, and the others stay where they are")
    func folders() async throws {
        var configured = Configured()
        configured.folders = ["inbox", "sentitems"]
        try await Installation.with(configured) { docket in
            #expect(try await Self.plan(docket, status: 3) == ["add \(String.sales) -"])
            try await docket.run()
            #expect(try await Self.plan(docket, status: 0) == [])

            configured.folders = ["inbox", "archive"]
            try docket.configure(configured)
            let planned = try await Self.plan(docket, status: 3)
            #expect(
                planned == ["add \(String.sales) Archive", "remove \(String.sales) Sent Items"])
            try await docket.run()
            #expect(try await Self.plan(docket, status: 0) == [])
            #expect(try await docket.number(Self.epochs) == 0)
        }
    }

    @Test("a database from before the fingerprints is taken as it is")
    func adopted() async throws {
        try await Installation.with { docket in
            try await docket.run()
            _ = try await docket.rows("UPDATE docket.streams SET fingerprint = NULL")
            #expect(try await Self.plan(docket, status: 0) == [])
            try await docket.run()
            #expect(try await docket.number(Self.epochs) == 0)
            let open = try await docket.number(
                "SELECT count(*) AS value FROM docket.streams WHERE fingerprint IS NULL")
            #expect(open == 0)
        }
    }

    @Test("many deletions are announced as waiting, and wait")
    func held() async throws {
        var configured = Configured()
        configured.mailboxes = [.sales, .support]
        try await Installation.with(configured) { docket in
            try await docket.run()
            configured.mailboxes = [.sales]
            try docket.configure(configured)
            let outcome = try await docket.docket("plan")
            #expect(outcome.status == 3)
            #expect(outcome.output.contains("taken out when a person approves: more than 20%"))
            try await docket.run()
            #expect(try await Self.plan(docket, status: 0) == ["wait \(String.support) -"])
            _ = try await docket.docket("deletions", "approve", "mail", .support)
            #expect(try await Self.plan(docket, status: 3) == ["delete \(String.support) -"])
            try await docket.run()
            #expect(try await Self.plan(docket, status: 0) == [])
        }
    }

    @Test("neither needs a server nor makes one before the first pass")
    func unborn() async throws {
        var configured = Configured()
        configured.hasOwnServer = true
        try await Installation.with(configured) { docket in
            let plan = try await Self.plan(docket, status: 3)
            #expect(plan == ["add \(String.sales) -"])
            #expect(docket.processes().isEmpty)
        }
    }

    @Test("a pass in the foreground that is interrupted says so, and loses nothing")
    func interrupted() async throws {
        try await Installation.with { docket in
            try await docket.tenant.slowDown(milliseconds: 400)
            let sync = try docket.start(["sync"])
            try await until("it has begun") {
                try await docket.tenant.requests().values.reduce(0, +) > 2
            }
            sync.send(2)
            #expect(try await sync.end().status == 2)
            try await docket.tenant.control("DELETE", "faults")
            try await docket.run()
            let mails = try await docket.tenant.mails(in: "inbox")
            #expect(try await docket.filed().isSuperset(of: mails))
        }
    }
}
