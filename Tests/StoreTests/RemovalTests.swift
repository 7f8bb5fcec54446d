import Domain
import Foundation
import Postgres
import Store
import Testing

@Suite("Removals")
struct RemovalTests {
    @Test("a removed document is live until its scope is settled, and then a tombstone")
    func tombstone() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A"), document("B")], rules: [Office.summary])
        try await office.pass("Inbox", removals: ["A"])
        #expect(try await office.live() == ["A@Inbox", "B@Inbox"])
        #expect(try await office.settle() == .settled(1))
        #expect(try await office.live() == ["B@Inbox"])
        let history = try await office.texts(
            """
            SELECT concat_ws(' ', source_id, revision, deleted_at IS NOT NULL) AS v
            FROM docket_v1.document_history ORDER BY 1
            """)
        #expect(history == ["A 1 t", "B 1 f"])
        #expect(try await office.texts("SELECT jobs AS v FROM docket_v1.backlog") == ["1"])
        #expect(try await office.settle() == .settled(0))
    }

    @Test("what failed of a document is forgotten with it")
    func forgottenFailures() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let failures = ["A", "A#1", "B"].map {
            RecordFailure(
                sourceID: $0, stage: "content", reason: "content", message: "gone", record: nil)
        }
        try await office.pass(
            "Inbox", [document("A"), document("A#1", parent: "A"), document("B")],
            failures: failures)
        try await office.pass("Inbox", removals: ["A"])
        #expect(try await office.settle() == .settled(2))
        let left = try await office.texts(
            "SELECT source_id AS v FROM docket_v1.failed_documents")
        #expect(left == ["B"])
    }

    @Test("a document that comes back after its tombstone is live again, at a new revision")
    func resurrection() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A")], rules: [Office.summary])
        try await office.pass("Inbox", removals: ["A"])
        _ = try await office.settle()
        #expect(
            try await office.pass("Inbox", [document("A")], rules: [Office.summary])
                == PageCounts(updated: 1))
        #expect(try await office.live() == ["A@Inbox"])
        let history = try await office.texts(
            """
            SELECT concat_ws(' ', revision, deleted_at IS NOT NULL) AS v
            FROM docket_v1.document_history ORDER BY 1
            """)
        #expect(history == ["1 t", "2 f"])
        #expect(try await office.claim().count == 1)
    }

    @Test("a move is a move, whichever folder tells of it first", arguments: [true, false])
    func move(_ removalFirst: Bool) async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Archive")
        try await office.pass("Archive")
        let child = try document("A#1", parent: "A")
        try await office.pass("Inbox", [document("A"), child])
        if removalFirst { try await office.pass("Inbox", removals: ["A"]) }
        try await office.pass("Archive", [document("A")])
        if !removalFirst { try await office.pass("Inbox", removals: ["A"]) }
        #expect(try await office.settle() == .settled(0))
        #expect(try await office.live() == ["A#1@Archive", "A@Archive"])
        let history = try await office.texts("SELECT revision AS v FROM docket_v1.document_history")
        #expect(history == ["1", "1"])
        try await office.pass("Archive", removals: ["A"])
        #expect(try await office.settle() == .settled(2))
    }

    @Test("a page read before a move and stored after it does not lose the document")
    func lateStalePage() async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Archive")
        try await office.pass("Archive", [document("A")])
        try await office.pass("Inbox", [document("A")])
        try await office.pass("Inbox", removals: ["A"])
        #expect(try await office.settle() == .settled(0))
        #expect(try await office.live() == ["A@Archive"])
    }

    @Test("a removal in a folder the document has left already changes nothing")
    func elsewhere() async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Archive")
        try await office.pass("Archive", [document("A")])
        #expect(try await office.pass("Inbox", removals: ["A"]) == PageCounts())
        #expect(try await office.settle() == .settled(0))
        #expect(try await office.live() == ["A@Archive"])
    }

    @Test("nothing is settled while a folder has not completed the pass")
    func incomplete() async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Archive")
        try await office.pass("Inbox", [document("A")])
        try await office.pass("Inbox", removals: ["A"])
        #expect(try await office.settle() == .incomplete)
        try await office.pass("Archive")
        let future = try await office.store.settleRemovals(
            connector: "mail", scope: "box@example.com", passStartedAt: .now + 3600, holdAbove: 1)
        #expect(future == .incomplete)
        #expect(try await office.settle() == .settled(1))
    }

    @Test("attachments go with their mail, and come back with it")
    func family() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let family = try [
            document("A"), document("A#1", parent: "A"), document("A#1#x", parent: "A#1"),
            document("A#2", parent: "A"), document("B"),
        ]
        try await office.pass("Inbox", family, rules: [Office.summary])
        try await office.pass("Inbox", removals: ["A#2"])
        #expect(try await office.settle() == .settled(1))
        #expect(
            try await office.pass("Inbox", removals: ["A"]) == PageCounts(deleted: 3))
        #expect(try await office.settle() == .settled(3))
        #expect(try await office.live() == ["B@Inbox"])
        try await office.pass("Inbox", [document("A")], rules: [Office.summary])
        #expect(
            try await office.live() == ["A#1#x@Inbox", "A#1@Inbox", "A@Inbox", "B@Inbox"])
        #expect(try await office.claim().count == 4)
    }

    @Test("a reading from the beginning finds the deletions that were missed")
    func newEpoch() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let page = try [document("A"), document("B"), document("B#1", parent: "B"), document("C")]
        try await office.pass("Inbox", page)
        _ = try await office.query(
            """
            INSERT INTO docket.marks (stream_id, name, mark)
            SELECT stream_id, 'f', 'm' FROM docket.streams
            """)

        var lease = try await office.lease("Inbox")
        try await office.store.reset(&lease)
        #expect(lease.cursor == .start)
        #expect(lease.epoch == 2)
        #expect(try await office.store.marks(of: lease.streamID).isEmpty)
        func next(_ documents: [StoredDocument], isLast: Bool) async throws -> PageCounts {
            try await office.store.commit(
                PageCommit(
                    cursor: isLast ? .delta("d") : .next("n"), isRoundComplete: isLast,
                    documents: documents, removals: [], failures: [], rules: []),
                under: &lease)
        }
        #expect(try await next([document("C")], isLast: false) == PageCounts(unchanged: 1))
        #expect(try await office.settle() == .settled(0))
        let last = try await next([document("B", "new"), document("D")], isLast: true)
        #expect(last == PageCounts(created: 1, updated: 1, deleted: 1))
        #expect(try await office.settle() == .settled(1))
        #expect(
            try await office.live() == ["B#1@Inbox", "B@Inbox", "C@Inbox", "D@Inbox"])
        #expect(try await office.texts("SELECT document_id AS v FROM docket.seen") == [])
        try await office.store.release(lease, outcome: .success, nextPollAt: .now)
        #expect(try await office.pass("Inbox", [document("C")]) == PageCounts(unchanged: 1))
        #expect(try await office.settle() == .settled(0))
    }

    @Test("a record that failed was seen: reading everything again does not bury its document")
    func failedAgain() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A"), document("B"), document("C")])
        let failure = RecordFailure(
            sourceID: "B", stage: "normalize", reason: "no_text", message: "is no text",
            record: "{}")
        try await office.pass("Inbox", [document("A")], failures: [failure], reset: true)
        #expect(try await office.settle() == .settled(1))
        #expect(try await office.live() == ["A@Inbox", "B@Inbox"])
    }

    @Test("what was removed after the folders were read is settled by the next pass")
    func later() async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Archive")
        try await office.pass("Archive")
        try await office.pass("Inbox", [document("A"), document("B")])
        try await office.pass("Inbox", removals: ["A"])
        let between = try await office.store.now()
        #expect(
            try await office.store.hasRemovals(
                connector: "mail", scope: "box@example.com", since: between) == false)
        try await office.pass("Inbox", removals: ["B"])
        // Archive has not been read since.
        #expect(
            try await office.store.hasRemovals(
                connector: "mail", scope: "box@example.com", since: between) == false)
        try await office.pass("Archive")
        #expect(
            try await office.store.hasRemovals(
                connector: "mail", scope: "box@example.com", since: between))
        let settlement = try await office.store.settleRemovals(
            connector: "mail", scope: "box@example.com", passStartedAt: between,
            removedBefore: between, holdAbove: 1)
        #expect(settlement == .settled(1))
        #expect(try await office.live() == ["B@Inbox"])
        #expect(try await office.settle() == .settled(1))
    }

    @Test("a folder missing from a complete listing takes its documents along")
    func vanishedStream() async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Old")
        try await office.pass("Inbox", [document("A"), document("S")])
        try await office.pass("Old", [document("B"), document("S")])
        let held = try await office.lease("Old")
        try await office.ensure("Inbox")
        await #expect(throws: StoreError.leaseLost) {
            try await office.store.release(held, outcome: .success, nextPollAt: .now)
        }
        #expect(try await office.settle() == .settled(1))
        #expect(try await office.live() == ["A@Inbox", "S@Inbox"])

        try await office.ensure("Inbox", "Old")
        let back = try await office.lease("Old")
        #expect(back.cursor == .start)
        #expect(back.epoch == 2)
    }

    @Test("a scope taken out of the configuration is settled without a pass")
    func vanishedScope() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A")])
        let gone = try await office.store.retain(connector: "mail", scopes: ["other@example.com"])
        #expect(gone == ["box@example.com"])
        #expect(try await office.settle() == .settled(1))
        #expect(try await office.live() == [])
    }

    @Test("many deletions at once wait for a person, who says yes or no")
    func held() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let ids = (0..<100).map { "M\($0)" }
        try await office.pass("Inbox", ids.map { try document($0) })
        try await office.pass("Inbox", removals: Array(ids.prefix(24)))
        #expect(try await office.settle(holdAbove: 0.2) == .settled(24))
        try await office.pass("Inbox", removals: Array(ids[24..<60]))
        #expect(try await office.settle(holdAbove: 0.2) == .held(documents: 36, total: 76))
        let findings = try await office.texts(
            "SELECT name AS v FROM docket_v1.health_findings WHERE name = 'deletions_held'")
        #expect(findings == ["deletions_held"])
        #expect(
            try await office.store.rejectDeletions(connector: "mail", scope: "box@example.com")
                == 36)
        #expect(try await office.settle(holdAbove: 0.2) == .settled(0))
        #expect(try await office.live().count == 76)

        try await office.pass("Inbox", removals: Array(ids[24..<60]))
        #expect(try await office.settle(holdAbove: 0.2) == .held(documents: 36, total: 76))
        #expect(
            try await office.store.approveDeletions(connector: "mail", scope: "box@example.com"))
        #expect(try await office.settle(holdAbove: 0.2) == .settled(36))
        #expect(try await office.live().count == 40)
    }
}
