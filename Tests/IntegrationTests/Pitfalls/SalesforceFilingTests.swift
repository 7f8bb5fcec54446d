import Foundation
import JSON
import Postgres
import Testing

/// Pitfalls of Salesforce whose end is in the database.
@Suite("Salesforce, filed", .timeLimit(.minutes(5)))
struct SalesforceFilingTests {
    private static let everything =
        "[Account, Contact, Case, CaseComment, EmailMessage, FeedItem, Knowledge__kav, Task, "
        + "{name: Project__c, title: Name}]"

    /// An installation that reads the org.
    private func filing(
        _ objects: String, files: Bool = false, _ body: (Installation) async throws -> Void
    ) async throws {
        var configured = Configured()
        configured.connectors = { tenant in
            [
                "crm": """
                name: crm
                connector: salesforce
                connection:
                  login_url: \(tenant.fact("crm_login_url"))
                  client_id: \(tenant.fact("crm_client_id"))
                  client_secret: ${file:../crm}
                  api_version: "\(tenant.fact("crm_api_version"))"
                scope: {objects: \(objects), files: \(files)}
                limits: {requests_per_second: 1000}

                """
            ]
        }
        try await Installation.with(configured) { docket in
            try docket.write(docket.tenant.fact("crm_client_secret"), to: "crm", mode: 0o600)
            try await body(docket)
        }
    }

    private func filed(_ docket: Installation) async throws -> Set<String> {
        Set(try await docket.texts("SELECT source_id AS value FROM docket_v1.documents"))
    }

    /// The ids of what a client holds that has read all of these objects.
    private func truth(_ docket: Installation, _ objects: String...) async throws -> Set<String> {
        let rows = try await docket.tenant.control("GET", "crm/truth").arrayValue ?? []
        let wanted = rows.filter { row in
            objects.isEmpty || objects.contains(row["scope"]?.stringValue ?? "")
        }
        return Set(wanted.compactMap { $0["source_id"]?.stringValue })
    }

    private func filedTitles(_ docket: Installation) async throws -> [String: String] {
        var titles: [String: String] = [:]
        for row in try await docket.rows("SELECT source_id, title FROM docket_v1.documents") {
            titles[try row.get("source_id")] = try row.get("title") as String
        }
        return titles
    }

    private func trueTitles(_ docket: Installation) async throws -> [String: String] {
        var titles: [String: String] = [:]
        for row in try await docket.tenant.control("GET", "crm/truth").arrayValue ?? [] {
            titles[try #require(row["source_id"]?.stringValue)] = row["title"]?.stringValue
        }
        return titles
    }

    /// As if deletions had last been asked for half an hour ago.
    private func forgetDeletions(_ docket: Installation) async throws {
        _ = try await docket.rows(
            """
            UPDATE docket.streams SET cursor = jsonb_set(cursor::jsonb, '{deleted_from}',
                to_jsonb(to_char((now() - interval '30 minutes') AT TIME ZONE 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS"Z"')))::text
            WHERE cursor_kind = 'delta'
            """)
    }

    @Test("salesforce: an org is filed as it is, its files too, and follows what changes there")
    func everything() async throws {
        try await filing(Self.everything, files: true) { docket in
            try await docket.run()
            #expect(try await filedTitles(docket) == (try await trueTitles(docket)))
            for seed in 1...2 {
                try await docket.tenant.control(
                    "POST", "crm/mutate", ["count": 40, "seed": JSON(seed)])
                try await docket.run()
            }
            // What was deleted past the bin within this minute is in the log with the next.
            let (filed, truth) = (try await filedTitles(docket), try await trueTitles(docket))
            let gone = Set(filed.keys).subtracting(truth.keys)
            let purged = try await docket.tenant.control("GET", "crm/state")["objects"]?.arrayValue
            let count = purged?.compactMap { $0["purged"]?.intValue }.reduce(0, +) ?? 0
            #expect(gone.count <= count)
            // What is not gone is there as it is now.
            #expect(filed.merging(truth) { $1 } == filed)
        }
    }

    @Test("salesforce 11: what is deleted past the bin is found and becomes a tombstone")
    func hardDeletion() async throws {
        try await filing("[Case]") { docket in
            try await docket.run()
            let id = try #require(try await filed(docket).min())
            try await docket.tenant.control(
                "DELETE", "crm/records/Case/\(id)?hard=true&age=120")
            try await forgetDeletions(docket)
            try await docket.run()
            #expect(try await filed(docket) == (try await truth(docket, "Case")))
            let gone = try await docket.texts(
                """
                SELECT source_id AS value FROM docket_v1.document_history
                WHERE deleted_at IS NOT NULL
                """)
            #expect(gone == [id])
        }
    }

    @Test("salesforce 11: where the log of deletions does not reach back all is read anew")
    func forgottenDeletions() async throws {
        try await filing("[Case]") { docket in
            try await docket.run()
            let id = try #require(try await filed(docket).min())
            try await docket.tenant.control(
                "DELETE", "crm/records/Case/\(id)?hard=true&age=900")
            let earliest = Date().addingTimeInterval(-600).formatted(.iso8601)
            try await docket.tenant.control(
                "POST", "crm/switches", ["earliest_available": .string(earliest)])
            try await forgetDeletions(docket)
            try await docket.run()
            #expect(try await filed(docket) == (try await truth(docket, "Case")))
        }
    }

    @Test("salesforce 17: a field that is hidden between two passes does not stop the second")
    func hidden() async throws {
        try await filing("[Case]") { docket in
            try await docket.run()
            try await docket.tenant.control(
                "POST", "crm/hide", ["object": "Case", "field": "Description"])
            let made = try await docket.tenant.control(
                "POST", "crm/records/Case", ["fields": ["Subject": "After"]])
            try await docket.run()
            #expect(try await filed(docket).contains(try #require(made["id"]?.stringValue)))
            #expect(try await filed(docket) == (try await truth(docket, "Case")))
        }
    }

    @Test("salesforce 18: a spent quota shows as parked with a time, and the rest comes later")
    func quota() async throws {
        try await filing("[Case, Account]") { docket in
            try await docket.tenant.control("POST", "crm/switches", ["quota_max": 1])
            let outcome = try await docket.docket("run", "--once")
            #expect(outcome.status == 69)
            let parked = try await docket.number(
                """
                SELECT count(*) AS value FROM docket_v1.connector_status
                WHERE state = 'parked' AND parked_until > now() + interval '10 minutes'
                """)
            #expect(parked >= 1)
            try await docket.tenant.control("POST", "crm/switches", ["quota_max": .null])
            try await docket.tenant.control("POST", "crm/reset-quota")
            try await docket.run()
            #expect(try await filed(docket) == (try await truth(docket, "Case", "Account")))
        }
    }

    @Test("salesforce: an object that is throttled for long holds up no other")
    func throttledObject() async throws {
        try await filing("[Account, Case]") { docket in
            try await docket.tenant.fault([
                "path": "*/sobjects/Account/describe*", "count": 100, "fault": "status",
                "status": 503, "retry_after": "3600",
            ])
            let outcome = try await docket.docket("run", "--once")
            #expect(outcome.status == 1)
            #expect(try await filed(docket) == (try await truth(docket, "Case")))
            let parked = try await docket.texts(
                "SELECT scope AS value FROM docket_v1.connector_status WHERE state = 'parked'")
            #expect(parked == ["Account"])
        }
    }

    @Test("salesforce 23: an article that leaves is a tombstone, and its successor is filed")
    func articles() async throws {
        try await filing("[Knowledge__kav]") { docket in
            try await docket.run()
            let id = try #require(try await filed(docket).min())
            try await docket.tenant.control(
                "PATCH", "crm/records/Knowledge__kav/\(id)",
                ["fields": ["PublishStatus": "Archived"]])
            let made = try await docket.tenant.control(
                "POST", "crm/records/Knowledge__kav",
                [
                    "fields": [
                        "Title": "Next", "PublishStatus": "Online", "IsLatestVersion": true,
                        "Language": "en_US",
                    ]
                ])
            try await docket.run()
            #expect(try await filed(docket) == (try await truth(docket, "Knowledge__kav")))
            #expect(try await filed(docket).contains(try #require(made["id"]?.stringValue)))
        }
    }
}
