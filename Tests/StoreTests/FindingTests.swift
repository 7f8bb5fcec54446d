import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

@Suite("Health findings")
struct FindingTests {
    private func names(_ office: Office) async throws -> [String] {
        try await office.store.findings().map(\.name)
    }

    private func filed() async throws -> Office {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A"), document("B")], rules: [Office.summary])
        #expect(try await names(office) == [])
        return office
    }

    @Test("tell of jobs that wait for more than a day")
    func backlog() async throws {
        let office = try await filed()
        _ = try await office.query(
            "UPDATE docket.jobs SET created_at = now() - interval '23 hours'")
        #expect(try await names(office) == [])
        _ = try await office.query(
            "UPDATE docket.jobs SET created_at = now() - interval '25 hours'")
        let finding = try await office.store.findings().first
        #expect(finding?.name == "backlog_old")
        #expect(finding?.detail.hasPrefix("summary: 2 jobs wait, the oldest since ") == true)
    }

    @Test("tell of documents that the daemon dies of")
    func killer() async throws {
        let office = try await filed()
        for _ in 0..<3 {
            let other = Instance(id: UUID(), host: "h", version: "1")
            try await office.store.register(other)
            #expect(try await office.claim(1, by: other).count == 1)
            try await office.kill(other)
            #expect(try await office.store.rescue() == 1)
        }
        let dead = try await office.store.deadLetters(limit: 9).map(\.documentID)
        let finding = try await office.store.findings().first { $0.name == "worker_killed" }
        #expect(finding?.level == "error")
        #expect(finding?.detail.hasSuffix("document \(try #require(dead.first))") == true)
        #expect(try await names(office).sorted() == ["dead_letters", "worker_killed"])
    }

    @Test("tell of a daemon that died, and of what nobody takes over")
    func lost() async throws {
        let office = try await filed()
        let other = Instance(id: UUID(), host: "attic", version: "1")
        try await office.store.register(other)
        #expect(try await office.claim(1, by: other).count == 1)
        let lease = try await office.store.claim(
            office.folder("Inbox"), by: other, onlyIfDue: false)
        #expect(lease != nil)
        try await office.kill(other)
        #expect(try await names(office) == [])
        _ = try await office.query(
            """
            UPDATE docket.instances SET lease_until = now() - interval '6 minutes'
            WHERE host = 'attic'
            """)
        let finding = try await office.store.findings().first
        #expect(finding?.name == "instance_lost")
        #expect(finding?.detail.hasPrefix("a daemon on attic is silent since ") == true)
        #expect(finding?.detail.hasSuffix(" and holds 1 jobs and 1 streams") == true)
        #expect(try await office.store.rescue() == 1)
        try await office.store.unregister(other)
        #expect(try await names(office) == [])
    }

    @Test("tell of an upgrade that was not finished")
    func versions() async throws {
        let office = try await filed()
        try await office.store.register(Instance(id: UUID(), host: "b", version: "2"))
        #expect(try await names(office) == [])
        _ = try await office.query(
            "UPDATE docket.instances SET started_at = now() - interval '2 hours'")
        let finding = try await office.store.findings().first
        #expect(finding?.name == "several_versions")
        #expect(finding?.detail == "daemons of versions 1, 2 run")
    }

    @Test("tell of streams that nobody reads, and of sources that ask for a long rest")
    func streams() async throws {
        let office = try await filed()
        _ = try await office.query(
            "UPDATE docket.streams SET next_poll_at = now() - interval '3 days'")
        let overdue = try await office.store.findings().first
        #expect(overdue?.name == "stream_overdue")
        #expect(overdue?.detail.hasPrefix("mail box@example.com: 1 streams are due since ") == true)
        _ = try await office.query(
            "UPDATE docket.streams SET parked_until = now() + interval '2 days'")
        let parked = try await office.store.findings().first
        #expect(parked?.name == "scope_parked")
        #expect(try await names(office).count == 1)
        _ = try await office.query(
            "UPDATE docket.streams SET parked_until = now() + interval '1 hour'")
        #expect(try await names(office) == [])
    }

    @Test("tell of records that were set aside, of deletions that wait, and of no daemon")
    func others() async throws {
        let office = try await filed()
        let failure = RecordFailure(
            sourceID: "X", stage: "normalize", reason: "r", message: "m", record: "{}")
        try await office.pass("Inbox", failures: [failure])
        #expect(try await names(office) == ["failed_records"])
        let many = try (0..<30).map { try document("M\($0)") }
        try await office.pass("Inbox", many)
        try await office.pass("Inbox", removals: many.map(\.document.sourceID))
        #expect(try await office.settle(holdAbove: 0.2) == .held(documents: 30, total: 32))
        #expect(try await names(office) == ["deletions_held", "failed_records"])
        try await office.kill(office.instance)
        #expect(try await names(office).contains("no_instance"))
    }

    @Test("tell of dead rows that slow the queue down")
    func dead() async throws {
        let office = try await filed()
        try await office.store.database.withConnection { connection in
            try connection.runScript(
                """
                ALTER TABLE docket.jobs SET (autovacuum_enabled = false);
                INSERT INTO docket.jobs (document_id, connector, recipe, fingerprint, want)
                SELECT n, 'x', 'x', '', '' FROM generate_series(1000, 26000) n;
                DELETE FROM docket.jobs WHERE connector = 'x'
                """)
            try connection.runScript("SELECT pg_stat_force_next_flush()")
            try connection.runScript("SELECT 1")
        }
        var found = try await names(office)
        for _ in 0..<500 where found.isEmpty {
            try await Task.sleep(for: .milliseconds(10))
            found = try await names(office)
        }
        #expect(found == ["dead_rows"])
        _ = try await office.query("VACUUM docket.jobs")
    }
}
