import Connectors
import Domain
import Foundation
import JSON
import SandboxTesting
import Testing

/// Pitfalls of reading by stamps: ties, late commits, what changes meanwhile, lost places.
@Suite("Salesforce, in the order of stamps", .timeLimit(.minutes(5)))
struct SalesforceOrderTests {
    private typealias Reading = SalesforceReading

    @Test("salesforce 1: records of one moment are all read though a page ends among them")
    func ties() async throws {
        try await Reading.with { crm in
            _ = try await crm.crm.control(
                "POST", "generate", ["object": "Case", "count": 2_500, "body_bytes": 10])
            try await crm.crm.switches(["page_size": 400])
            var mirror = OrgMirror()
            let end = try await crm.round(into: &mirror) { number in
                if number == 2 || number == 4 {
                    _ = try await crm.crm.control("POST", "expire-feeds")
                }
            }
            #expect(mirror.ids == (try await crm.truth()))

            // A crash in the midst of them, and the locators are gone as well.
            var second = OrgMirror()
            var cursor = Cursor.start
            for _ in 0..<3 {
                let page = try await crm.feed().page(at: cursor)
                second.apply(page)
                cursor = page.cursor
            }
            _ = try await crm.crm.control("POST", "expire-feeds")
            try await crm.round(at: cursor, into: &second)
            #expect(second.ids == mirror.ids)

            // One more of the very moment where the round before ended.
            let stamp = try #require(end.position["high"]?.stringValue)
            let late = try await crm.crm.create("Case", ["Subject": "Late"])
            try await crm.restamp("Case", late, stamp)
            try await crm.round(at: end, into: &mirror)
            #expect(mirror.date(late) == Timestamp(stamp)?.date)
        }
    }

    @Test(
        "salesforce 2: what was committed late is found with its older stamp, whatever our clock",
        arguments: [0, 86_400, -86_400])
    func lateCommit(ahead: Double) async throws {
        try await Reading.with(.init(ahead: ahead)) { crm in
            let held = try await crm.crm.create("Case", ["Subject": "Held"], ["commit": false])
            var mirror = OrgMirror()
            var cursor = try await crm.round(into: &mirror)
            #expect(!mirror.ids.contains(held))
            let after = try await crm.crm.create("Case", ["Subject": "After"])
            cursor = try await crm.round(at: cursor, into: &mirror)
            #expect(mirror.ids.contains(after))
            _ = try await crm.crm.control("POST", "records/Case/\(held)/commit")
            let late = try await crm.crm.create("Case", ["Subject": "Late"], ["stamp_age": 590])
            try await crm.round(at: cursor, into: &mirror)
            #expect(mirror.ids.isSuperset(of: [held, late]))
        }
    }

    @Test("salesforce 3: a page that was not filed is read again, and nothing moves the watermark")
    func notFiled() async throws {
        try await Reading.with { crm in
            try await crm.crm.switches(["page_size": 5])
            let first = try await crm.feed().page(at: .start)
            let lost = try await crm.feed().page(at: first.cursor)
            let again = try await crm.feed().page(at: first.cursor)
            #expect(!lost.records.isEmpty)
            #expect(again.records.map(\.sourceID) == lost.records.map(\.sourceID))

            var mirror = OrgMirror()
            var cursor = try await crm.round(into: &mirror)
            let high = cursor.position["high"]
            #expect(high != nil)
            for _ in 0..<3 { cursor = try await crm.round(at: cursor, into: &mirror) }
            #expect(cursor.position["high"] == high)
        }
    }

    @Test("salesforce 3: rounds that show nothing move no watermark")
    func emptyRounds() async throws {
        try await Reading.with { crm in
            let id = try await crm.crm.create("Case", ["Subject": "Last"], ["stamp_age": 3600])
            var mirror = OrgMirror()
            var cursor = try await crm.round(into: &mirror)
            let high = cursor.position["high"]
            let stamp = try #require(mirror.date(id))
            #expect(Timestamp(high?.stringValue ?? "")?.date == stamp)
            // Else the overlap shows it again each time.
            _ = try await crm.crm.control("DELETE", "records/Case/\(id)?hard=true&age=120")
            for _ in 0..<2 {
                mirror.seen = []
                cursor = try await crm.round(at: cursor, into: &mirror)
                #expect(mirror.seen.isEmpty)
                #expect(cursor.position["high"] == high)
            }
        }
    }

    @Test("salesforce 3: what changes on a page that was read is found, whatever follows")
    func changesBehind() async throws {
        // Without an overlap, which would hide it for ten minutes.
        try await Reading.with(.init(changes: [("overlap: 10m", "overlap: 0s")])) { crm in
            try await crm.crm.switches(["page_size": 10])
            let first = try await crm.feed().page(at: .start)
            let early = try #require(first.records.first?.sourceID)
            var mirror = OrgMirror()
            mirror.apply(first)
            try await Task.sleep(for: .milliseconds(1100))
            try await crm.patch("Case", early, ["Subject": "Changed behind"])
            try await Task.sleep(for: .milliseconds(1100))
            // Every other one, so that also the last of each page has a later stamp.
            for id in try await crm.truth() where id != early {
                try await crm.patch("Case", id, ["Priority": "High"])
            }
            var cursor = try await crm.round(at: first.cursor, into: &mirror)
            cursor = try await crm.round(at: cursor, into: &mirror)
            #expect(mirror.text(early, "Subject") == "Changed behind")
        }
    }

    @Test("salesforce 4: stamps come with an offset without a colon, and arrive as meant")
    func stamps() async throws {
        try await Reading.with { crm in
            var mirror = OrgMirror()
            let cursor = try await crm.round(into: &mirror)
            let stamp = try #require(mirror.records.values.first?["SystemModstamp"]?.stringValue)
            #expect(stamp.hasSuffix(".000+0000"))
            let id = try #require(mirror.ids.min())
            try await crm.patch("Case", id, ["Subject": "A + B = 100 %"])
            var second = OrgMirror()
            try await crm.round(at: cursor.deletionsUnknown(for: 30), into: &second)
            #expect(second.text(id, "Subject") == "A + B = 100 %")
            #expect(second.ids.count < mirror.ids.count)
        }
    }

    @Test("salesforce 9: a locator is followed as it is, with nothing added to it")
    func followed() async throws {
        try await Reading.with { crm in
            _ = try await crm.crm.control(
                "POST", "generate", ["object": "Case", "count": 300, "body_bytes": 10])
            try await crm.crm.switches(["page_size": 100])
            var mirror = OrgMirror()
            var (shown, links) = (0, 0)
            let feed = try await crm.feed()
            var cursor = Cursor.start
            repeat {
                let page = try await feed.page(at: cursor)
                shown += page.records.count
                mirror.apply(page)
                cursor = page.cursor
                if cursor.position["link"] != nil { links += 1 }
            } while cursor.position["link"] != nil
            #expect(mirror.ids == (try await crm.truth()))
            #expect(shown == mirror.ids.count)
            // The org refuses what is added, and docket would begin behind the last record.
            #expect(links >= 3)
            let statuses = try await crm.crm.sandbox.control("GET", "requests")["statuses"]
            #expect(statuses?["200"] != nil)
            #expect(statuses?["400"] == nil)
        }
    }

    @Test("salesforce 9: a lost locator goes on behind the last record")
    func locators() async throws {
        try await Reading.with { crm in
            _ = try await crm.crm.control(
                "POST", "generate",
                ["object": "Case", "count": 600, "body_bytes": 10, "seconds": 80_000])
            try await crm.crm.switches(["page_size": 100])
            var mirror = OrgMirror()
            var shown = 0
            let feed = try await crm.feed()
            var cursor = Cursor.start
            repeat {
                let page = try await feed.page(at: cursor)
                shown += page.records.count
                mirror.apply(page)
                cursor = page.cursor
                let link = cursor.position["link"]?.stringValue
                #expect(link?.contains("?") != true && link?.hasPrefix("http") != true)
                _ = try await crm.crm.control("POST", "expire-feeds")
            } while cursor.position["link"] != nil
            #expect(mirror.ids == (try await crm.truth()))
            // It did not begin from the beginning; only what is young is read twice.
            #expect(shown < mirror.ids.count + 20)
        }
    }

    @Test("salesforce 9: a lost place loses nothing where the page's last record has changed")
    func lostPlace() async throws {
        try await Reading.with { crm in
            _ = try await crm.crm.control(
                "POST", "generate",
                ["object": "Case", "count": 300, "body_bytes": 10, "seconds": 80_000])
            try await crm.crm.switches(["page_size": 60])
            let order = try await crm.crm.ids("SELECT Id FROM Case ORDER BY SystemModstamp, Id")
            var mirror = OrgMirror()
            try await crm.round(into: &mirror) { number in
                // What ends the next page gets the latest stamp of all.
                if number < 4 { try await crm.patch("Case", order[60 * (number + 1) - 1], [:]) }
                if number == 2 || number == 4 {
                    _ = try await crm.crm.control("POST", "expire-feeds")
                }
            }
            #expect(mirror.ids == (try await crm.truth()))
        }
    }

    @Test("salesforce 10: a page that is shorter than asked for is not the last")
    func shortPages() async throws {
        try await Reading.with { crm in
            try await crm.crm.switches(["page_size": 1])
            let order = try await crm.crm.ids("SELECT Id FROM Case ORDER BY SystemModstamp, Id")
            var mirror = OrgMirror()
            try await crm.round(into: &mirror) { number in
                // The next page is empty, as its record has gone; there are more.
                if number == 2 {
                    _ = try await crm.crm.control("DELETE", "records/Case/\(order[2])?hard=true")
                }
            }
            #expect(mirror.ids == (try await crm.truth()))
        }
    }

    @Test(
        "salesforce: nothing is lost, whatever changes between pages",
        arguments: [1, 2, 3], ["Case", "Project__c"])
    func randomChanges(seed: Int, object: String) async throws {
        try await Reading.with(.init(objects: .array([.string(object)]))) { crm in
            _ = try await crm.crm.control(
                "POST", "generate",
                ["object": .string(object), "count": 200, "body_bytes": 10, "seconds": 3_000])
            try await crm.crm.switches(["page_size": 17])
            var step = 0
            func change(_ number: Int) async throws {
                step += 1
                _ = try await crm.crm.control(
                    "POST", "mutate", ["count": 15, "seed": JSON(seed * 1000 + step)])
                if (step + seed) % 4 == 0 { _ = try await crm.crm.control("POST", "expire-feeds") }
            }
            var mirror = OrgMirror()
            var cursor = try await crm.round(object, into: &mirror, between: change)
            for _ in 0..<3 {
                cursor = try await crm.round(
                    object, at: cursor.deletionsUnknown(for: 10), into: &mirror, between: change)
            }
            // Read anew, with what it did not show taken away.
            mirror.seen = []
            cursor = try await crm.round(object, into: &mirror, between: change)
            mirror.sweep()
            cursor = try await crm.round(object, at: cursor, into: &mirror)
            cursor = try await crm.round(object, at: cursor.deletionsAsked(), into: &mirror)
            #expect(mirror.ids == (try await crm.truth(object)))
            let name = object == "Case" ? "Subject" : "Name"
            for record in try await crm.crm.records("SELECT Id, \(name) FROM \(object)") {
                let id = try #require(record.recordID)
                #expect(mirror.text(id, name) == record[name]?.stringValue)
            }
        }
    }
}
