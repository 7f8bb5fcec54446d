import Domain
import Foundation
import JSON
import Postgres
import Store
import StoreTesting
import Testing

/// Recipes that read conversations.
@Suite("Threads", .timeLimit(.minutes(5)))
struct ThreadTests {
    private static let rule = JobRule(
        recipe: "summary", fingerprint: Office.summary.fingerprint, kinds: [], charactersMin: 10,
        isForThreads: true)

    private func message(
        _ id: String, _ thread: String?, _ second: Int, _ body: String = "some text"
    ) throws -> StoredDocument {
        let metadata = thread.map { JSON.object(.init([("conversation_id", .string($0))])) }
        let plain = try document(id, body, metadata: metadata ?? .object(.init())).document
        let dated = Document(
            sourceID: plain.sourceID, kind: plain.kind, title: plain.title, author: plain.author,
            participants: plain.participants, language: plain.language,
            createdAt: Date(timeIntervalSince1970: 1_700_000_000 + Double(second)),
            modifiedAt: nil, sourceURL: nil, body: body, contentSHA256: plain.contentSHA256,
            metadata: plain.metadata)
        return try StoredDocument(dated, record: "{}")
    }

    private func jobs(_ office: Office) async throws -> [String?] {
        try await office.texts(
            """
            SELECT d.source_id AS v FROM docket.jobs j JOIN docket.documents d USING (document_id)
            ORDER BY 1
            """)
    }

    private func office() async throws -> Office {
        let office = try await Office()
        try await office.ensure("Inbox", "Sent")
        return office
    }

    @Test("one job for each conversation, at its latest message whatever the order they come in")
    func latest() async throws {
        let office = try await office()
        try await office.pass(
            "Inbox",
            [
                message("A2", "a", 2), message("A3", "a", 3), message("A1", "a", 1),
                message("B1", "b", 1), message("C", nil, 1),
            ], rules: [Self.rule])
        // One message is no conversation yet.
        #expect(try await jobs(office) == ["A3"])
        try await office.pass("Sent", [message("B2", "b", 5)], rules: [Self.rule])
        #expect(try await jobs(office) == ["A3", "B2"])
        try await office.pass("Sent", [message("A4", "a", 4)], rules: [Self.rule])
        #expect(try await jobs(office) == ["A4", "B2"])
    }

    @Test("a conversation is read oldest first, from any of its messages, across streams")
    func messages() async throws {
        let office = try await office()
        try await office.pass("Inbox", [message("A2", "a", 2), message("B1", "b", 1)])
        try await office.pass("Sent", [message("A1", "a", 1), message("A3", "a", 3)])
        let id = try #require(
            try await office.query(
                "SELECT document_id FROM docket.documents WHERE source_id = 'A2'"
            )
            .first)
        let thread = try await office.store.thread(of: .init(id.get("document_id")))
        #expect(thread.map(\.sourceID) == ["A1", "A2", "A3"])
    }

    @Test("a message that changes makes the conversation's result void, also one at work")
    func changed() async throws {
        let office = try await office()
        let first = try [message("A1", "a", 1), message("A2", "a", 2)]
        try await office.pass("Inbox", first, rules: [Self.rule])
        let done = try #require(try await office.claim().first)
        #expect(try await office.finish(done) == 1)
        let results: SQL = "SELECT summary AS v FROM docket_v1.summaries"
        #expect(try await office.texts(results) == ["short"])

        try await office.pass("Inbox", [message("A1", "a", 1, "other text")], rules: [Self.rule])
        #expect(try await office.texts(results) == [])
        let again = try #require(try await office.claim().first)
        #expect(again.document.sourceID == "A2")
        // While it is worked on, another message changes: what comes of it is of yesterday.
        try await office.pass("Inbox", [message("A1", "a", 1, "third text")], rules: [Self.rule])
        #expect(try await office.finish(again, text: "stale") == 0)
        let last = try #require(try await office.claim().first)
        #expect(try await office.finish(last, text: "fresh") == 1)
        #expect(try await office.texts(results) == ["fresh"])
    }

    @Test("a new recipe begins the conversations there are, once")
    func enqueueMissing() async throws {
        let office = try await office()
        try await office.pass(
            "Inbox", [message("A1", "a", 1), message("A2", "a", 2), message("B1", "b", 1)])
        let store = office.store
        #expect(try await store.enqueueMissing(connector: "mail", rules: [Self.rule]) == 1)
        #expect(try await store.enqueueMissing(connector: "mail", rules: [Self.rule]) == 0)
        #expect(try await jobs(office) == ["A2"])
        let done = try #require(try await office.claim().first)
        #expect(try await office.finish(done) == 1)
        #expect(try await store.enqueueMissing(connector: "mail", rules: [Self.rule]) == 0)
    }

    @Test("a document that changes again and again is left alone for a moment, then worked on once")
    func debounce() async throws {
        let office = try await office()
        func change(_ version: Int) async throws {
            try await office.pass(
                "Inbox", [message("A", nil, 1, "version \(version)")], rules: [Office.summary])
        }
        for version in 1...2 {
            try await change(version)
            let claimed = try #require(try await office.claim().first)
            #expect(try await office.finish(claimed) == 1)
        }
        #expect(try await !office.store.hasDebounced(Office.recipes))
        for version in 3...6 {
            try await change(version)
            #expect(try await office.claim() == [])
            #expect(try await office.store.hasDebounced(Office.recipes))
        }
        // Time passes.
        _ = try await office.query("UPDATE docket.jobs SET due_at = due_at - interval '60 seconds'")
        #expect(try await office.claim().map(\.document.body) == ["version 6"])
        #expect(try await office.store.hasDebounced(Office.recipes) == false)
    }

    @Test("however often a document changes, its job does not wait for ever")
    func debounceEnds() async throws {
        let office = try await office()
        for version in 1...5 {
            try await office.pass(
                "Inbox", [message("A", nil, 1, "version \(version)")], rules: [Office.summary])
            _ = try await office.query(
                "UPDATE docket.jobs SET created_at = created_at - interval '10 minutes'")
        }
        #expect(try await office.claim().map(\.document.body) == ["version 5"])
    }
}
