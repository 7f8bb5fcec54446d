import Foundation
import JSON
import Postgres
import Testing

/// An administrator has an API's manual, follows `Connectors/README.md`, and writes no Swift.
@Suite("A definition of one's own", .timeLimit(.minutes(5)))
struct OwnDefinitionTests {
    private static let page = "Connectors/README.md"

    /// The help desk of the manual, as its definition and a connector of it are printed there.
    private static func configured(
        _ url: String, queues: String = "[billing, repairs]", attachments: Bool = true
    ) throws -> Configured {
        var configured = Configured()
        let definition = try Manual.example(beginning: "definition: helpdesk", in: page)
        let connector = try Manual.example(
            beginning: "name: support", in: page
        ).replacing("https://desk.example/api/v1", with: url)
            .replacing("${credential:helpdesk}", with: "${file:../secret}")
            .replacing("[billing, repairs]", with: queues)
            .replacing("attachments: true", with: "attachments: \(attachments)")
        configured.connectors = { _ in
            ["helpdesk-definition": definition, "support": connector]
        }
        return configured
    }

    /// Ten tickets in two queues, so that there are several pages.
    private static func fill(_ desk: Helpdesk) {
        for id in 1...10 {
            desk.change(id, in: id > 7 ? "repairs" : "billing") { ticket in
                ticket.subject = "Ticket \(id)"
                ticket.text = "The bill of order \(id) is wrong."
                // Numbers that a comment and an attachment share.
                ticket.comments[1] = ("bert@example.org", "I look into \(id).")
                if id.isMultiple(of: 2) {
                    ticket.attachments[1] = ("bill-\(id).txt", "Sum: \(id) euros")
                }
            }
        }
    }

    private static func with(
        _ body: (Installation, Helpdesk) async throws -> Void
    ) async throws {
        try await Installation.with { docket in
            let desk = try Helpdesk(key: docket.tenant.secret)
            defer { desk.stop() }
            fill(desk)
            try FileManager.default.removeItem(atPath: docket.path("connectors.d/mail.yaml"))
            try docket.configure(try configured(desk.url))
            try await body(docket, desk)
        }
    }

    private static func filed(_ docket: Installation) async throws -> Set<[String]> {
        let rows = try await docket.rows(
            "SELECT source_id, kind, title, body FROM docket_v1.documents")
        let all: [[String]] = try rows.map { row in
            try ["source_id", "kind", "title", "body"].map { try row.get($0) }
        }
        #expect(Set(all).count == all.count)
        return Set(all)
    }

    @Test("reads what the manual says: pages, comments, attachments, changes, deletions")
    func lifecycle() async throws {
        try await Self.with { docket, desk in
            let check = try await docket.docket("check", "--offline")
            #expect(check.status == 0, "\(check.errors)")

            desk.throttle(1)
            try await docket.run()
            #expect(try await Self.filed(docket) == desk.truth())
            let parents = try await docket.number(
                """
                SELECT count(*) AS value FROM docket_v1.documents d
                JOIN docket_v1.documents p ON p.document_id = d.parent_document_id
                WHERE d.source_id LIKE p.source_id || '#%'
                """)
            #expect(parents == 15)

            desk.change(2) { ticket in
                ticket.subject = "Ticket 2, reopened"
                ticket.comments[2] = ("anna@example.org", "Still wrong.")
                ticket.attachments = [:]
            }
            desk.change(3) { $0.isDeleted = true }
            desk.change(11) { ticket in
                ticket.subject = "Ticket 11"
                ticket.text = "A new one."
            }
            _ = desk.asked()
            try await docket.run()
            #expect(try await Self.filed(docket) == desk.truth())
            #expect(desk.asked().allSatisfy { $0.contains("updated_since") || $0.contains("/10/") })
            #expect(try await docket.tombstones().contains("3#comment-1"))

            let before = try await docket.texts(
                "SELECT source_id || ' ' || revision AS value FROM docket_v1.document_history")
            try await docket.run()
            #expect(
                Set(before)
                    == Set(
                        try await docket.texts(
                            """
                            SELECT source_id || ' ' || revision AS value
                            FROM docket_v1.document_history
                            """)))
        }
    }

    @Test("is tried without a database: whole documents on request, and what is wrong")
    func tried() async throws {
        try await Self.with { docket, desk in
            let tried = try await docket.docket("try", "support", "--limit", "2", "-o", "json")
            #expect(tried.status == 0, "\(tried.errors)")
            let rows = try tried.rows()
            #expect(
                rows.compactMap { $0["source_id"]?.stringValue } == [
                    "1", "1#comment-1", "2", "2#comment-1", "2#attachment-1",
                ])
            #expect(rows.last?["body"]?.stringValue == "Sum: 2 euros")
            #expect(rows.first?["metadata"]?["status"]?.stringValue == "open")
            #expect(tried.errors.contains("scopes: billing, repairs"))

            let table = try await docket.docket("try", "support", "--scope", "repairs")
            #expect(table.output.contains("SOURCE_ID"))
            #expect(table.output.contains("Ticket 8") && !table.output.contains("Ticket 1 "))
            #expect(!FileManager.default.fileExists(atPath: docket.path("spool")))
            #expect(
                try await docket.number(
                    "SELECT count(*) AS value FROM pg_namespace WHERE nspname = 'docket'") == 0)

            desk.forbid("repairs")
            let forbidden = try await docket.docket("try", "support", "--scope", "repairs")
            #expect(forbidden.status == 77)
            #expect(forbidden.errors.contains("give the key the role Reader for the queue"))
            let some = try await docket.docket("try", "support", "--all-scopes")
            #expect(some.status == 1)

            try docket.write("wrong", to: "secret", mode: 0o600)
            let refused = try await docket.start(["try", "support"]).end()
            #expect(refused.status == 77)
            #expect(refused.errors.contains("make a new key under Settings"))

            desk.stop()
            let gone = try await docket.start(["try", "support"]).end()
            #expect(gone.status == 69, "\(gone.errors)")
            let unknown = try await docket.docket("try", "suport")
            #expect(unknown.status == 64 && unknown.errors.contains("did you mean `support`?"))
        }
    }

    private static func plan(_ docket: Installation, status: Int32) async throws -> [String] {
        let outcome = try await docket.docket("plan", "--output", "json")
        #expect(outcome.status == status, "\(outcome.errors)")
        return try outcome.rows().map { row in
            let words = ["change", "scope", "stream"].map { row[$0]?.stringValue ?? "-" }
            return words.joined(separator: " ") + " \(row["documents"]?.intValue ?? -1)"
        }
    }

    @Test("a change of its scope is planned, then done once, and no more than it concerns")
    func changed() async throws {
        try await Self.with { docket, desk in
            #expect(
                try await Self.plan(docket, status: 3) == ["add billing - -1", "add repairs - -1"])
            try await docket.run()
            #expect(try await Self.plan(docket, status: 0) == [])

            try docket.configure(try Self.configured(desk.url, attachments: false))
            #expect(
                try await Self.plan(docket, status: 3) == [
                    "read_again billing billing 17", "read_again repairs repairs 8",
                ])
            _ = desk.asked()
            try await docket.run()
            #expect(desk.asked().contains { !$0.contains("updated_since") })
            #expect(try await Self.filed(docket) == desk.truth(attachments: false))
            #expect(try await Self.plan(docket, status: 0) == [])
            _ = desk.asked()
            try await docket.run()
            #expect(desk.asked().allSatisfy { $0.contains("updated_since") })

            try docket.configure(
                try Self.configured(desk.url, queues: "[billing]", attachments: false))
            #expect(try await Self.plan(docket, status: 3) == ["remove repairs - 6"])
            try await docket.run()
            #expect(try await Self.filed(docket).allSatisfy { !$0[2].hasPrefix("Ticket 8") })
            #expect(try await Self.plan(docket, status: 0) == [])
        }
    }

    @Test("is synchronized by name, in part or from the beginning")
    func synchronized() async throws {
        try await Self.with { docket, desk in
            let first = try await docket.docket("sync", "support", "--output", "json")
            #expect(first.status == 0, "\(first.errors)")
            #expect(try first.rows().first?["created"]?.intValue == 25)
            _ = desk.asked()
            let full = try await docket.docket("sync", "--full", "--output", "json")
            #expect(try full.rows().first?["unchanged"]?.intValue == 25)
            #expect(desk.asked().contains { $0.contains("page=4") })
            #expect(try await docket.docket("sync", "nobody").status == 64)
        }
    }
}
