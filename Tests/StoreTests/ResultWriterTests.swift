import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

@Suite("ResultWriter")
struct ResultWriterTests {
    private func claims(_ count: Int, _ office: Office) async throws -> [FinishedJob] {
        try await office.ensure("Inbox")
        try await office.pass(
            "Inbox", (0..<count).map { try document("M\($0)") }, rules: [Office.summary])
        return try await office.claim(count).map {
            FinishedJob(job: $0.job, claim: $0.claim, enrichment: enrichment("x"))
        }
    }

    /// Finishes all of them while nothing can be stored for a moment.
    private func finish(
        _ finished: [FinishedJob], _ office: Office, _ options: ConnectionOptions
    ) async throws -> [Result<Bool, StoreError>] {
        let lock = try Connection(options)
        try lock.runScript("BEGIN; LOCK TABLE docket.results IN EXCLUSIVE MODE")
        let writer = ResultWriter(store: office.store)
        async let results = withTaskGroup { group in
            for one in finished {
                group.addTask {
                    do throws(StoreError) {
                        return Result<Bool, StoreError>.success(try await writer.finish(one))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var waiting = 0
        while waiting == 0 {
            // Two tests that held their threads here would leave none to those they wait for.
            try await Task.sleep(for: .milliseconds(5))
            let rows = try lock.run("SELECT count(*) AS v FROM pg_locks WHERE NOT granted")
            waiting = try rows.first?.get("v") ?? 0
        }
        try lock.runScript("COMMIT")
        return await results
    }

    @Test("results that come while others are stored go together")
    func together() async throws {
        let options = try await TestStore.options()
        let office = try await Office(store: Store(database: Database(options, connections: 2)))
        let finished = try await claims(30, office)
        let results = try await finish(finished, office, options)
        #expect(results.map { try? $0.get() } == Array(repeating: true, count: 30))
        #expect(try await office.texts("SELECT count(*) AS v FROM docket.results") == ["30"])
        let transactions = try await office.texts(
            "SELECT count(DISTINCT xmin::text) AS v FROM docket.results")
        #expect(transactions.compactMap { $0.flatMap { Int($0) } }.allSatisfy { $0 < 15 })
    }

    @Test("one that is late is told so, and one that cannot be stored fails alone")
    func alone() async throws {
        let options = try await TestStore.options()
        let office = try await Office(store: Store(database: Database(options, connections: 2)))
        var finished = try await claims(10, office)
        let late = finished[0]
        #expect(try await office.store.finish([late]) == 1)
        finished[1] = FinishedJob(
            job: finished[1].job, claim: finished[1].claim, enrichment: enrichment("\0"))
        let results = try await finish(finished, office, options)
        let accepted = results.count { (try? $0.get()) == true }
        let refused = results.count { (try? $0.get()) == false }
        #expect(accepted == 8)
        #expect(refused == 1)
        #expect(try await office.texts("SELECT count(*) AS v FROM docket.results") == ["9"])
    }
}
