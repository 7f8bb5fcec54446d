import JSON
import Postgres
import Testing

/// Mail from the tenant to the views; the numbers are those of the pitfalls known of Microsoft
/// Graph.
@Suite("Graph: mail", .timeLimit(.minutes(10)))
struct GraphMailTests {
    private static func folders(_ names: String...) -> Configured {
        var configured = Configured()
        configured.folders = names
        return configured
    }

    @Test(
        "graph 2: a round that fails halfway goes on there, and the end is kept when all is filed")
    func halfway() async throws {
        try await Installation.with(Self.folders("archive")) { docket in
            try await docket.tenant.generate(1100, in: "archive")
            let total = try await docket.tenant.mails(in: "archive").count
            try await docket.tenant.fault([
                "path": "*messages/delta*", "skip": 1, "count": "always", "fault": "status",
                "status": 418,
            ])
            #expect(try await docket.docket("run", "--once").status == 1)
            let before = try await docket.filed().count
            #expect((1..<total).contains(before))
            try await docket.tenant.control("DELETE", "faults")
            try await docket.tenant.resetRequests()
            try await docket.run()
            #expect(try await docket.filed().count == total)
            let requests = try await docket.tenant.requests()
            #expect(requests["messages-delta-initial"] == nil)
            #expect(requests["messages-delta-next", default: 0] >= 1)
            let history = try await docket.number(
                "SELECT count(*) AS value FROM docket_v1.document_history")
            #expect(history == total)
            try await docket.tenant.resetRequests()
            try await docket.run()
            #expect(try await docket.tenant.requests()["messages-delta-changes"] == 1)
        }
    }

    @Test(
        "graph 4: a removal in one folder is no deletion while the mail is in another, in either order"
    )
    func move() async throws {
        try await Installation.with(Self.folders("One", "Two")) { docket in
            let folders = [
                try await docket.tenant.makeFolder("One"),
                try await docket.tenant.makeFolder("Two"),
            ]
            let down = try await docket.tenant.post("Down", body: "Going down.", in: folders[0])
            let up = try await docket.tenant.post("Up", body: "Going up.", in: folders[1])
            try await docket.run()
            let ids = try await docket.texts(
                "SELECT document_id::text AS value FROM docket_v1.documents ORDER BY title")
            // Feeds are read one after the other, so one of the two is told of as removed first.
            for round in 1...2 {
                let (first, second) = round == 1 ? (1, 0) : (0, 1)
                try await docket.tenant.move(down, to: folders[first])
                try await docket.tenant.move(up, to: folders[second])
                try await docket.run()
                #expect(try await docket.filed() == [down, up])
                #expect(try await docket.tombstones() == [])
                #expect(try await docket.value("stream", of: down) == ["One", "Two"][first])
                #expect(try await docket.value("stream", of: up) == ["One", "Two"][second])
            }
            let after = try await docket.texts(
                "SELECT document_id::text AS value FROM docket_v1.documents ORDER BY title")
            #expect(after == ids)
            try await docket.tenant.delete(up)
            try await docket.run()
            #expect(try await docket.filed() == [down])
            #expect(try await docket.tombstones() == [up])
        }
    }

    @Test("graph 4: a mail is not deleted while the folder it may be in cannot be read")
    func moveIntoTheDark() async throws {
        try await Installation.with(Self.folders("One", "Two")) { docket in
            let folders = [
                try await docket.tenant.makeFolder("One"),
                try await docket.tenant.makeFolder("Two"),
            ]
            let mail = try await docket.tenant.post("Moved", in: folders[0])
            try await docket.tenant.post("Other", in: folders[1])
            try await docket.run()
            try await docket.tenant.move(mail, to: folders[1])
            // The second request for changes is the one to the second folder.
            try await docket.tenant.fault([
                "path": "*messages/delta*", "skip": 1, "count": "always", "fault": "status",
                "status": 418,
            ])
            #expect(try await docket.docket("run", "--once").status == 1)
            #expect(try await docket.filed().contains(mail))
            try await docket.tenant.control("DELETE", "faults")
            try await docket.run()
            #expect(try await docket.filed().count == 2)
            #expect(try await docket.tombstones() == [])
        }
    }

    @Test("graph 5: an update of some properties leaves the others as they were")
    func partial() async throws {
        try await Installation.with(Self.folders("archive")) { docket in
            let mail = try await docket.tenant.post(
                "Seals", body: "Twelve seals by Friday.", in: "archive")
            try await docket.run()
            func state() async throws -> [String?] {
                var values: [String?] = []
                for place in [
                    "title", "body", "author", "participants", "created_at", "source_url",
                    "content_sha256", "metadata/conversation_id", "metadata/internet_message_id",
                ] { values.append(try await docket.value(place, of: mail)) }
                return values
            }
            let before = try await state()
            #expect(before.allSatisfy { $0?.isEmpty == false })
            let isRead = try await docket.value("metadata/is_read", of: mail)
            for read in [true, false, true] {
                try await docket.tenant.change(mail, ["read": .bool(read)])
                try await docket.run()
                #expect(try await docket.value("metadata/is_read", of: mail) == "\(read)")
                #expect(try await state() == before)
            }
            #expect(isRead == "true" || isRead == "false")
            let revisions = try await docket.number(
                """
                SELECT count(*) AS value FROM docket_v1.document_history
                WHERE source_id = \(mail)
                """)
            #expect(revisions == 1)
            // Laid over what is filed, not asked for again.
            #expect(try await docket.tenant.requests()["message"] == nil)
        }
    }

    @Test("graph 7: a place that expires within a round costs nothing but the way")
    func expiryMidRound() async throws {
        try await Installation.with(Self.folders("archive")) { docket in
            try await docket.tenant.generate(1100, in: "archive")
            try await docket.tenant.fault([
                "path": "*messages/delta*", "skip": 1, "fault": "sync-state-not-found",
                "code": "syncStateNotFound",
            ])
            try await docket.run()
            let mails = try await docket.tenant.mails(in: "archive")
            #expect(try await docket.filed() == Set(mails))
            let history = try await docket.number(
                "SELECT count(*) AS value FROM docket_v1.document_history")
            #expect(history == mails.count)
            #expect(try await docket.tombstones() == [])
            #expect(try await docket.tenant.requests()["messages-delta-initial"] == 2)
        }
    }

    @Test("graph 7: what vanished while the place was lost is deleted when all has been read anew")
    func vanishedMeanwhile() async throws {
        try await Installation.with(Self.folders("archive")) { docket in
            let kept = try await docket.tenant.post("Kept", in: "archive")
            let gone = try await docket.tenant.post("Gone", in: "archive")
            try await docket.run()
            try await docket.tenant.delete(gone)
            let new = try await docket.tenant.post("New", in: "archive")
            try await docket.tenant.control("POST", "mail/expire-feeds")
            try await docket.run()
            let filed = try await docket.filed()
            #expect(filed.isSuperset(of: [kept, new]) && !filed.contains(gone))
            #expect(filed == Set(try await docket.tenant.mails(in: "archive")))
            #expect(try await docket.tombstones() == [gone])
        }
    }

    @Test("graph 9: every mail is filed once, though searches and hidden folders hold it too")
    func everyFolder() async throws {
        try await Installation.with { docket in
            try await docket.run()
            let truth = try await docket.tenant.control("GET", "mail/truth").arrayValue ?? []
            let mails = truth.filter { $0["scope"]?.stringValue == .sales }
                .compactMap { $0["source_id"]?.stringValue }.filter { !$0.contains("#") }
            #expect(mails.count > 10)
            #expect(try await docket.filed() == Set(mails))
        }
    }

    @Test("graph 17: attachments of every kind are filed below their mail, whatever is in them")
    func attachments() async throws {
        var configured = Self.folders("archive")
        configured.hasAttachments = true
        try await Installation.with(configured) { docket in
            let made = try await docket.tenant.control(
                "POST", "mailboxes/\(String.sales)/messages",
                [
                    "folder": "archive", "subject": "Three", "body": "See below.",
                    "attachments": [
                        ["name": "a.txt", "content_type": "text/plain", "content": "Alpha."],
                        ["name": "b.docx", "kind": "reference", "content": ""],
                        [
                            "name": "c", "kind": "item",
                            "content": "Subject: Inner\r\n\r\nInner text.",
                        ],
                        [
                            "name": "logo.png", "content_type": "image/png", "content": "x",
                            "inline": true,
                        ],
                    ],
                ])
            let mail = try #require(made["immutable_id"]?.stringValue)
            try await docket.run()
            let children = try await docket.texts(
                """
                SELECT concat_ws(' ', c.title, c.kind, length(c.body) > 0) AS value
                FROM docket_v1.documents c
                JOIN docket_v1.documents p ON p.document_id = c.parent_document_id
                WHERE p.source_id = \(mail) ORDER BY c.title
                """)
            #expect(children.first == "a.txt attachment t")
            #expect(children.map { $0.split(separator: " ")[0] } == ["a.txt", "b.docx", "c"])
            let failed = try await docket.number(
                "SELECT count(*) AS value FROM docket_v1.failed_documents")
            #expect(failed == 0)
            #expect(try await docket.tenant.control("GET", "requests")["statuses"]?["405"] == nil)
            // graph 20: nothing is asked for in batches, whose parts fail each by itself.
            #expect(try await docket.tenant.requests()["batch"] == nil)
        }
    }

    @Test(
        "graph 19: never more than four requests of a mailbox at once, and one throttled stalls none"
    )
    func mailboxes() async throws {
        var configured = Configured()
        configured.mailboxes = [.sales, .support]
        configured.hasAttachments = true
        try await Installation.with(configured) { docket in
            try await docket.tenant.fault([
                "path": "*attachments*", "count": "always", "fault": "delay", "milliseconds": 30,
            ])
            try await docket.run()
            let peaks = try await docket.tenant.control("GET", "requests")["peak_concurrency"]
            for mailbox in configured.mailboxes {
                #expect((1...4).contains(peaks?[mailbox]?.intValue ?? 0))
            }
            let mail = try await docket.tenant.post("New", in: "inbox")
            try await docket.tenant.fault([
                "path": .string("*\(String.support)*"), "count": "always", "fault": "status",
                "status": 429, "retry_after": "3600",
            ])
            #expect(try await docket.docket("run", "--once").status != 0)
            #expect(try await docket.filed().contains(mail))
            let parked = try await docket.texts(
                """
                SELECT DISTINCT scope AS value FROM docket_v1.connector_status
                WHERE state = 'parked'
                """)
            #expect(parked == [.support])
        }
    }

    @Test("graph 20: batches are not used, so none can be half a success")
    func noBatches() async throws {
        var configured = Configured()
        configured.hasAttachments = true
        try await Installation.with(configured) { docket in
            try await docket.run()
            try await docket.tenant.control("POST", "mail/mutate", ["count": 40, "seed": 7])
            try await docket.run()
            let requests = try await docket.tenant.requests()
            #expect(requests["attachments", default: 0] > 0, "\(requests)")
            #expect(requests["batch"] == nil)
        }
    }

    @Test(
        "graph 21: more mails than a filtered round would tell are read, those before the day not")
    func history() async throws {
        var configured = Self.folders("archive")
        configured.since = "2000-01-01"
        try await Installation.with(configured) { docket in
            try await docket.tenant.generate(5200, in: "archive")
            try await docket.run()
            let mails = try await docket.tenant.mails(in: "archive")
            #expect(mails.count > 5000)
            #expect(try await docket.filed().count == mails.count)
        }
    }

    @Test("graph 23: instants are read with fractions of every width")
    func instants() async throws {
        try await Installation.with { docket in
            try await docket.run()
            let widths = try await docket.texts(
                """
                SELECT DISTINCT length(record::jsonb->>'lastModifiedDateTime')::text AS value
                FROM docket.documents
                """)
            #expect(widths.count > 1)
            let wrong = try await docket.number(
                """
                SELECT count(*) AS value FROM docket.documents
                WHERE modified_at IS NULL OR abs(extract(epoch FROM
                    modified_at - (record::jsonb->>'lastModifiedDateTime')::timestamptz)) > 0.000002
                """)
            #expect(wrong == 0)
        }
    }
}
