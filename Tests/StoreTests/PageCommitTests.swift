import Domain
import Foundation
import JSON
import Postgres
import Store
import StoreTesting
import Testing

@Suite("PageCommit")
struct PageCommitTests {
    @Test("a document comes back as it was given, and its record too")
    func roundTrip() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let metadata = JSON.object(.init([("n", .number("1.50")), ("s", .string("x\"y"))]))
        let given = try document("M1", "Hello 日本", metadata: metadata, record: #"{"a":1}"#)
        try await office.pass("Inbox", [given], rules: [Office.summary])
        let claimed = try #require(try await office.claim().first)
        #expect(claimed.document == given.document)
        #expect(claimed.connector == "mail")
        let filed = try await office.store.filed(connector: "mail", sourceIDs: ["M1", "M2"])
        #expect(filed.mapValues(\.record) == ["M1": #"{"a":1}"#])
    }

    @Test("counts what was created, updated, unchanged, removed and failed")
    func counts() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let first = try await office.pass("Inbox", [document("A"), document("B"), document("C")])
        #expect(first == PageCounts(created: 3))
        let failure = RecordFailure(
            sourceID: "X", stage: "normalize", reason: "bad_date", message: "no", record: "{}")
        let second = try await office.pass(
            "Inbox", [document("A"), document("B", "changed"), document("D")],
            removals: ["C", "Q"],
            failures: [failure])
        #expect(
            second == PageCounts(created: 1, updated: 1, unchanged: 1, deleted: 1, failed: 1))
        let runs = try await office.texts(
            """
            SELECT concat_ws(' ', stream, state, pages, read, created, updated, unchanged, deleted,
                failed) AS v FROM docket_v1.sync_runs ORDER BY started_at
            """)
        #expect(
            runs == ["Inbox succeeded 1 3 3 0 0 0 0", "Inbox succeeded 1 6 1 1 1 1 1"])
        let failed = try await office.texts(
            "SELECT concat_ws(' ', source_id, stage, reason, attempts) AS v FROM docket_v1.failed_documents"
        )
        #expect(failed == ["X normalize bad_date 1"])
        try await office.pass("Inbox", [document("X")])
        #expect(try await office.texts("SELECT reason AS v FROM docket_v1.failed_documents") == [])
    }

    @Test("a revision is new content; other columns change without one")
    func revisions() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A", "one")])
        let read = JSON.object(.init([("isRead", .bool(true))]))
        #expect(
            try await office.pass("Inbox", [document("A", "one", metadata: read)])
                == PageCounts(updated: 1))
        try await office.pass("Inbox", [document("A", "two", metadata: read)])
        let history = try await office.texts(
            """
            SELECT concat_ws(' ', source_id, revision, deleted_at) AS v
            FROM docket_v1.document_history ORDER BY revision
            """)
        #expect(history == ["A 1", "A 2"])
        let stored = try await office.texts(
            "SELECT body || (metadata->>'isRead') AS v FROM docket_v1.documents")
        #expect(stored == ["twotrue"])
    }

    @Test("of a page with one id twice the last document counts")
    func duplicates() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        #expect(
            try await office.pass("Inbox", [document("A", "one"), document("A", "two")])
                == PageCounts(created: 1))
        #expect(try await office.texts("SELECT body AS v FROM docket_v1.documents") == ["two"])
    }

    @Test("ids that differ by case alone are different documents")
    func caseSensitive() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("aB"), document("Ab")])
        #expect(try await office.live() == ["Ab@Inbox", "aB@Inbox"])
    }

    @Test("a page under a lease that moved on changes nothing at all")
    func staleLease() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        var stale = try await office.lease("Inbox")
        try await office.kill(office.instance)
        let other = try await Office(store: office.store)
        var fresh = try await other.lease("Inbox")
        let page = PageCommit(
            cursor: .next("n"), isRoundComplete: false, documents: [try document("A")],
            removals: [], failures: [], rules: [Office.summary])
        await #expect(throws: StoreError.leaseLost) {
            try await office.store.commit(page, under: &stale)
        }
        #expect(stale.cursor == .start)
        #expect(try await office.live() == [])
        #expect(try await office.texts("SELECT state AS v FROM docket_v1.backlog") == [])
        try await office.store.commit(page, under: &fresh)
        #expect(try await office.live() == ["A@Inbox"])
        await #expect(throws: StoreError.leaseLost) {
            try await office.store.release(stale, outcome: .success, nextPollAt: .now)
        }
        #expect(
            try await office.texts("SELECT state AS v FROM docket_v1.sync_runs ORDER BY started_at")
                == ["lost", "running"])
    }

    @Test("the same page again, after an answer that was lost, is refused and then known to be in")
    func repeated() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let before = try await office.lease("Inbox")
        let page = PageCommit(
            cursor: .next("2"), isRoundComplete: false, documents: [try document("A")],
            removals: [], failures: [], rules: [])
        var lease = before
        try await office.store.commit(page, under: &lease)
        var again = before
        await #expect(throws: StoreError.leaseLost) {
            try await office.store.commit(page, under: &again)
        }
        let refreshed = try #require(try await office.store.refresh(before))
        #expect(refreshed == lease)
        #expect(refreshed.cursor == .next("2"))
    }

    @Test("only the last page of a round waits for the disk, also where the server never would")
    func durability() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        _ = try await office.query("CREATE TABLE docket.noted (setting text)")
        _ = try await office.query(
            """
            CREATE FUNCTION docket.note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO docket.noted VALUES (current_setting('synchronous_commit'));
            RETURN NEW; END $$
            """)
        _ = try await office.query(
            """
            CREATE TRIGGER note BEFORE UPDATE ON docket.runs FOR EACH ROW
            WHEN (OLD.pages <> NEW.pages) EXECUTE FUNCTION docket.note()
            """)
        var lease = try await office.lease("Inbox")
        for (cursor, isLast) in [(Cursor.next("2"), false), (.delta("d"), true)] {
            try await office.store.commit(
                PageCommit(
                    cursor: cursor, isRoundComplete: isLast, documents: [try document("\(isLast)")],
                    removals: [], failures: [], rules: []),
                under: &lease)
        }
        // The servers of tests have it off.
        #expect(try await office.texts("SELECT setting AS v FROM docket.noted") == ["off", "on"])
    }

    @Test(
        "graph 2, salesforce 3: a page whose transaction is cut off is not there, and can be stored afterwards"
    )
    func cutOff() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        var lease = try await office.lease("Inbox")
        // The last statement of the commit fails like a connection that breaks.
        _ = try await office.query(
            """
            CREATE FUNCTION docket.cut() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$
            """)
        _ = try await office.query(
            "CREATE TRIGGER cut BEFORE UPDATE ON docket.runs EXECUTE FUNCTION docket.cut()")
        let page = PageCommit(
            cursor: .next("2"), isRoundComplete: false, documents: [try document("A")],
            removals: [], failures: [], rules: [Office.summary])
        let error = await #expect(throws: StoreError.self) {
            try await office.store.commit(page, under: &lease)
        }
        #expect(error?.isTransient == true)
        #expect(try await office.live() == [])
        #expect(try await office.store.refresh(lease)?.cursor == .start)
        _ = try await office.query("DROP TRIGGER cut ON docket.runs")
        try await office.store.commit(page, under: &lease)
        #expect(try await office.live() == ["A@Inbox"])
    }

    @Test("what PostgreSQL refuses is set aside, and the rest of the page is stored")
    func refusedByDatabase() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let number = JSON.object(.init([("n", .number("1e999999"))]))
        let random = (0..<4000).map { _ in String(Int.random(in: 0..<10)) }.joined()
        let page = try [
            document("A"), document("B", "a\0b"), document("C"), document("D", metadata: number),
            document("E" + random), document("F\0"), document("G"),
        ]
        let counts = try await office.pass("Inbox", page, rules: [Office.summary])
        #expect(counts == PageCounts(created: 3, failed: 4))
        #expect(try await office.live() == ["A@Inbox", "C@Inbox", "G@Inbox"])
        let reasons = try await office.texts(
            """
            SELECT left(source_id, 1) || ' ' || stage || ' ' || reason AS v
            FROM docket_v1.failed_documents ORDER BY 1
            """)
        #expect(
            reasons == ["B store 22021", "D store 22003", "E store 54000", "F store 22021"])
        #expect(try await office.claim().count == 3)
    }

    @Test("two daemons that store the same documents in other orders both succeed")
    func concurrent() async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Archive")
        let documents = try (0..<200).map { try document("M\($0)") }
        try await withThrowingTaskGroup { group in
            for (folder, page) in [("Inbox", documents), ("Archive", documents.reversed())] {
                group.addTask { _ = try await office.pass(folder, page) }
            }
            try await group.waitForAll()
        }
        #expect(try await office.live().count == 200)
        let history = try await office.texts(
            "SELECT count(*) AS v FROM docket_v1.document_history")
        #expect(history == ["200"])
    }
}
