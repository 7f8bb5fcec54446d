import JSON
import Postgres
import Testing

@Suite("A scope that the configuration no longer names", .timeLimit(.minutes(5)))
struct ScopeTests {
    @Test("goes only when a person approves, if it has many documents")
    func approved() async throws {
        var configured = Configured()
        configured.mailboxes = [.sales, .support]
        try await Installation.with(configured) { docket in
            try await docket.run()
            let count: SQL = """
                SELECT count(*) AS value FROM docket_v1.documents WHERE scope = \(String.support)
                """
            let before = try await docket.number(count)
            #expect(before >= 25)

            configured.mailboxes = [.sales]
            try docket.configure(configured)
            try await docket.run()
            #expect(try await docket.number(count) == before)
            let list = try await docket.docket("deletions", "list", "--output", "json")
            let held = try #require(try JSON.parse(list.output).arrayValue?.first)
            #expect(held["scope"]?.stringValue == .support)
            #expect(held["documents"]?.intValue == before)

            let wrong = try await docket.docket("deletions", "approve", "mail", .sales)
            #expect(wrong.status == 1)
            let approval = try await docket.docket("deletions", "approve", "mail", .support)
            #expect(approval.status == 0)
            try await docket.run()
            #expect(try await docket.number(count) == 0)
            let tombstones = try await docket.number(
                "SELECT count(deleted_at) AS value FROM docket_v1.document_history")
            #expect(tombstones == before)
            let empty = try await docket.docket("deletions", "list", "--output", "json")
            #expect(try JSON.parse(empty.output) == [])
        }
    }

    @Test("keeps its documents when a person says no")
    func rejected() async throws {
        var configured = Configured()
        configured.mailboxes = [.sales, .support]
        try await Installation.with(configured) { docket in
            try await docket.run()
            let filed = try await docket.filed()
            configured.mailboxes = [.sales]
            try docket.configure(configured)
            try await docket.run()
            #expect(try await docket.docket("deletions", "reject", "mail", .support).status == 0)
            try await docket.run()
            #expect(try await docket.filed() == filed)
            let list = try await docket.docket("deletions", "list", "--output", "json")
            #expect(try JSON.parse(list.output) == [])
        }
    }
}
