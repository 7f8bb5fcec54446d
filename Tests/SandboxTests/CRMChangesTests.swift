import Foundation
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox CRM's changes", .timeLimit(.minutes(5)))
struct CRMChangesTests {
    private static func moment(_ offset: TimeInterval) -> String {
        CRMClient.escaped(
            Date(timeIntervalSinceNow: offset).formatted(.iso8601.dateSeparator(.dash)))
    }

    private static func feed(_ name: String, of object: String, since: TimeInterval) -> String {
        "/sobjects/\(object)/\(name)/?start=\(moment(since))&end=\(moment(180))"
    }

    private static func deleted(_ answer: RunningSandbox.Answer) -> [String] {
        (answer.json["deletedRecords"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
    }

    @Test("shows soft deletions to queryAll alone, and an undeletion with a new stamp")
    func softDeletion() async throws {
        try await CRMClient.with { crm in
            let id = try await crm.create("Task", ["Subject": "Passing"])
            let query = "SELECT Id, IsDeleted, SystemModstamp FROM Task WHERE Id = '\(id)'"
            _ = try await crm.control("DELETE", "records/Task/\(id)")
            #expect(try await crm.records(query).isEmpty)
            #expect(try await crm.records(query, all: true).first?["IsDeleted"] == true)
            #expect(try await crm.get("/sobjects/Task/\(id)").crmCode == "ENTITY_IS_DELETED")
            let feed = try await crm.get(Self.feed("deleted", of: "Task", since: -3600))
            #expect(Self.deleted(feed) == [id])
            _ = try await crm.control("POST", "records/Task/\(id)/undelete", [:])
            #expect(try await crm.records(query).first?["IsDeleted"] == false)
            let after = try await crm.get(Self.feed("deleted", of: "Task", since: -3600))
            #expect(Self.deleted(after) == [])
            let updated = try await crm.get(Self.feed("updated", of: "Task", since: -3600))
            #expect(updated.json["ids"]?.arrayValue == [.string(id)])
        }
    }

    @Test("takes hard deletions out of every query, and lists them as deleted")
    func hardDeletion() async throws {
        try await CRMClient.with { crm in
            let id = try await crm.create("Contact", ["LastName": "Gone"])
            _ = try await crm.control("DELETE", "records/Contact/\(id)?hard=true")
            let query = "SELECT Id FROM Contact WHERE Id = '\(id)'"
            #expect(try await crm.records(query, all: true).isEmpty)
            let feed = try await crm.get(Self.feed("deleted", of: "Contact", since: -3600))
            #expect(Self.deleted(feed) == [id])
            #expect(feed.json["latestDateCovered"]?.stringValue?.hasSuffix(":00.000+0000") == true)
        }
    }

    @Test("takes along what hangs on a record, and brings it back with it")
    func cascade() async throws {
        try await CRMClient.with { crm in
            let id = try await crm.create("Case", ["Subject": "Parent"])
            let comment = try await crm.create(
                "CaseComment", ["ParentId": .string(id), "CommentBody": "child"])
            let query = "SELECT Id FROM CaseComment WHERE ParentId = '\(id)'"
            _ = try await crm.control("DELETE", "records/Case/\(id)")
            #expect(try await crm.ids(query) == [])
            _ = try await crm.control("POST", "records/Case/\(id)/undelete", [:])
            #expect(try await crm.ids(query) == [comment])
        }
    }

    @Test("merges records: the loser is deleted and says into which, its children move")
    func merge() async throws {
        try await CRMClient.with { crm in
            let winner = try await crm.create("Account", ["Name": "Winner"])
            let loser = try await crm.create("Account", ["Name": "Loser"])
            let contact = try await crm.create(
                "Contact", ["LastName": "Child", "AccountId": .string(loser)])
            _ = try await crm.control(
                "POST", "records/Account/\(winner)/merge", ["loser": .string(loser)])
            let gone = try await crm.records(
                "SELECT Id, MasterRecordId FROM Account WHERE IsDeleted = true AND Id = '\(loser)'",
                all: true)
            #expect(gone.first?["MasterRecordId"]?.stringValue == winner)
            let moved = try await crm.records(
                "SELECT AccountId FROM Contact WHERE Id = '\(contact)'")
            #expect(moved.first?["AccountId"]?.stringValue == winner)
        }
    }

    @Test("stamps a bulk of records alike, so that only stamp and id together make a position")
    func ties() async throws {
        try await CRMClient.with { crm in
            _ = try await crm.control(
                "POST", "generate", ["object": "Case", "count": 2500, "body_bytes": 10])
            let newest = try await crm.records(
                "SELECT Id, SystemModstamp FROM Case ORDER BY SystemModstamp DESC LIMIT 1")
            let stamp = try #require(newest.first?["SystemModstamp"]?.stringValue)
            let literal = stamp.replacing(".000+0000", with: "Z")
            var ids: [String] = []
            while true {
                let last = ids.last ?? ""
                let page = try await crm.ids(
                    "SELECT Id FROM Case WHERE (SystemModstamp = \(literal) AND Id > '\(last)') "
                        + "OR SystemModstamp > \(literal) ORDER BY SystemModstamp, Id LIMIT 1000")
                if page.isEmpty { break }
                ids += page
            }
            #expect(ids.count == 2500)
            #expect(Set(ids).count == 2500)
        }
    }

    @Test("shows a late commit only then, under the older stamp, and its feeds wait for it")
    func lateCommit() async throws {
        try await CRMClient.with { crm in
            let late = try await crm.create(
                "Case", ["Subject": "Late"], ["commit": false, "stamp_age": 300])
            let early = try await crm.create("Case", ["Subject": "Early"])
            let query =
                "SELECT Id FROM Case WHERE Subject IN ('Late', 'Early') "
                + "ORDER BY SystemModstamp"
            #expect(try await crm.ids(query) == [early])
            let feed = try await crm.get(Self.feed("updated", of: "Case", since: -3600))
            #expect(feed.json["ids"]?.arrayValue == [])
            _ = try await crm.control("POST", "records/Case/\(late)/commit", [:])
            #expect(try await crm.ids(query) == [late, early])
        }
    }

    @Test("moves the stamp and not the date of change where the system changes a record")
    func systemChange() async throws {
        try await CRMClient.with { crm in
            let query =
                "SELECT Id, SystemModstamp, LastModifiedDate FROM Account "
                + "WHERE Name LIKE 'Harbour%'"
            let before = try #require(try await crm.records(query).first)
            let id = before.recordID ?? ""
            _ = try await crm.control(
                "PATCH", "records/Account/\(id)",
                ["fields": ["Industry": "Other"], "system": true])
            let after = try #require(try await crm.records(query).first)
            #expect(after["LastModifiedDate"] == before["LastModifiedDate"])
            #expect(after["SystemModstamp"] != before["SystemModstamp"])
        }
    }

    struct Window: Sendable, CustomTestStringConvertible {
        let what: String
        let start: String
        let end: String
        var testDescription: String { what }
    }

    static let windows = [
        Window(what: "no longer than a minute", start: moment(-59), end: moment(0)),
        Window(what: "the wrong way round", start: moment(0), end: moment(-3600)),
        Window(what: "too long ago", start: moment(-16 * 86_400), end: moment(0)),
        Window(
            what: "with a blank for a plus",
            start: moment(-3600).replacing("Z", with: "+00:00").replacing("%5A", with: "+00:00"),
            end: moment(0)),
    ]

    @Test("refuses windows of the deletion feed", arguments: windows)
    func window(_ row: Window) async throws {
        try await CRMClient.with { crm in
            let answer = try await crm.get(
                "/sobjects/Case/deleted?start=\(row.start)&end=\(row.end)")
            #expect(answer.status == 400)
            #expect(answer.crmCode == "INVALID_REPLICATION_DATE")
        }
    }

    @Test("lags, forgets early deletions, and says both")
    func replicationSwitches() async throws {
        try await CRMClient.with { crm in
            let id = try await crm.create("Note", ["Title": "Short"])
            _ = try await crm.control("DELETE", "records/Note/\(id)")
            let path = Self.feed("deleted", of: "Note", since: -7200)
            try await crm.switches(["replication_lag": 3600])
            let lagging = try await crm.get(path)
            #expect(Self.deleted(lagging) == [])
            try await crm.switches([
                "replication_lag": 0, "earliest_available": "2099-01-01T00:00:00Z",
            ])
            let forgetful = try await crm.get(path)
            #expect(Self.deleted(forgetful) == [])
            #expect(
                forgetful.json["earliestDateAvailable"] == "2099-01-01T00:00:00.000+0000")
            try await crm.switches(["refuse_earlier": true])
            #expect(try await crm.get(path).crmCode == "INVALID_REPLICATION_DATE")
        }
    }

    @Test("keeps versions of files: bytes by version, one of them the latest")
    func files() async throws {
        try await CRMClient.with { crm in
            let first = try await crm.control(
                "POST", "files", ["title": "Plan", "path": "plan.txt", "content": "one"])
            let document = try #require(first["document"]?.stringValue)
            let second = try await crm.control(
                "POST", "files",
                [
                    "title": "Plan", "path": "plan.txt", "content": "two",
                    "document": .string(document),
                ])
            let versions = try await crm.records(
                "SELECT Id, IsLatest, VersionNumber, Checksum, VersionData FROM ContentVersion "
                    + "WHERE ContentDocumentId = '\(document)' ORDER BY VersionNumber")
            #expect(versions.map { $0["IsLatest"] } == [false, true])
            #expect(versions.last?.recordID == second["id"]?.stringValue)
            // MD5 of "two", as md5sum(1) gives it.
            #expect(versions.last?["Checksum"] == "b8a9f715dbb64fd5c56e7783c6820a61")
            let path = versions.last?["VersionData"]?.stringValue ?? ""
            #expect(try await crm.send("GET", path).text == "two")
            try await crm.switches(["file_bytes": 1])
            await #expect(throws: (any Error).self) { try await crm.send("GET", path) }
        }
    }

    @Test("tells the truth: what it lists is what a client finds, also after random changes")
    func truth() async throws {
        try await CRMClient.with { crm in
            for seed in 1...3 {
                _ = try await crm.control(
                    "POST", "mutate", ["count": 200, "seed": JSON(seed)])
                let truth = try await crm.control("GET", "truth").arrayValue ?? []
                for (object, title, filter) in [
                    ("Account", "Name", ""), ("Contact", "Name", ""), ("Case", "Subject", ""),
                    ("EmailMessage", "Subject", ""), ("FeedItem", "Title", ""),
                    (
                        "Knowledge__kav", "Title",
                        "PublishStatus = 'Online' AND IsLatestVersion = true AND "
                    ),
                    ("ContentVersion", "Title", "IsLatest = true AND "), ("Task", "Subject", ""),
                    ("Project__c", "Name", ""), ("CaseComment", "Id", ""),
                ] {
                    let found = try await crm.records(
                        "SELECT Id, \(title) FROM \(object) WHERE \(filter)IsDeleted = false",
                        all: true)
                    let told = truth.filter { $0["scope"]?.stringValue == object }
                    #expect(
                        Set(found.compactMap(\.recordID))
                            == Set(told.compactMap { $0["source_id"]?.stringValue }))
                    guard title != "Id" else { continue }
                    #expect(
                        found.map { $0[title]?.stringValue ?? "" }.sorted()
                            == told.map { $0["title"]?.stringValue ?? "" }.sorted())
                }
            }
        }
    }

    @Test("the same seed makes the same changes")
    func reproducible() async throws {
        var states: [[JSON]] = []
        for _ in 0..<2 {
            try await CRMClient.with { crm in
                _ = try await crm.control("POST", "mutate", ["count": 300, "seed": 7])
                states.append(try await crm.control("GET", "truth").arrayValue ?? [])
            }
        }
        #expect(states[0] == states[1])
    }

    @Test("speaks the vendor's words where a fault does not say how it reads")
    func faults() async throws {
        try await CRMClient.with { crm in
            for (status, isHTML) in [(503, true), (500, false), (403, false)] {
                _ = try await crm.sandbox.control(
                    "POST", "faults",
                    ["path": "*/limits*", "fault": "status", "status": JSON(status)])
                let answer = try await crm.get("/limits")
                #expect(answer.status == status)
                #expect((answer.json.arrayValue == nil) == isHTML)
            }
            _ = try await crm.control("POST", "generate", ["object": "Case", "count": 2500])
            _ = try await crm.sandbox.control(
                "POST", "faults", ["path": "*/query*", "fault": "empty-page"])
            let page = try await crm.query("SELECT Id FROM Case")
            #expect(page.records.isEmpty)
            let next = try await crm.send("GET", page.json["nextRecordsUrl"]?.stringValue ?? "")
            #expect(next.records.count == 2000)
        }
    }
}
