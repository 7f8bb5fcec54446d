import JSON
import Postgres
import Testing

@Suite("Bytes that belong to a document", .timeLimit(.minutes(5)))
struct FetchTests {
    /// The text of what is filed under a title.
    private static func body(_ title: String, _ docket: Installation) async throws -> [String] {
        try await docket.texts(
            "SELECT body AS value FROM docket_v1.documents WHERE title = \(title)")
    }

    @Test("are asked for again where a page to log on comes instead")
    func logonPage() async throws {
        let configured = MutatedConnector.outlook.configured()
        try await Installation.with(configured) { docket in
            try await docket.tenant.control(
                "POST", "mailboxes/\(String.sales)/messages",
                [
                    "folder": "archive", "subject": "With a note",
                    "attachments": [
                        [
                            "name": "note.txt", "content_type": "text/plain",
                            "content": "The pump runs.",
                        ]
                    ],
                ])
            try await docket.tenant.fault(["path": "*/$value", "fault": "logon-page"])
            try await docket.run()
            #expect(try await Self.body("note.txt", docket) == ["The pump runs."])
            #expect(try await docket.tenant.control("GET", "faults")["struck"] == 1)
            #expect(
                try await docket.number(
                    "SELECT count(*) AS value FROM docket_v1.failed_documents") == 0)
        }
    }

    @Test("fail with their mail alone where they cannot be listed, and are asked for again")
    func attachmentList() async throws {
        let configured = MutatedConnector.outlook.configured()
        try await Installation.with(configured) { docket in
            let mail: (String) -> JSON = { subject in
                [
                    "folder": "archive", "subject": .string(subject),
                    "attachments": [
                        [
                            "name": "note.txt", "content_type": "text/plain",
                            "content": "The pump runs.",
                        ]
                    ],
                ]
            }
            try await docket.tenant.control(
                "POST", "mailboxes/\(String.sales)/messages", mail("First"))
            try await docket.tenant.fault([
                "path": "*/attachments*", "fault": "status", "status": 400, "count": 1_000,
            ])
            try await docket.run()
            let failures: SQL = "SELECT count(*) AS value FROM docket_v1.failed_documents"
            #expect(try await docket.number(failures) > 0)
            #expect(try await Self.body("First", docket).count == 1)
            #expect(try await Self.body("note.txt", docket).isEmpty)
            try await docket.tenant.control("DELETE", "faults")
            try await docket.run()
            #expect(try await Self.body("note.txt", docket) == ["The pump runs."])
            #expect(try await docket.number(failures) == 0)
        }
    }

    @Test("are asked for again where one redirect leads to the next")
    func redirects() async throws {
        try await Installation.with(MutatedConnector.onedrive.configured()) { docket in
            try await docket.tenant.control(
                "POST", "drives/items",
                ["drive": "sales", "parent": "/", "name": "pump.txt", "text": "The pump runs."])
            try await docket.tenant.fault([
                "path": "*/content*", "fault": "redirect", "status": 302,
                "to": .string("\(docket.tenant.origin)/elsewhere"), "count": 1,
            ])
            try await docket.tenant.fault([
                "path": "*/elsewhere*", "fault": "redirect", "status": 302,
                "to": .string("\(docket.tenant.origin)/further"), "count": 1,
            ])
            try await docket.run()
            #expect(try await Self.body("pump.txt", docket) == ["The pump runs."])
            #expect(try await docket.tenant.control("GET", "faults")["struck"] == 2)
            #expect(
                try await docket.number(
                    "SELECT count(*) AS value FROM docket_v1.failed_documents") == 0)
        }
    }
}
