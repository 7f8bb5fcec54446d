import Connectors
import Domain
import Foundation
import JSON
import SandboxTesting
import Testing

/// Pitfalls of deletions: soft, hard, taken back, and a log that lags and forgets.
@Suite("Salesforce, what was deleted", .timeLimit(.minutes(5)))
struct SalesforceDeletionTests {
    private typealias Reading = SalesforceReading

    @Test("salesforce 11: deletions are seen, those past the recycle bin too, and taken back")
    func deletions() async throws {
        try await Reading.with { crm in
            var mirror = OrgMirror()
            var cursor = try await crm.round(into: &mirror)
            let ids = mirror.ids.sorted()
            _ = try await crm.crm.control("DELETE", "records/Case/\(ids[0])")
            _ = try await crm.crm.control("DELETE", "records/Case/\(ids[1])?hard=true&age=120")
            cursor = try await crm.round(at: cursor.deletionsUnknown(for: 6), into: &mirror)
            #expect(mirror.ids == Set(ids.dropFirst(2)))

            _ = try await crm.crm.control("POST", "records/Case/\(ids[0])/undelete")
            // Past the bin while it was in the bin.
            _ = try await crm.crm.control("DELETE", "records/Case/\(ids[2])")
            cursor = try await crm.round(at: cursor, into: &mirror)
            #expect(mirror.ids == Set([ids[0]] + ids.dropFirst(3)))
            _ = try await crm.crm.control("DELETE", "records/Case/\(ids[2])?hard=true&age=120")
            cursor = try await crm.round(at: cursor.deletionsUnknown(for: 6), into: &mirror)
            #expect(mirror.ids == (try await crm.truth()))
        }
    }

    @Test("salesforce 11: one record made of two leaves one")
    func merge() async throws {
        try await Reading.with(.init(objects: ["Contact"])) { crm in
            var mirror = OrgMirror()
            let cursor = try await crm.round("Contact", into: &mirror)
            let ids = mirror.ids.sorted()
            _ = try await crm.crm.control(
                "POST", "records/Contact/\(ids[0])/merge", ["loser": .string(ids[1])])
            try await crm.round("Contact", at: cursor, into: &mirror)
            #expect(mirror.ids == Set(ids).subtracting([ids[1]]))
        }
    }

    @Test(
        "salesforce 11: a log of deletions that does not reach back is no sign that there were none",
        arguments: [false, true])
    func forgotten(refusing: Bool) async throws {
        try await Reading.with { crm in
            var mirror = OrgMirror()
            let cursor = try await crm.round(into: &mirror)
            let since = Date().addingTimeInterval(-600).formatted(.iso8601)
            try await crm.crm.switches([
                "earliest_available": .string(since), "refuse_earlier": .bool(refusing),
            ])
            let feed = try await crm.feed()
            let page = try await feed.page(at: cursor.deletionsUnknown(for: 60))
            let error = await refusal { () throws(ConnectorError) in
                try await feed.page(at: page.cursor)
            }
            guard case .expired = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            // Longer than anybody remembers.
            let older = try await feed.page(at: cursor.deletionsUnknown(for: 16 * 1440))
            try await crm.crm.switches(["earliest_available": .null, "refuse_earlier": .null])
            let other = await refusal { () throws(ConnectorError) in
                try await feed.page(at: older.cursor)
            }
            guard case .expired = other else {
                Issue.record("\(String(describing: other))")
                return
            }
        }
    }

    @Test("salesforce 12: deletions are asked for from where the log was complete")
    func lag() async throws {
        try await Reading.with { crm in
            var mirror = OrgMirror()
            var cursor = try await crm.round(into: &mirror)
            let id = try #require(mirror.ids.min())
            try await crm.crm.switches(["replication_lag": 900])
            _ = try await crm.crm.control("DELETE", "records/Case/\(id)?hard=true&age=120")
            cursor = try await crm.round(at: cursor.deletionsUnknown(for: 30), into: &mirror)
            #expect(mirror.ids.contains(id))
            let since = try #require(cursor.position["deleted_from"]?.stringValue)
            let covered = try #require(Timestamp(since)?.date)
            #expect(covered < Date().addingTimeInterval(-890))
            try await crm.crm.switches(["replication_lag": .null])
            cursor = try await crm.round(at: cursor, into: &mirror)
            #expect(!mirror.ids.contains(id))
        }
    }

    @Test(
        "salesforce 12: times go by the endpoint's clock, and a short time is not asked for",
        arguments: [0, 86_400, -86_400])
    func clocks(ahead: Double) async throws {
        try await Reading.with(.init(ahead: ahead)) { crm in
            var mirror = OrgMirror()
            var cursor = try await crm.round(into: &mirror)
            // Less than the least time between two questions: the round ends at once.
            for _ in 0..<2 {
                let page = try await crm.feed().page(at: cursor)
                cursor = page.cursor
                guard case .delta = cursor else {
                    Issue.record("deletions of a moment are asked for")
                    return
                }
            }
            let id = try #require(mirror.ids.min())
            _ = try await crm.crm.control("DELETE", "records/Case/\(id)?hard=true&age=120")
            try await crm.round(at: cursor.deletionsUnknown(for: 6), into: &mirror)
            #expect(!mirror.ids.contains(id))
        }
    }
}
