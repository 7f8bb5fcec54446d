import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

@Suite("Leases")
struct LeaseTests {
    @Test("a stream is one daemon's at a time, and another's when that one dies")
    func takeover() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let other = try await Office(store: office.store)
        _ = try await office.lease("Inbox")
        let inbox = office.folder("Inbox")
        #expect(
            try await other.store.claim(inbox, by: other.instance, onlyIfDue: false) == nil)
        #expect(
            try await office.store.claim(inbox, by: office.instance, onlyIfDue: false) == nil)
        try await office.kill(office.instance)
        #expect(
            try await other.store.claim(inbox, by: other.instance, onlyIfDue: false) != nil)
    }

    @Test("fault 32: of many that claim one stream at once exactly one gets it")
    func race() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        for _ in 0..<10 {
            let leases: [StreamLease] = try await withThrowingTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await office.store.claim(office.folder("Inbox"), by: office.instance)
                    }
                }
                return try await group.reduce(into: []) { if let lease = $1 { $0.append(lease) } }
            }
            #expect(leases.count == 1)
            for lease in leases {
                try await office.store.release(lease, outcome: .success, nextPollAt: .now - 1)
            }
        }
    }

    @Test("a stream is left alone before its time and while it is parked")
    func schedule() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let inbox = office.folder("Inbox")
        let first = try #require(try await office.store.claim(inbox, by: office.instance))
        try await office.store.release(first, outcome: .success, nextPollAt: .now + 60)
        #expect(try await office.store.claim(inbox, by: office.instance) == nil)
        let second = try await office.lease("Inbox")
        try await office.store.release(
            second, outcome: .parked(until: .now + 60), nextPollAt: .now - 1)
        #expect(try await office.store.claim(inbox, by: office.instance) == nil)
        #expect(
            try await office.texts("SELECT state AS v FROM docket_v1.connector_status")
                == ["parked"])
        let third = try await office.lease("Inbox")
        try await office.store.release(third, outcome: .failed("no\0"), nextPollAt: .now - 1)
        #expect(try await office.store.claim(inbox, by: office.instance) != nil)
        let runs = try await office.texts(
            "SELECT concat_ws(' ', state, error) AS v FROM docket_v1.sync_runs ORDER BY started_at")
        #expect(runs == ["succeeded", "parked", "failed no", "running"])
    }

    @Test("the cursor is where the last page left it")
    func cursor() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        let first = try await office.lease("Inbox")
        #expect(first.cursor == .start)
        #expect(first.epoch == 1)
        try await office.store.release(first, outcome: .success, nextPollAt: .now)
        try await office.pass("Inbox")
        let second = try await office.lease("Inbox")
        #expect(second.cursor == .delta("d"))
        #expect(second.stream == office.folder("Inbox"))
    }

    @Test("a claim that nobody knows of, its answer lost, ends by itself")
    func forgottenClaims() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A")], rules: [Office.summary])
        _ = try await office.lease("Inbox")
        #expect(try await office.claim().count == 1)
        _ = try await office.query(
            "UPDATE docket.streams SET lease_until = lease_until - interval '15 minutes'")
        _ = try await office.query(
            "UPDATE docket.jobs SET deadline_at = deadline_at - interval '1 hour'")
        _ = try await office.lease("Inbox")
        #expect(try await office.store.rescue() == 1)
        #expect(try await office.claim().count == 1)
    }

    @Test("an absurd time to wait is cut, and not an error")
    func absurdTimes() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A")], rules: [Office.summary])
        let lease = try await office.lease("Inbox")
        let never = Date(timeIntervalSince1970: .infinity)
        try await office.store.release(lease, outcome: .parked(until: never), nextPollAt: never)
        let claimed = try #require(try await office.claim().first)
        let wait = Duration.seconds(1_000_000_000_000_000_000)
        #expect(try await office.store.snooze(claimed.job, claim: claimed.claim, for: wait))
        #expect(try await office.claim() == [])
        let due = try await office.texts(
            "SELECT due_at < now() + interval '8 days' AS v FROM docket.jobs")
        #expect(due == ["t"])
    }

    @Test("a lapsed lease can not be extended")
    func fenced() async throws {
        let office = try await Office()
        try await office.store.heartbeat(office.instance)
        try await office.kill(office.instance)
        await #expect(throws: StoreError.instanceLost) {
            try await office.store.heartbeat(office.instance)
        }
    }

    @Test("a daemon that could not tell how a job ended becomes another, and the job is free")
    func doubted() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [try document("A")], rules: [Office.summary])
        let membership = try await Membership(
            store: office.store, host: "host", version: "1"
        ) { _ in }
        let former = membership.now
        #expect(try await office.claim(by: former).count == 1)
        membership.doubt()
        let beating = Task { await membership.beat() }
        defer { beating.cancel() }
        while membership.now == former { try await Task.sleep(for: .milliseconds(50)) }
        // Given back by the same beat, a moment later.
        var claimed: [ClaimedJob] = []
        while claimed.isEmpty { claimed = try await office.claim(by: membership.now) }
        #expect(claimed.first?.job.attempt == 1)
    }

    @Test("an orderly stop gives everything back at once")
    func unregister() async throws {
        let office = try await Office()
        try await office.ensure("Inbox", "Archive")
        try await office.pass("Inbox", [document("A")], rules: [Office.summary])
        _ = try await office.lease("Archive")
        #expect(try await office.claim().count == 1)
        try await office.store.unregister(office.instance)
        let other = try await Office(store: office.store)
        _ = try await other.lease("Archive")
        #expect(try await other.claim().first?.job.attempt == 1)
    }

    @Test("a scope that fails before it has a stream shows, and stops showing when it works")
    func scopeFailure() async throws {
        let office = try await Office()
        try await office.store.recordFailure(
            connector: "mail", scope: "box@example.com", outcome: .failed("no such mailbox"),
            startedAt: .now)
        let status = try await office.texts(
            "SELECT concat_ws(' ', scope, state, error) AS v FROM docket_v1.connector_status")
        #expect(status == ["box@example.com failing no such mailbox"])
        try await office.ensure("Inbox")
        #expect(
            try await office.texts("SELECT state AS v FROM docket_v1.connector_status") == ["new"])
    }
}
