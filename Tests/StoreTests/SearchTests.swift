import Domain
import Foundation
import Postgres
import PostgresTesting
import Store
import StoreTesting
import Testing

@Suite("Search")
struct SearchTests {
    private func found(
        _ office: Office, _ query: String, connector: String? = nil, limit: Int = 50
    ) async throws -> [String] {
        try await office.store.search(query, connector: connector, limit: limit).map(\.title)
    }

    @Test("finds words in any of their forms, each document in its own language")
    func languages() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass(
            "Inbox",
            [
                sample("1", title: "english", "The contracts were signed.", language: "en"),
                sample("2", title: "deutsch", "Die Häuser stehen leer.", language: "de"),
                sample("3", title: "français", "Les chevaux couraient.", language: "fr"),
                sample("4", title: "unbekannt", "contracts häuser", language: nil),
                sample("5", title: "klingon", "contracts wa'", language: "xx"),
            ])
        #expect(try await office.store.unindexedCount() == 5)
        #expect(try await found(office, "contract") == [])
        try await office.index()
        #expect(try await office.store.unindexedCount() == 0)
        #expect(try await found(office, "contract") == ["english"])
        #expect(try await Set(found(office, "contracts")) == ["english", "unbekannt", "klingon"])
        #expect(try await found(office, "Haus") == ["deutsch"])
        #expect(try await found(office, "courir cheval") == ["français"])
        // Words that every text of a language has are no words of that language.
        #expect(try await found(office, "the") == [])
        #expect(try await found(office, "die stehen") == ["deutsch"])
        #expect(try await found(office, "") == [])
        #expect(try await found(office, "'; DROP TABLE x & | ! ( \u{1F4E6}") == [])
    }

    @Test("takes phrases, or, and words that must not be there")
    func operators() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass(
            "Inbox",
            [
                sample("1", title: "one", "blue whale"), sample("2", title: "two", "whale blue"),
                sample("3", title: "three", "green whale"),
            ])
        try await office.index()
        #expect(try await Set(found(office, "blue whale")) == ["one", "two"])
        #expect(try await found(office, "\"blue whale\"") == ["one"])
        #expect(try await found(office, "whale -blue") == ["three"])
        #expect(try await Set(found(office, "\"whale blue\" or green")) == ["two", "three"])
    }

    @Test("puts first what has the words in its title or more often, and shows where they are")
    func ranks() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let filler = String(repeating: "nothing of the kind here. ", count: 400)
        try await office.pass(
            "Inbox",
            [
                sample("1", title: "once", filler + "an invoice lies here. " + filler),
                sample("2", title: "Invoice of May", "please pay"),
                sample("3", title: "often", "invoice, invoices and invoicing. " + filler),
            ])
        try await office.index()
        let answer = try await office.store.search("invoice", connector: nil, limit: 2)
        #expect(answer.map(\.title) == ["Invoice of May", "often"])
        #expect(answer[0].rank > answer[1].rank)
        #expect(answer[0].excerpt.contains("**Invoice** of May"))
        let last = try await office.store.search("invoice", connector: nil, limit: 9).last
        let excerpt = try #require(last?.excerpt)
        #expect(excerpt.contains("an **invoice** lies here"))
        #expect(excerpt.count < 500)
    }

    @Test("follows changes and deletions, and stays within one connector if told so")
    func changes() async throws {
        let office = try await Office()
        let other = try await Office(connector: "files", store: office.store)
        try await office.ensure("Inbox")
        try await other.ensure("Inbox")
        try await office.pass(
            "Inbox", [sample("1", title: "one", "apple"), sample("2", title: "two", "apple")])
        try await other.pass("Inbox", [sample("1", title: "file", "apple")])
        try await office.index()
        #expect(try await found(office, "apple", connector: "files") == ["file"])
        #expect(try await found(office, "apple").count == 3)
        #expect(try await found(office, "apple", limit: 1).count == 1)

        try await office.pass("Inbox", [sample("1", title: "one", "pear")], removals: ["2"])
        #expect(try await office.settle() == .settled(1))
        try await office.index()
        #expect(try await found(office, "apple") == ["file"])
        #expect(try await found(office, "pear") == ["one"])
        // The language alone may change what its words are.
        try await office.pass("Inbox", [sample("1", title: "one", "pear", language: nil)])
        try await office.index()
        #expect(try await found(office, "pears") == [])
    }

    @Test("a text whose words are too many for an index is found by those of its beginning")
    func long() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        var body = ""
        for number in 0..<220_000 { body += "w\(number &* 2_654_435_761) " }
        try await office.pass("Inbox", [sample("1", title: "long", body + "omega")])
        try await office.index()
        #expect(try await office.store.unindexedCount() == 0)
        #expect(try await found(office, "w0") == ["long"])
        #expect(try await found(office, "omega") == [])
    }

    @Test("by several at once each document is noted as it is last")
    func concurrent() async throws {
        let office = try await Office(store: TestStore.make(connections: 6))
        try await office.ensure("Inbox")
        for round in 0..<5 {
            let documents = try (0..<40).map { try sample("\($0)", "round\(round) text") }
            async let pass = office.pass("Inbox", documents)
            await withTaskGroup { group in
                for _ in 0..<4 { group.addTask { _ = try? await office.store.indexNext() } }
            }
            _ = try await pass
        }
        try await office.index()
        #expect(try await found(office, "round4").count == 40)
        #expect(try await found(office, "round3").count == 0)
    }

    @Test("documents that were filed before there was a search are noted as well")
    func earlier() async throws {
        let store = Store(
            database: Database(try await TestCluster.makeDatabase(), connections: 2))
        try await store.migrate(Array(Migration.all.prefix(6)))
        _ = try await store.database.withConnection { connection in
            try connection.runScript(
                """
                INSERT INTO docket.streams (connector, scope, key, name, variables)
                VALUES ('mail', 'box', 'k', 'Inbox', '{}');
                INSERT INTO docket.scopes (connector, scope) VALUES ('mail', 'box');
                INSERT INTO docket.documents (connector, source_id, stream_id, content_sha256,
                    row_sha256, kind, title, participants, body, body_characters, metadata, record)
                VALUES ('mail', 'A', 1, sha256('A'), sha256('A'), 'email', 'old', '{}', 'whale', 5,
                    '{}', '{}')
                """)
        }
        try await store.migrate()
        #expect(try await store.indexNext() == 1)
        #expect(try await store.search("whale", connector: nil, limit: 9).map(\.title) == ["old"])
    }
}
