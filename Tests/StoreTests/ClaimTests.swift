import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

/// Claims while a transaction that was forgotten keeps vacuum from removing what is done.
@Suite("Claims")
struct ClaimTests {
    /// Works through so many jobs that a claim from the beginning would read thousands of entries.
    ///
    /// - Returns: A store of one session, and the first job, which is still being worked on.
    private func pile(_ idle: borrowing Connection, _ options: ConnectionOptions) async throws
        -> (Office, ClaimedJob)
    {
        let office = try await Office(store: Store(database: Database(options, connections: 1)))
        try await office.ensure("Inbox")
        try await pass(2_500, "M", office)
        try idle.runScript("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM docket.jobs LIMIT 1")
        let first = try #require(try await office.claim(1).first)
        for _ in 0..<24 { try await finish(office.claim(100), office) }
        return (office, first)
    }

    private func pass(_ count: Int, _ prefix: String, _ office: Office) async throws {
        try await office.pass(
            "Inbox", (0..<count).map { try document("\(prefix)\($0)") }, rules: [Office.summary])
    }

    private func finish(_ claims: [ClaimedJob], _ office: Office) async throws {
        let finished = claims.map {
            FinishedJob(job: $0.job, claim: $0.claim, enrichment: enrichment("x"))
        }
        #expect(try await office.store.finish(finished) == claims.count)
    }

    /// Index entries that the only session has read so far.
    private func entriesRead(_ office: Office) async throws -> Int {
        _ = try await office.query("SELECT pg_stat_force_next_flush()::text AS v")
        let rows = try await office.query(
            "SELECT pg_stat_get_tuples_returned('docket.jobs_due'::regclass) AS v")
        return try #require(try rows.first?.get("v"))
    }

    @Test("a claim does not read through all that was done before")
    func entries() async throws {
        let options = try await TestStore.options()
        let idle = try Connection(options)
        let (office, _) = try await pile(idle, options)
        let before = try await entriesRead(office)
        for _ in 0..<20 { try await finish(office.claim(1), office) }
        let read = try await entriesRead(office) - before
        // Twenty looks from the beginning would be near 100,000; one that falls due is none's fault.
        #expect(read < 10_000)
        try idle.runScript("ROLLBACK")
    }

    @Test("what comes back behind the others is found after a moment, and so is another connector")
    func behind() async throws {
        let options = try await TestStore.options()
        let idle = try Connection(options)
        let (office, first) = try await pile(idle, options)
        let other = try await Office(connector: "files", store: office.store)
        try await other.ensure("Drive")
        try await other.pass("Drive", [document("F")], rules: [Office.summary])
        try await office.store.giveBack([first])
        var found: Set<String> = []
        let deadline = ContinuousClock.now + .seconds(20)
        while found != ["M0", "F"], ContinuousClock.now < deadline {
            let claims = try await office.claim(2)
            found.formUnion(claims.map(\.document.sourceID).filter { ["M0", "F"].contains($0) })
            try await office.store.giveBack(claims)
        }
        #expect(found == ["M0", "F"])
        try idle.runScript("ROLLBACK")
    }

    @Test("a thorough claim finds at once what came back behind the others")
    func thorough() async throws {
        let options = try await TestStore.options()
        let idle = try Connection(options)
        let (office, first) = try await pile(idle, options)
        _ = try await office.claim(1)
        try await office.store.giveBack([first])
        let claims = try await office.store.claimJobs(
            by: office.instance, recipes: Office.recipes, limit: 1, isThorough: true)
        #expect(claims.map(\.document.sourceID) == ["M0"])
        try idle.runScript("ROLLBACK")
    }

    @Test("jobs that come while the queue is empty are found at once")
    func arrivals() async throws {
        let options = try await TestStore.options()
        let idle = try Connection(options)
        let (office, first) = try await pile(idle, options)
        try await finish([first], office)
        while case let rest = try await office.claim(100), !rest.isEmpty {
            try await finish(rest, office)
        }
        for round in 0..<30 {
            try await pass(1, "N\(round)-", office)
            let claims = try await office.claim(1)
            #expect(claims.count == 1)
            try await finish(claims, office)
        }
        try idle.runScript("ROLLBACK")
    }

    @Test("another recipe's backlog is not read through")
    func otherRecipes() async throws {
        let office = try await Office(store: TestStore.make(connections: 1))
        try await office.ensure("Inbox")
        let tags = JobRule(
            recipe: "tags", fingerprint: Array(repeating: 2, count: 32), kinds: [],
            charactersMin: 0)
        try await office.pass(
            "Inbox", (0..<2_000).map { try document("T\($0)") }, rules: [tags])
        try await office.pass("Inbox", [document("S")], rules: [Office.summary])
        let before = try await entriesRead(office)
        #expect(try await office.claim(1).map(\.document.sourceID) == ["S"])
        #expect(try await entriesRead(office) - before < 10)
    }
}
