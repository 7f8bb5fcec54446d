import Domain
import Foundation
import JSON
import Postgres
import Store
import StoreTesting
import Testing

@Suite("Forgetting")
struct ForgettingTests {
    private static let reason = RemovalReason(.forget, who: "test@host")

    /// Where a word still stands, in any column of any table.
    private func places(of word: String, _ office: Office) async throws -> [String] {
        let tables = try await office.texts(
            """
            SELECT format('%I.%I', schemaname, tablename) AS v FROM pg_tables
            WHERE schemaname = 'docket'
            """
        ).compactMap(\.self)
        #expect(tables.count > 15)
        var places: [String] = []
        for table in tables {
            var sql = SQL.StringInterpolation(literalCapacity: 100, interpolationCount: 1)
            sql.appendLiteral("SELECT 1 AS v FROM \(table) t WHERE strpos(lower(t::text), ")
            sql.appendInterpolation(word)
            sql.appendLiteral(") > 0")
            if try await !office.query(SQL(stringInterpolation: sql)).isEmpty {
                places.append(table)
            }
        }
        return places.sorted()
    }

    private func secret(_ id: String, _ more: String = "", parent: String? = nil) throws
        -> StoredDocument
    {
        try sample(
            id, title: "zebra \(id)", "zebra \(more)", author: "zebra@x.example",
            participants: ["zebra"], parent: parent, acl: ["user": ["zebra"]],
            record: #"{"zebra":1}"#)
    }

    /// A document with an attachment, and all that can be made of it, beside one that stays.
    private func filed() async throws -> Office {
        let store = Store(
            database: Database(try await TestStore.options(), connections: 4),
            exchangeDuration: .seconds(3600))
        let office = try await Office(store: store)
        try await office.ensure("Inbox")
        let failure = RecordFailure(
            sourceID: "A", stage: "content", reason: "r", message: "zebra", record: "zebra")
        try await office.pass(
            "Inbox", [secret("A"), secret("A#1", parent: "A"), sample("B")], failures: [failure],
            rules: [Office.summary])
        for claim in try await office.claim() {
            var made = enrichment(
                claim.job.documentID == (try await office.id("B")) ? "b" : "zebra")
            made.exchange = Exchange(
                messages: [.init(role: "user", content: claim.document.body)], output: "o")
            let job = FinishedJob(job: claim.job, claim: claim.claim, enrichment: made)
            #expect(try await store.finish([job]) == 1)
        }
        let rated = try await store.rate(
            office.id("A"), recipe: "summary", isGood: false, correction: "zebra")
        #expect(rated)
        try await office.index()
        // Changed since, and failing: a job with its errors.
        try await office.pass(
            "Inbox", [secret("A", "again")], failures: [failure], rules: [Office.summary])
        for claim in try await office.claim() {
            try await store.fail(
                claim.job, claim: claim.claim, reason: "r", message: "zebra", verdict: .deadLetter)
        }
        return office
    }

    @Test("leaves of a document and its attachments no word in any table")
    func nothingLeft() async throws {
        let office = try await filed()
        #expect(
            try await places(of: "zebra", office) == [
                "docket.documents", "docket.exchanges", "docket.failures", "docket.feedback",
                "docket.jobs", "docket.results", "docket.search",
            ])
        let (parent, child) = (try await office.id("A"), try await office.id("A#1"))
        let hash = try await office.texts(
            "SELECT encode(content_sha256, 'hex') AS v FROM docket.documents WHERE source_id = 'A'")
        let gone = try await office.store.forget([parent], Self.reason)
        #expect(Set(gone) == [parent, child])
        #expect(try await places(of: "zebra", office) == [])
        #expect(try await places(of: try #require(hash.first ?? nil), office) == [])
        #expect(try await office.live() == ["B@Inbox"])
        let audit = try await office.texts(
            "SELECT concat_ws(' ', who, action, cardinality(document_ids)) AS v FROM docket.audit")
        #expect(audit == ["test@host forget 2"])
        // The other one has all it had.
        for view in ["summaries", "document_history", "exchanges"] {
            var sql = SQL.StringInterpolation(literalCapacity: 100, interpolationCount: 0)
            sql.appendLiteral("SELECT document_id::text AS v FROM docket_v1.\(view)")
            let kept = try await office.texts(SQL(stringInterpolation: sql))
            #expect(kept == ["\(try await office.id("B"))"])
        }
        // Once more changes nothing.
        #expect(try await office.store.forget([parent, child], Self.reason) == [])
        #expect(try await office.texts("SELECT count(*) AS v FROM docket.audit") == ["1"])
    }

    @Test("is for good: what the source shows again, changed or failing, is not filed again")
    func notAgain() async throws {
        let office = try await filed()
        try await office.store.forget([office.id("A")], Self.reason)
        let failure = RecordFailure(
            sourceID: "A", stage: "normalize", reason: "r", message: "zebra", record: "zebra")
        for (number, reset) in [false, true, true].enumerated() {
            let counts = try await office.pass(
                "Inbox",
                [secret("A", "\(number)"), secret("A#1", parent: "A"), sample("B")],
                failures: [failure], rules: [Office.summary], reset: reset)
            #expect(counts.created == 0 && counts.updated == 0 && counts.unchanged == 3)
        }
        // Halving a page for a bad document takes another way.
        try await office.pass("Inbox", [secret("A", "x"), sample("N", "a\0b"), sample("B")])
        #expect(try await office.settle() == .settled(0))
        try await office.index()
        #expect(try await places(of: "zebra", office) == [])
        #expect(try await office.live() == ["B@Inbox"])
        let filed = try await office.store.filed(connector: "mail", sourceIDs: ["A", "B"])
        #expect(filed["A"]?.isForgotten == true)
        #expect(filed["B"]?.isForgotten == false)
    }

    @Test("an attachment alone is not brought back by its document")
    func attachment() async throws {
        let office = try await filed()
        try await office.ensure("Inbox", "Archive")
        try await office.store.forget([office.id("A#1")], Self.reason)
        #expect(try await office.live() == ["A@Inbox", "B@Inbox"])
        // Moved there, with all that belongs to it.
        try await office.pass("Archive", [secret("A", "again")])
        try await office.pass("Inbox", removals: ["A"])
        #expect(try await office.settle() == .settled(0))
        #expect(try await office.live() == ["A@Archive", "B@Inbox"])
    }

    @Test("can be taken back: what the source shows next is filed again")
    func refiled() async throws {
        let office = try await filed()
        let id = try await office.id("A")
        try await office.store.forget([id], Self.reason)
        #expect(try await office.store.refile([id], who: "test").count == 2)
        #expect(try await office.live() == ["B@Inbox"])
        let filed = try await office.store.filed(connector: "mail", sourceIDs: ["A"])
        #expect(filed["A"]?.isForgotten == false)
        #expect(filed["A"]?.record == "")
        try await office.pass("Inbox", [secret("A")], rules: [Office.summary])
        #expect(try await office.live() == ["A@Inbox", "B@Inbox"])
        #expect(try await office.id("A") == id)
        let history = try await office.texts(
            "SELECT revision::text AS v FROM docket_v1.document_history WHERE source_id = 'A'")
        #expect(history == ["3"])
        #expect(try await office.claim().map(\.job.documentID) == [id])
    }

    @Test("stands against those who write about the document at the same moment")
    func concurrent() async throws {
        let office = try await filed()
        let id = try await office.id("A")
        _ = try await office.store.retry(jobs: nil)
        let claim = try #require(try await office.claim().first)
        try await office.pass("Inbox", [secret("A", "unindexed")], rules: [Office.summary])
        // A page that has changed it and is not committed yet.
        let page = try Connection(office.store.database.options)
        try page.runScript(
            """
            BEGIN; UPDATE docket.documents SET title = 'zebra late' WHERE source_id = 'A';
            INSERT INTO docket.results SELECT document_id, 'late', content_sha256, fingerprint,
                form, output, language, model, model_sha256, prompt_sha256, parameters,
                prompt_tokens, output_tokens, duration
            FROM docket.results WHERE document_id = \(id)
            """)
        async let gone = office.store.forget([id], Self.reason)
        while try await office.texts(
            """
            SELECT 1 AS v FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """
        ).isEmpty {}
        try page.runScript("COMMIT")
        #expect(try await gone.count == 2)
        #expect(try await office.finish(claim, text: "zebra") == 0)
        try await office.index()
        #expect(try await places(of: "zebra", office) == [])
    }

    @Test("by age removes what is older than that by its last change, with its attachments")
    func retention() async throws {
        let office = try await Office()
        let other = try await Office(connector: "files", store: office.store)
        try await office.ensure("Inbox")
        try await other.ensure("Inbox")
        let now = Date()
        func ago(_ days: Double) -> Date { now.addingTimeInterval(-days * 86_400) }
        let documents = try [
            sample("old", modifiedAt: ago(400)),
            sample("old#1", modifiedAt: ago(1), parent: "old"),
            sample("new", modifiedAt: ago(300)),
            // Older than the mail it came with, which is what counts.
            sample("new#1", modifiedAt: ago(4000), parent: "new"),
            sample("undated"), sample("orphan", modifiedAt: ago(400), parent: "unknown"),
        ]
        try await office.pass("Inbox", documents)
        try await other.pass("Inbox", [sample("old", modifiedAt: ago(400))])
        let year = Duration.seconds(365 * 86_400)
        #expect(try await office.store.expire(connector: "mail", after: year) == 3)
        #expect(
            try await office.texts(
                "SELECT connector || ' ' || source_id AS v FROM docket_v1.documents ORDER BY 1")
                == ["files old", "mail new", "mail new#1", "mail undated"])
        // The next reading from the beginning files none of it.
        let counts = try await office.pass("Inbox", documents, reset: true)
        #expect(counts == PageCounts(unchanged: 6))
        #expect(try await office.store.expire(connector: "mail", after: year) == 0)
        #expect(try await office.texts("SELECT action AS v FROM docket.audit") == ["retention"])
    }

    @Test("of a person tells what was written by, and what only names, the person")
    func person() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass(
            "Inbox",
            [
                sample("1", author: "Anna@x.example"),
                sample("2", author: "\"A, Anna\" <anna@x.example>"),
                sample("3", author: "bo@x.example", participants: ["Anna <ANNA@x.example>"]),
                sample("4", author: "joanna@x.example", participants: ["anna@x.example.org"]),
                sample("5", "anna@x.example"),
            ])
        let found = try await office.store.documents(of: "anna@x.example")
        #expect(try await found.map(\.id) == [office.id("1"), office.id("2"), office.id("3")])
        #expect(found.map(\.isAuthor) == [true, true, false])
        try await office.store.forget([office.id("1")], Self.reason)
        #expect(try await office.store.documents(of: "anna@x.example").count == 2)
        #expect(try await office.store.documents(of: "%").isEmpty)
    }
}
