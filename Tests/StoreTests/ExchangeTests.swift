import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

@Suite("Exchanges and feedback")
struct ExchangeTests {
    private func office(keeping duration: Duration?) async throws -> Office {
        let store = Store(
            database: Database(try await TestStore.options(), connections: 2),
            exchangeDuration: duration)
        let office = try await Office(store: store)
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A"), document("B")], rules: [Office.summary])
        return office
    }

    private func finished(_ claim: ClaimedJob, _ output: String) -> FinishedJob {
        var made = enrichment("short")
        made.exchange = Exchange(
            messages: [
                .init(role: "system", content: "Be\0 brief."),
                .init(role: "user", content: "\"\u{1F4E6}\"\n" + claim.document.sourceID),
            ], output: output)
        return FinishedJob(job: claim.job, claim: claim.claim, enrichment: made)
    }

    private func all(
        _ store: Store, recipe: String? = nil, rating: String? = nil
    ) async throws -> [StoredExchange] {
        var (all, last) = ([StoredExchange](), Int64(0))
        while let portion = try await store.exchanges(
            recipe: recipe, rating: rating, after: last)
        {
            all += portion.exchanges
            last = portion.last
        }
        return all
    }

    @Test("are kept with the result of a claim that was held, and only if that is configured")
    func kept() async throws {
        let office = try await office(keeping: .seconds(3600))
        let claims = try await office.claim()
        #expect(try await office.store.finish(claims.map { finished($0, "o\0ut") }) == 2)
        // Too late, and so not kept.
        #expect(try await office.store.finish([finished(claims[0], "late")]) == 0)
        let kept = try await all(office.store)
        #expect(kept.map(\.exchange.output) == ["out", "out"])
        #expect(
            kept.first?.exchange.messages == [
                .init(role: "system", content: "Be brief."),
                .init(role: "user", content: "\"\u{1F4E6}\"\nA"),
            ])
        #expect(try await all(office.store, recipe: "tags").isEmpty)
        let views = try await office.texts(
            "SELECT messages->1->>'content' AS v FROM docket_v1.exchanges ORDER BY document_id")
        #expect(views == ["\"\u{1F4E6}\"\nA", "\"\u{1F4E6}\"\nB"])

        let silent = try await self.office(keeping: nil)
        let claim = try #require(try await silent.claim(1).first)
        #expect(try await silent.store.finish([finished(claim, "out")]) == 1)
        #expect(try await all(silent.store).isEmpty)
    }

    @Test("are gone when their time is over")
    func pruned() async throws {
        let office = try await office(keeping: .milliseconds(1))
        let claim = try #require(try await office.claim(1).first)
        #expect(try await office.store.finish([finished(claim, "out")]) == 1)
        try await Task.sleep(for: .milliseconds(2))
        #expect(try await all(office.store).isEmpty)
        #expect(try await office.texts("SELECT output AS v FROM docket_v1.exchanges") == [])
        try await office.store.pruneExchanges()
        #expect(try await office.texts("SELECT count(*) AS v FROM docket.exchanges") == ["0"])
    }

    @Test("carry what people say of the result; the last word on each counts")
    func rated() async throws {
        let office = try await office(keeping: .seconds(3600))
        let claims = try await office.claim()
        try await office.store.finish(claims.map { finished($0, "out") })
        let (first, store) = (try await office.id("A"), office.store)
        #expect(try await store.rate(first, recipe: "summary", isGood: true, correction: nil))
        #expect(try await store.rate(first, recipe: "summary", isGood: false, correction: "no"))
        #expect(try await !store.rate(first, recipe: "tags", isGood: true, correction: nil))
        #expect(try await !store.rate(.init(999), recipe: "summary", isGood: true, correction: nil))
        let bad = try await all(store, rating: "bad")
        #expect(bad.map(\.documentID) == [first])
        #expect(bad.first?.correction == "no")
        #expect(try await all(store, rating: "good").isEmpty)
        #expect(
            try await office.texts(
                """
                SELECT concat_ws(' ', rating, correction) AS v FROM docket_v1.enrichments
                ORDER BY document_id
                """) == ["bad no", ""])
        // Of the next revision nobody has said anything.
        try await office.pass("Inbox", [document("A", "new")], rules: [Office.summary])
        #expect(try await !store.rate(first, recipe: "summary", isGood: true, correction: nil))
        let claim = try #require(try await office.claim().first)
        #expect(try await office.finish(claim) == 1)
        #expect(
            try await office.texts(
                "SELECT rating AS v FROM docket_v1.enrichments ORDER BY document_id") == [nil, nil])
    }
}
