import Domain
import Foundation
import JSON
import Postgres
import Store
import StoreTesting
import Testing

@Suite("Jobs")
struct JobTests {
    private func office(_ ids: String...) async throws -> Office {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", ids.map { try document($0) }, rules: [Office.summary])
        return office
    }

    @Test("a finished job is a result in the views and nothing in the backlog")
    func finish() async throws {
        let office = try await office("A")
        let claimed = try #require(try await office.claim().first)
        #expect(claimed.job.attempt == 1)
        #expect(claimed.rescues == 0)
        #expect(try await office.finish(claimed, text: "It says hello") == 1)
        let rows = try await office.texts(
            """
            SELECT concat_ws('|', recipe, summary, method, language, model, prompt_tokens,
                output_tokens) AS v FROM docket_v1.summaries
            """)
        #expect(rows == ["summary|It says hello|generated|en|default|7|3"])
        #expect(
            try await office.texts("SELECT duration AS v FROM docket_v1.enrichments")
                == ["00:00:01.5"])
        #expect(try await office.texts("SELECT recipe AS v FROM docket_v1.backlog") == [])
        #expect(try await office.finish(claimed) == 0)
    }

    @Test("labels become the best tag and its probability")
    func labels() async throws {
        let office = try await office("A")
        let claimed = try #require(try await office.claim().first)
        let labels = Enrichment(
            output: .labels([.init(name: "order", score: 0.75), .init(name: "other", score: 0.25)]),
            language: nil, model: "default", modelSHA256: [1], promptSHA256: [2],
            parameters: .object(.init()), promptTokens: 1, outputTokens: 0, duration: .zero)
        let job = FinishedJob(job: claimed.job, claim: claimed.claim, enrichment: labels)
        #expect(try await office.store.finish([job]) == 1)
        #expect(
            try await office.texts("SELECT tag || ' ' || score AS v FROM docket_v1.tags")
                == ["order 0.75"])
    }

    @Test("two instances that claim at once never get the same job")
    func concurrentClaims() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass(
            "Inbox", (0..<300).map { try document("M\($0)") }, rules: [Office.summary])
        let other = try await Office(store: office.store)
        let claims = try await withThrowingTaskGroup { group in
            for instance in [office.instance, other.instance] {
                for _ in 0..<2 {
                    group.addTask {
                        var mine: [Job.ID] = []
                        for _ in 0..<200 {
                            let batch = try await office.claim(7, by: instance)
                            mine += batch.map(\.job.id)
                            if mine.count > 290 { break }
                        }
                        return mine
                    }
                }
            }
            return try await group.reduce([], +)
        }
        #expect(claims.count == 300)
        #expect(Set(claims).count == 300)
    }

    @Test("jobs of a recipe version that is not configured here stay")
    func otherVersions() async throws {
        let office = try await office("A")
        let other = RecipeVersion(recipe: "summary", fingerprint: Array(repeating: 9, count: 32))
        let claims = try await office.store.claimJobs(
            by: office.instance, recipes: [other], limit: 5)
        #expect(claims == [])
    }

    @Test("fault 39: a connector with a long backlog does not hold up the others")
    func fairness() async throws {
        let big = try await office()
        try await big.pass(
            "Inbox", (0..<100).map { try document("M\($0)") }, rules: [Office.summary])
        let small = try await Office(connector: "files", store: big.store)
        try await small.ensure("Drive")
        try await small.pass("Drive", [document("F1"), document("F2")], rules: [Office.summary])
        let claims = try await big.claim(4)
        #expect(claims.map(\.connector).sorted() == ["files", "files", "mail", "mail"])
    }

    @Test("fault 3: a dead instance's jobs are rescued, and its late result is refused")
    func rescue() async throws {
        let office = try await office("A", "B")
        let late = try await office.claim()
        #expect(late.count == 2)
        #expect(try await office.store.rescue() == 0)
        try await office.kill(office.instance)
        let other = try await Office(store: office.store)
        #expect(try await other.store.rescue() == 2)

        // Rescued jobs come alone.
        let again = try await other.claim()
        #expect(again.count == 1)
        let claimed = try #require(again.first)
        #expect(claimed.rescues == 1)
        #expect(claimed.job.attempt == 2)
        let same = try #require(late.first { $0.job.id == claimed.job.id })
        #expect(try await office.finish(same, text: "late") == 0)
        #expect(
            try await office.store.fail(
                same.job, claim: same.claim, reason: "r", message: "m", verdict: .deadLetter)
                == false)
        #expect(try await other.finish(claimed, text: "in time") == 1)
        #expect(
            try await office.texts("SELECT summary AS v FROM docket_v1.summaries") == ["in time"])
    }

    @Test("fault 28: a job that takes three instances down with it is given up")
    func killer() async throws {
        let office = try await office("A")
        for _ in 0..<3 {
            let victim = try await Office(store: office.store)
            #expect(try await victim.claim().count == 1)
            try await victim.kill(victim.instance)
            #expect(try await office.store.rescue() == 1)
        }
        #expect(try await office.claim() == [])
        let dead = try await office.texts(
            "SELECT stage || ' ' || reason AS v FROM docket_v1.failed_documents")
        #expect(dead == ["enrich:summary kills_worker"])
    }

    @Test("fault 31: a document that changes while it is read gets a result for what it says now")
    func updateDuringInference() async throws {
        let office = try await office("A")
        let first = try #require(try await office.claim().first)
        try await office.pass("Inbox", [document("A", "changed")], rules: [Office.summary])
        #expect(try await office.claim() == [])
        #expect(try await office.finish(first, text: "of the old") == 1)
        #expect(try await office.texts("SELECT summary AS v FROM docket_v1.summaries") == [])
        let second = try #require(try await office.claim().first)
        #expect(second.document.body == "changed")
        #expect(second.job.attempt == 1)
        #expect(try await office.finish(second, text: "of the new") == 1)
        #expect(
            try await office.texts("SELECT summary AS v FROM docket_v1.summaries")
                == ["of the new"])
        #expect(try await office.texts("SELECT recipe AS v FROM docket_v1.backlog") == [])
    }

    @Test("content that goes back and forth while a job waits is read as it is")
    func flipFlop() async throws {
        let office = try await office("A")
        let first = try #require(try await office.claim().first)
        #expect(try await office.finish(first, text: "first") == 1)
        try await office.pass("Inbox", [document("A", "other")], rules: [Office.summary])
        try await office.pass("Inbox", [document("A")], rules: [Office.summary])
        for claimed in try await office.claim() {
            #expect(claimed.job.contentSHA256 == claimed.document.contentSHA256)
            #expect(claimed.document.body == "some text")
            #expect(try await office.finish(claimed) == 1)
        }
        #expect(
            try await office.texts("SELECT summary AS v FROM docket_v1.summaries") == ["first"])
    }

    @Test("a deleted document's job is gone, and its late result changes nothing")
    func deletedDuringInference() async throws {
        let office = try await office("A")
        let claimed = try #require(try await office.claim().first)
        try await office.pass("Inbox", removals: ["A"])
        #expect(try await office.settle() == .settled(1))
        #expect(try await office.finish(claimed) == 0)
        #expect(try await office.texts("SELECT recipe AS v FROM docket.results") == [])
    }

    @Test("a failure is tried again at its time, then is a dead letter with its history")
    func failures() async throws {
        let office = try await office("A")
        for attempt in 1...12 {
            let claimed = try #require(try await office.claim().first)
            #expect(claimed.job.attempt == attempt)
            #expect(
                try await office.store.fail(
                    claimed.job, claim: claimed.claim, reason: "model", message: "no \(attempt)\0",
                    verdict: attempt < 12 ? .retry(after: .seconds(60)) : .deadLetter))
            #expect(try await office.claim() == [])
            _ = try await office.query(
                "UPDATE docket.jobs SET due_at = due_at - interval '61 seconds'")
        }
        #expect(try await office.claim() == [])
        let dead = try await office.texts(
            """
            SELECT concat_ws('|', source_id, stage, reason, message, attempts) AS v
            FROM docket_v1.failed_documents
            """)
        #expect(dead == ["A|enrich:summary|model|no 12|12"])
        let errors = try await office.texts(
            "SELECT jsonb_array_length(errors) || ' ' || (errors->0->>'message') AS v FROM docket.jobs"
        )
        #expect(errors == ["10 no 3"])

        try await office.pass("Inbox", [document("A", "other")], rules: [Office.summary])
        #expect(try await office.claim().first?.job.attempt == 1)
    }

    @Test("a snooze and a claim given back do not count as attempts")
    func snooze() async throws {
        let office = try await office("A")
        let first = try #require(try await office.claim().first)
        #expect(try await office.store.snooze(first.job, claim: first.claim, for: .seconds(60)))
        #expect(try await office.claim() == [])
        _ = try await office.query("UPDATE docket.jobs SET due_at = now()")
        let second = try await office.claim()
        #expect(second.first?.job.attempt == 1)
        try await office.store.giveBack(second)
        #expect(try await office.claim().first?.job.attempt == 1)
    }

    @Test("rules decide by kind and by characters, and outgrown jobs are dropped")
    func rules() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let rule = JobRule(
            recipe: "summary", fingerprint: Office.summary.fingerprint, kinds: ["email", "file"],
            charactersMin: 4)
        let page = try [
            document("A", "🇩🇪🇩🇪"), document("B", "abc"), document("C", "abcd", kind: "case"),
        ]
        #expect(page.map { rule.applies(to: $0.document) } == [true, false, false])
        try await office.pass("Inbox", page, rules: [rule])
        let wanted = try await office.texts(
            """
            SELECT d.source_id AS v FROM docket.jobs JOIN docket.documents d USING (document_id)
            """)
        #expect(wanted == ["A"])
        try await office.pass("Inbox", [document("A", "x")], rules: [rule])
        #expect(try await office.texts("SELECT recipe AS v FROM docket_v1.backlog") == [])
    }

    @Test("a changed recipe makes jobs for what lacks its result, and only that")
    func enqueueMissing() async throws {
        let office = try await office("A", "B")
        let done = try await office.claim(1)
        #expect(try await office.finish(try #require(done.first)) == 1)
        let store = office.store
        #expect(try await store.enqueueMissing(connector: "mail", rules: [Office.summary]) == 0)

        let tags = JobRule(
            recipe: "tags", fingerprint: Array(repeating: 2, count: 32), kinds: [],
            charactersMin: 0)
        #expect(
            try await store.countMissing(connector: "mail", rules: [Office.summary, tags])
                == ["tags": 2])
        #expect(
            try await store.enqueueMissing(connector: "mail", rules: [Office.summary, tags]) == 2)
        #expect(
            try await store.enqueueMissing(connector: "mail", rules: [Office.summary, tags]) == 0)

        let changed = JobRule(
            recipe: "summary", fingerprint: Array(repeating: 3, count: 32), kinds: [],
            charactersMin: 1)
        #expect(try await store.enqueueMissing(connector: "mail", rules: [changed]) == 2)
        let backlog = try await office.texts(
            "SELECT recipe || ' ' || jobs AS v FROM docket_v1.backlog")
        #expect(backlog == ["summary 2"])
        #expect(try await office.claim() == [])
    }
}
