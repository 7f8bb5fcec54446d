import JSON
import Postgres
import Testing

extension Installation {
    /// The source ids of the live documents; each must be there once.
    func filed(sourceLocation: SourceLocation = #_sourceLocation) async throws -> Set<String> {
        let ids = try await texts("SELECT source_id AS value FROM docket_v1.documents")
        let unique = Set(ids)
        #expect(unique.count == ids.count, sourceLocation: sourceLocation)
        return unique
    }

    /// The source ids of the deleted ones.
    func tombstones() async throws -> [String] {
        try await texts(
            """
            SELECT source_id AS value FROM docket_v1.document_history
            WHERE deleted_at IS NOT NULL ORDER BY source_id
            """)
    }

    /// Lets the leases of killed daemons lapse: what else takes them thirty seconds.
    func lapseLeases() async throws {
        _ = try await rows("UPDATE docket.instances SET lease_until = now() - interval '1 second'")
    }
}

extension Tenant {
    /// Adds synthetic mails to a folder.
    func generate(_ count: Int, in folder: String, of mailbox: String = .sales) async throws {
        try await control(
            "POST", "generate",
            [
                "mailbox": .string(mailbox), "folder": .string(folder), "count": JSON(count),
                "body_bytes": 300,
            ])
    }

    /// Makes every page of mails take longer, so that there is time to disturb its reading.
    func slowDown(milliseconds: Int) async throws {
        try await fault([
            "path": "*messages/delta*", "fault": "delay", "count": "always",
            "milliseconds": JSON(milliseconds),
        ])
    }
}
