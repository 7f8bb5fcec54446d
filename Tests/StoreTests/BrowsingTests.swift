import Domain
import Foundation
import JSON
import Postgres
import Store
import StoreTesting
import Testing

@Suite("Browsing")
struct BrowsingTests {
    private func office() async throws -> Office {
        let office = try await Office()
        try await office.ensure("Inbox")
        let page = try [
            document("A", "An order of 100% steel"), document("B", "nothing_special"),
            document("C", "text", kind: "file"),
        ]
        try await office.pass("Inbox", page, rules: [Office.summary])
        return office
    }

    @Test("lists live documents, newest first, by filter")
    func list() async throws {
        let office = try await office()
        func ids(_ change: (inout DocumentFilter) -> Void) async throws -> [String] {
            var filter = DocumentFilter()
            change(&filter)
            return try await office.store.documents(filter).map(\.sourceID)
        }
        #expect(try await ids { _ in } == ["C", "B", "A"])
        #expect(try await ids { $0.limit = 1 } == ["C"])
        #expect(try await ids { $0.kind = "email" } == ["B", "A"])
        #expect(try await ids { $0.connector = "files" } == [])
        #expect(try await ids { $0.language = "en" } == ["C", "B", "A"])
        #expect(try await ids { $0.text = "ORDER" } == ["A"])
        #expect(try await ids { $0.text = "%" } == ["A"])
        #expect(try await ids { $0.text = "_" } == ["B"])
    }

    @Test("shows one document with its results and jobs, a tombstone too")
    func show() async throws {
        let office = try await office()
        let claimed = try #require(try await office.claim(1).first)
        #expect(try await office.finish(claimed, text: "steel") == 1)
        let detail = try #require(try await office.store.document(claimed.job.documentID))
        #expect(detail.document == claimed.document)
        #expect(detail.revision == 1)
        #expect(detail.jobs == [])
        #expect(detail.results.map(\.recipe) == ["summary"])
        #expect(detail.results.first?.output["text"] == .string("steel"))
        #expect(detail.deletedAt == nil)
        let entry = try await office.store.documents(DocumentFilter()).last
        #expect(entry?.summary == "steel")
        #expect(entry?.tag == nil)

        try await office.pass("Inbox", removals: [detail.document.sourceID])
        #expect(try await office.store.document(detail.id)?.removedAt != nil)
        _ = try await office.settle()
        #expect(try await office.store.document(detail.id)?.deletedAt != nil)
        #expect(try await office.store.document(.init(-1)) == nil)
    }

    @Test("status, backlog and findings are those of the views")
    func status() async throws {
        let office = try await office()
        let status = try await office.store.status()
        #expect(status.map(\.state) == ["ok"])
        #expect(status.map(\.documents) == [3])
        #expect(try await office.store.backlog().map(\.jobs) == [3])
        #expect(try await office.store.backlogCount() == 3)
        #expect(try await office.store.findings() == [])
        #expect(try await office.store.heldDeletions() == [])
        try await office.kill(office.instance)
        #expect(try await office.store.findings().map(\.name) == ["no_instance"])
    }

    @Test("dead letters can be tried again or discarded")
    func deadLetters() async throws {
        let office = try await office()
        for claimed in try await office.claim(3) {
            try await office.store.fail(
                claimed.job, claim: claimed.claim, reason: "model", message: "no",
                verdict: .deadLetter)
        }
        let letters = try await office.store.deadLetters(limit: 10)
        #expect(letters.map(\.title).sorted() == ["Title of A", "Title of B", "Title of C"])
        #expect(letters.map(\.reason) == ["model", "model", "model"])
        #expect(try await office.store.failedDocuments(limit: 2).count == 2)
        let first = try #require(letters.first)
        #expect(try await office.store.discard(jobs: [first.id]) == 1)
        #expect(try await office.store.deadLetters(limit: 10).count == 2)
        #expect(try await office.store.retry(jobs: nil) == 2)
        #expect(try await office.store.retry(jobs: [first.id]) == 1)
        #expect(try await office.claim().count == 3)
        #expect(try await office.store.backlogCount() == 3)
    }
}
