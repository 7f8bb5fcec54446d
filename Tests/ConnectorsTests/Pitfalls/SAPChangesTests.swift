import Connectors
import Domain
import Foundation
import HTTPServer
import JSON
import Synchronization
import Testing

@Suite("SAP pitfalls of changes", .timeLimit(.minutes(5)))
struct SAPChangesTests {
    private static let set = SAPGateway.service + "/A_Thing"

    @Test("sap 6: changes are asked for in Atom, and tombstones remove")
    func tombstones() async throws {
        let delta = Self.set + "?!deltatoken='1'"
        let gateway = try SAPGateway { request in
            guard request.query == "!deltatoken='1'" else {
                return .rows([.thing("1"), .thing("2")], delta: delta)
            }
            guard request.header("Accept")?.hasPrefix("application/atom+xml") == true else {
                return .rows([], delta: delta)
            }
            return .atom(
                """
                <at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0"
                  ref="http://internal\(Self.set)('1')" when="2026-01-15T08:00:00Z"/>
                <link rel="delta" href="A_Thing?!deltatoken='2'"/>
                """)
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        try await mirror.pass(feed)
        #expect(mirror.filed.keys.sorted() == ["A_Thing('2')"])
    }

    @Test(
        "sap 6, sap 7: gone rows of a change queue remove, before-images change nothing, and changes are confirmed when they are filed"
    )
    func queue() async throws {
        let delta = Self.set + "?!deltatoken='1'"
        let gateway = try SAPGateway { request in
            guard request.query == "!deltatoken='1'" else {
                return .rows([.thing("1", name: "old"), .thing("2")], delta: delta)
            }
            func row(_ id: String, _ name: String, _ mode: String, _ count: String) -> JSON {
                JSON.thing(id, name: name).merging([
                    "ODQ_CHANGEMODE": .string(mode), "ODQ_ENTITYCNTR": .string(count),
                ])
            }
            return .rows(
                [row("1", "new", "U", "1"), row("1", "old", "U", "-1"), row("2", "", "D", "-1")],
                delta: Self.set + "?!deltatoken='2'")
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        gateway.forget()
        try await mirror.pass(feed)
        // To ask for the next changes confirms these, so it waits until they are filed.
        #expect(gateway.asked.map(\.query) == ["!deltatoken='1'"])
        #expect(mirror.filed.count == 1)
        #expect(mirror.filed["A_Thing('1')"]?["Name"] == "new")
    }

    @Test("sap 6: a changed row that lacks what has not changed is no whole one")
    func partial() async throws {
        let delta = Self.set + "?!deltatoken='1'"
        let gateway = try SAPGateway { request in
            request.query == "!deltatoken='1'"
                ? .rows([["Thing": "1", "Name": .null]], delta: delta)
                : .rows([.thing("1", stamp: "/Date(1768460400123)/")], delta: delta)
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        try await mirror.pass(feed)
        #expect(mirror.filed["A_Thing('1')"]?["Stamp"] == "/Date(1768460400123)/")
        #expect(mirror.filed["A_Thing('1')"]?["Name"] == .null)
    }

    @Test(
        "sap 7: a subscription that another reader took is made anew", arguments: [400, 404, 410])
    func stolen(status: Int) async throws {
        let isStolen = Mutex(false)
        let gateway = try SAPGateway { request in
            guard request.query?.contains("deltatoken") == true else {
                return .rows(
                    [.thing(isStolen.withLock { $0 } ? "2" : "1")],
                    delta: Self.set + "?!deltatoken='1'")
            }
            return isStolen.withLock { $0 }
                ? .refusal(status) : .rows([], delta: Self.set + "?!deltatoken='1'")
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        isStolen.withLock { $0 = true }
        try await mirror.pass(feed)
        #expect(mirror.filed.keys.sorted() == ["A_Thing('2')"])
    }

    @Test("sap 7: the newest link of the set of links is used where answers have none")
    func separate() async throws {
        let gateway = try SAPGateway { request in
            if request.path.hasSuffix("/DeltaLinksOfA_Thing") {
                return .json(200, #"{"d":{"results":[{"DeltaToken":"D1"},{"DeltaToken":"D2"}]}}"#)
            }
            let tracked = [("Preference-Applied", "odata.track-changes")]
            return request.query == "!deltatoken='D2'"
                ? .rows([.thing("2")], delta: Self.set + "?!deltatoken='D3'")
                : .rows([.thing("1")], headers: tracked)
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        try await mirror.pass(feed)
        #expect(mirror.filed.count == 2)
        #expect(mirror.resets == 0)
    }

    // Times

    private static func conditions(_ gateway: SAPGateway) -> [String] {
        gateway.asked.compactMap { $0.queryItem("$filter") }
    }

    @Test("sap 8: of a date alone the last day is read again, the latest time included")
    func days() async throws {
        let gateway = try SAPGateway { _ in
            // 2026-01-14 and 2026-01-15.
            .rows(
                [
                    ["Thing": "1", "Stamp": "/Date(1768348800000)/"],
                    ["Thing": "2", "Stamp": "/Date(1768435200000)/"],
                ], set: "A_Day")
        }
        let feed = try await gateway.reader([["name": "A_Day", "modified": "Stamp"]]).feed()
        var mirror = Mirror()
        for _ in 0..<3 { try await mirror.pass(feed) }
        #expect(mirror.resets == 0)
        // Also the day before it, for what was committed late.
        #expect(
            Self.conditions(gateway)
                == .init(
                    repeating: "Stamp ge datetime'2026-01-14T00:00:00'", count: 2))
    }

    @Test("sap 8: changes made while a long round was read are asked for with the next")
    func longRound() async throws {
        let gateway = try SAPGateway { request in
            guard request.queryItem("$filter") == nil else { return .rows([]) }
            guard request.queryItem("$skiptoken") == nil else {
                // It changed an hour after the first page was read.
                return .rows(
                    [.thing("2", stamp: "/Date(1768467600000)/")],
                    headers: [("Date", "Thu, 15 Jan 2026 09:30:00 GMT")])
            }
            return .rows(
                [.thing("1", stamp: "/Date(1768456800000)/")], next: Self.set + "?$skiptoken='2'",
                headers: [("Date", "Thu, 15 Jan 2026 08:00:00 GMT")])
        }
        let feed = try await gateway.reader([["name": "A_Thing", "modified": "Stamp"]]).feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        try await mirror.pass(feed)
        // Ten minutes before the first page, for what was committed late.
        #expect(
            Self.conditions(gateway).last == "Stamp ge datetimeoffset'2026-01-15T07:50:00.000Z'")
    }

    @Test("sap 8: deletions and changes without a stamp are found by reading all anew once a day")
    func reconciled() async throws {
        let rows = Mutex([
            JSON.thing("1", stamp: "/Date(1768435200123)/"),
            .thing("2", stamp: "/Date(1768435200456)/"),
        ])
        let gateway = try SAPGateway { request in
            request.queryItem("$filter") == nil ? .rows(rows.withLock { $0 }) : .rows([])
        }
        let feed = try await gateway.reader([["name": "A_Thing", "modified": "Stamp"]]).feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        // A change of what belongs to it, such as a text, leaves the stamp as it was.
        rows.withLock { rows in
            rows[0] = .thing("1", name: "changed", stamp: "/Date(1768435200123)/")
            rows.removeLast()
        }
        try await mirror.pass(feed, now: FixedTime.start.addingTimeInterval(3600))
        #expect(mirror.filed.count == 2)
        try await mirror.pass(feed, now: FixedTime.start.addingTimeInterval(90_000))
        #expect(mirror.filed.keys.sorted() == ["A_Thing('1')"])
        #expect(mirror.filed["A_Thing('1')"]?["Name"] == "changed")
    }

    @Test("sap 8: a set without delta links and stamps is compared whole each time")
    func snapshot() async throws {
        let rows = Mutex([JSON.thing("1"), .thing("2")])
        let gateway = try SAPGateway { request in
            request.header("Prefer")?.contains("track-changes") == true
                ? .refusal(400, "Delta is not supported") : .rows(rows.withLock { $0 })
        }
        let feed = try await gateway.reader().feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        rows.withLock { _ = $0.removeLast() }
        try await mirror.pass(feed)
        #expect(mirror.filed.keys.sorted() == ["A_Thing('1')"])
    }

    @Test("sap 8: a set whose stamp no row has is compared whole each time")
    func absentStamp() async throws {
        let rows = Mutex([JSON.thing("1"), .thing("2")])
        let gateway = try SAPGateway { _ in .rows(rows.withLock { $0 }) }
        let feed = try await gateway.reader([["name": "A_Thing", "modified": "Other"]]).feed()
        var mirror = Mirror()
        try await mirror.pass(feed)
        rows.withLock { _ = $0.removeLast() }
        try await mirror.pass(feed)
        #expect(mirror.filed.keys.sorted() == ["A_Thing('1')"])
    }

    @Test("sap 8: a link that belongs to a filtered part is no link to the changes of the whole")
    func filteredDelta() async throws {
        let gateway = try SAPGateway { request in
            .rows(
                [.thing("1", stamp: "/Date(1768435200123)/")],
                delta: request.queryItem("$filter") == nil ? nil : Self.set + "?!deltatoken='part'")
        }
        let feed = try await gateway.reader([["name": "A_Thing", "modified": "Stamp"]]).feed()
        var mirror = Mirror()
        for _ in 0..<3 { try await mirror.pass(feed) }
        #expect(!gateway.asked.contains { $0.query?.contains("deltatoken") == true })
    }

    @Test("sap 16: texts in several languages stay apart, and the language asked for is constant")
    func languages() async throws {
        let gateway = try SAPGateway { _ in
            .rows(
                ["EN", "DE"].map {
                    ["Thing": "1", "Language": .string($0), "Name": .string("in \($0)")]
                }, set: "A_Text")
        }
        let feed = try await gateway.reader(["A_Text"], connection: ["language": "DE"]).feed()
        let page = try await feed.page(at: .start)
        #expect(
            page.records.map(\.sourceID) == [
                "A_Text(Thing='1',Language='EN')", "A_Text(Thing='1',Language='DE')",
            ])
        for request in gateway.asked {
            #expect(request.header("sap-language") == "DE")
            #expect(request.header("Accept-Language") == "DE")
        }
    }
}
