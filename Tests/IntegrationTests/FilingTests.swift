import JSON
import Postgres
import Testing

@Suite("docket run --once", .timeLimit(.minutes(10)))
struct FilingTests {
    @Test("files a tenant's mails, and reads only what changed from then on")
    func delta() async throws {
        var configured = Configured()
        configured.mailboxes = [.sales, .support]
        try await Installation.with(configured) { docket in
            let inbox = try await docket.tenant.mails(in: "inbox")
            try await docket.run()
            let filed = try await docket.texts(
                """
                SELECT source_id AS value FROM docket_v1.documents
                WHERE stream = 'Inbox' AND scope = \(String.sales)
                """)
            #expect(Set(filed) == Set(inbox))
            #expect(filed.count == inbox.count)
            let first = try await docket.tenant.requests()
            #expect(first["messages-delta-initial", default: 0] > 5)

            try await docket.tenant.resetRequests()
            let new = try await docket.tenant.post("Something new", in: "inbox")
            try await docket.run()
            let second = try await docket.tenant.requests()
            #expect(second["messages-delta-initial"] == nil)
            #expect(second["messages-delta-changes"] == first["messages-delta-initial"])
            #expect(second["messages-delta-next"] == nil)
            #expect(second["message"] == nil)
            let titles = try await docket.texts(
                "SELECT title AS value FROM docket_v1.documents WHERE source_id = \(new)")
            #expect(titles == ["Something new"])
            let created = try await docket.number(
                """
                SELECT created AS value FROM docket_v1.sync_runs
                WHERE stream = 'Inbox' AND scope = \(String.sales)
                ORDER BY started_at DESC LIMIT 1
                """)
            #expect(created == 1)
        }
    }

    @Test("says how every stream stands")
    func status() async throws {
        try await Installation.with(Self.of(["inbox", "archive"])) { docket in
            try await docket.run()
            let standing = try await docket.texts(
                """
                SELECT format('%s %s %s', stream, state, documents) AS value
                FROM docket_v1.connector_status WHERE stream IN ('Inbox', 'Archive') ORDER BY stream
                """)
            let archive = try await docket.tenant.mails(in: "archive").count
            let inbox = try await docket.tenant.mails(in: "inbox").count
            #expect(standing == ["Archive ok \(archive)", "Inbox ok \(inbox)"])
            let states = try await docket.texts(
                "SELECT DISTINCT state AS value FROM docket_v1.sync_runs")
            #expect(states == ["succeeded"])
        }
    }

    @Test("keeps a mail that was deleted at the source in the history alone")
    func deletion() async throws {
        try await Installation.with(Self.of(["archive"])) { docket in
            let mails = try await docket.tenant.mails(in: "archive")
            let gone = try #require(mails.first)
            try await docket.run()
            try await docket.tenant.delete(gone)
            try await docket.run()
            #expect(try await docket.filed() == Set(mails.dropFirst()))
            #expect(try await docket.tombstones() == [gone])
        }
    }

    @Test(
        "keeps a mail that was moved under its number, whichever folder is read first",
        arguments: [("inbox", "archive", "Archive"), ("archive", "inbox", "Inbox")])
    func move(from: String, to: String, name: String) async throws {
        try await Installation.with(Self.of(["inbox", "archive"])) { docket in
            let mail = try #require(try await docket.tenant.mails(in: from).first)
            try await docket.run()
            let query: SQL = """
                SELECT concat_ws(' ', document_id, revision, deleted_at) AS value
                FROM docket_v1.document_history WHERE source_id = \(mail)
                """
            let before = try await docket.texts(query)
            try await docket.tenant.move(mail, to: to)
            try await docket.run()
            #expect(try await docket.texts(query) == before)
            let streams = try await docket.texts(
                "SELECT stream AS value FROM docket_v1.documents WHERE source_id = \(mail)")
            #expect(streams == [name])
        }
    }

    @Test("takes an update that names one property for that property's alone")
    func partialUpdate() async throws {
        try await Installation.with(Self.of(["archive"])) { docket in
            let mail = try await docket.tenant.post("Pumps", body: "Two of them.", in: "archive")
            try await docket.run()
            let query: SQL = """
                SELECT format('%s|%s|%s|%s', title, author, body, metadata->>'is_read') AS value
                FROM docket_v1.documents WHERE source_id = \(mail)
                """
            #expect(
                try await docket.texts(query)
                    == ["Pumps|ana@fabrikam.example|Two of them.|false"])
            try await docket.tenant.change(mail, ["read": true])
            try await docket.run()
            #expect(
                try await docket.texts(query)
                    == ["Pumps|ana@fabrikam.example|Two of them.|true"])
            try await docket.tenant.change(mail, ["subject": "Three pumps"])
            try await docket.run()
            #expect(
                try await docket.texts(query)
                    == ["Three pumps|ana@fabrikam.example|Two of them.|true"])
            let revisions = try await docket.number(
                """
                SELECT count(*) AS value FROM docket_v1.document_history
                WHERE source_id = \(mail)
                """)
            #expect(revisions == 2)
        }
    }

    @Test(
        "begins anew when the source has forgotten the position, and misses no deletion",
        arguments: [true, false])
    func expiredPosition(hasLocation: Bool) async throws {
        try await Installation.with(Self.of(["archive"])) { docket in
            let mails = try await docket.tenant.mails(in: "archive")
            let gone = try #require(mails.first)
            try await docket.run()
            try await docket.tenant.delete(gone)
            let new = try await docket.tenant.post("New", in: "archive")
            try await docket.tenant.fault([
                "path": "*deltatoken*", "fault": "sync-state-not-found",
                "location": .bool(hasLocation),
            ])
            try await docket.run()
            #expect(try await docket.filed() == Set(mails.dropFirst() + [new]))
            #expect(try await docket.tombstones() == [gone])
        }
    }

    @Test("begins anew also in the middle of a round, twice if need be")
    func expiredRound() async throws {
        try await Installation.with(Self.of(["archive"])) { docket in
            try await docket.tenant.generate(1600, in: "archive")
            let mails = try await docket.tenant.mails(in: "archive")
            let gone = try #require(mails.last)
            try await docket.tenant.fault([
                "path": "*skiptoken*", "skip": 1, "fault": "sync-state-not-found",
            ])
            try await docket.run()
            #expect(try await docket.filed() == Set(mails))
            try await docket.tenant.delete(gone)
            try await docket.tenant.fault(
                ["path": "*deltatoken*", "fault": "sync-state-not-found"],
                ["path": "*skiptoken*", "skip": 1, "fault": "sync-state-not-found"])
            try await docket.run()
            #expect(try await docket.filed() == Set(mails.dropLast()))
            #expect(try await docket.tombstones() == [gone])
            #expect(try await docket.tenant.control("GET", "faults")["struck"] == 3)
        }
    }

    @Test("signs in again when its token is refused on the way")
    func expiredToken() async throws {
        try await Installation.with(Self.of(["archive"])) { docket in
            try await docket.tenant.fault(["path": "*messages/delta*", "fault": "expire-tokens"])
            try await docket.run()
            #expect(try await docket.filed() == Set(try await docket.tenant.mails(in: "archive")))
            #expect(try await docket.tenant.requests()["token"] == 2)
        }
    }

    private static func of(_ folders: [String]) -> Configured {
        var configured = Configured()
        configured.folders = folders
        return configured
    }
}
