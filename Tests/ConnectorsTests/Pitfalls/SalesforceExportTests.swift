import Connectors
import Domain
import Foundation
import JSON
import SandboxTesting
import Testing

/// Pitfalls of the bulk interface.
@Suite("Salesforce, exports", .timeLimit(.minutes(5)))
struct SalesforceExportTests {
    private typealias Reading = SalesforceReading
    private static let always = [("over: 10000", "over: 0")]

    private func jobs(_ crm: Reading) async throws -> [JSON] {
        try await crm.crm.control("GET", "state")["jobs"]?.arrayValue ?? []
    }

    @Test("salesforce 13: results end where the header says null, and with an empty body too")
    func ends() async throws {
        try await Reading.with(.init(changes: Self.always)) { crm in
            try await crm.crm.switches(["bulk_page_size": 9])
            var mirror = OrgMirror()
            var pages = 0
            let cursor = try await crm.round(into: &mirror) { _ in pages += 1 }
            let truth = try await crm.truth()
            #expect(mirror.ids == truth)
            #expect(pages > truth.count / 9)
            // The job goes when all it gave is filed.
            #expect(try await jobs(crm).count == 1)
            let late = try await crm.crm.create("Case", ["Subject": "Late"], ["stamp_age": 300])
            try await crm.round(at: cursor, into: &mirror)
            #expect(mirror.ids.contains(late))
            #expect(try await jobs(crm).isEmpty)
        }
        let nothing: JSON = [["name": "Case", "where": "Subject = 'none'"]]
        let changes = [("over: 10000", "over: 0"), ("\"WHERE ({where})\"]", "\"\"]")]
        try await Reading.with(.init(objects: nothing, changes: changes)) { crm in
            try await crm.crm.switches(["bulk_empty_body": true])
            var mirror = OrgMirror()
            try await crm.round(into: &mirror)
            #expect(try await jobs(crm).count == 1)
            #expect(mirror.ids.isEmpty)
        }
    }

    @Test("salesforce 14: a field with line ends and quotes comes whole, on later pages too")
    func table() async throws {
        let text = "x\r\n\"y\", z\n\nnull"
        let configured = Reading.Configured(objects: ["Project__c"], changes: Self.always)
        try await Reading.with(configured) { crm in
            try await crm.crm.switches(["bulk_page_size": 2])
            var ids: [String] = []
            for _ in 0..<5 {
                ids.append(
                    try await crm.crm.create(
                        "Project__c", ["Name": "A, \"B\"", "Goals__c": .string(text)]))
            }
            let empty = try await crm.crm.create("Project__c", ["Name": "C", "Goals__c": ""])
            var mirror = OrgMirror()
            try await crm.round("Project__c", into: &mirror)
            #expect(mirror.ids == (try await crm.truth("Project__c")))
            for id in ids {
                #expect(mirror.text(id, "Goals__c") == text)
                #expect(mirror.text(id, "Name") == "A, \"B\"")
            }
            #expect(mirror.records[empty]?["Goals__c"]?.isNull == true)
        }
    }

    @Test("salesforce 15: a limit: links of files, which want a condition, fail alone and say why")
    func links() async throws {
        try await Reading.with(.init(objects: ["ContentDocumentLink", "Case"])) { crm in
            let feed = try await crm.feed("ContentDocumentLink")
            let error = await refusal { () throws(ConnectorError) in
                try await feed.page(at: .start)
            }
            #expect(error?.description.contains("ContentDocumentLink requires a filter") == true)
            var mirror = OrgMirror()
            try await crm.round(into: &mirror)
            #expect(mirror.ids == (try await crm.truth()))
        }
    }

    /// Conditions that no address has room for, all of which hold.
    private static let long = (0..<700).map { "Subject != 'none \($0)'" }
        .joined(separator: " AND ")

    @Test("salesforce 15: what an address has no room for is asked by a job, later changes too")
    func longAddress() async throws {
        let object: JSON = ["name": "Case", "where": .string(Self.long)]
        try await Reading.with(.init(objects: [object])) { crm in
            var mirror = OrgMirror()
            var cursor = try await crm.round(into: &mirror)
            #expect(mirror.ids == (try await crm.truth()))
            let ids = mirror.ids.sorted()
            try await crm.patch("Case", ids[0], ["Subject": "Changed"])
            _ = try await crm.crm.control("DELETE", "records/Case/\(ids[1])")
            _ = try await crm.crm.control("DELETE", "records/Case/\(ids[2])?hard=true&age=120")
            var second = OrgMirror()
            cursor = try await crm.round(at: cursor.deletionsUnknown(for: 6), into: &second)
            #expect(second.text(ids[0], "Subject") == "Changed")
            #expect(second.seen == Set(ids[0...2]))
            #expect(try await jobs(crm).count == 1)
        }
    }

    @Test(
        "salesforce 16: an export asks for no addresses, no bytes and nothing within",
        arguments: [
            "Account", "ContentVersion", "Contact", "EmailMessage",
        ])
    func compounds(object: String) async throws {
        let configured = Reading.Configured(
            objects: .array([.string(object)]), changes: Self.always)
        try await Reading.with(configured) { crm in
            var mirror = OrgMirror()
            try await crm.round(object, into: &mirror)
            #expect(try await jobs(crm).count == 1)
            #expect(mirror.ids == (try await crm.truth(object)))
            let record = try #require(mirror.records.values.first)
            if object == "Account" { #expect(record["BillingCity"] != nil) }
            if object == "ContentVersion" { #expect(record["VersionData"] == nil) }
        }
    }

    @Test(
        "salesforce 16: what a job does not give is read page by page",
        arguments: [
            ["bulk_outcome": "Failed"], ["bulk_outcome": "Aborted"], ["bulk_refuses": ["Case"]],
        ] as [JSON])
    func fallback(switches: JSON) async throws {
        try await Reading.with(.init(changes: Self.always)) { crm in
            try await crm.crm.switches(switches)
            var mirror = OrgMirror()
            let cursor = try await crm.round(into: &mirror)
            #expect(mirror.ids == (try await crm.truth()))
            let late = try await crm.crm.create("Case", ["Subject": "L"], ["stamp_age": 300])
            try await crm.round(at: cursor, into: &mirror)
            #expect(mirror.ids.contains(late))
        }
    }

    @Test("salesforce: a job is waited for, parks where it takes long, and goes on after a crash")
    func crash() async throws {
        try await Reading.with(.init(changes: Self.always)) { crm in
            try await crm.crm.switches(["bulk_page_size": 9, "bulk_polls": 60])
            let begun = try await crm.feed().page(at: .start)
            let feed = try await crm.feed()
            let error = await refusal { () throws(ConnectorError) in
                try await feed.page(at: begun.cursor)
            }
            guard case .parked = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            var mirror = OrgMirror()
            var cursor = begun.cursor
            for _ in 0..<3 {
                let page = try await crm.feed().page(at: cursor)
                mirror.apply(page)
                cursor = page.cursor
            }
            try await crm.round(at: cursor, into: &mirror)
            #expect(mirror.ids == (try await crm.truth()))
            #expect(try await jobs(crm).count == 1)
        }
    }

    @Test("salesforce: more than ten thousand records come by a job, changes meanwhile too")
    func threshold() async throws {
        try await Reading.with { crm in
            _ = try await crm.crm.control(
                "POST", "generate", ["object": "Case", "count": 12_000, "body_bytes": 10])
            let changed = try #require(try await crm.truth().min())
            var mirror = OrgMirror()
            let cursor = try await crm.round(into: &mirror) { number in
                guard number == 7 else { return }
                try await crm.patch("Case", changed, ["Subject": "Meanwhile"])
            }
            #expect(try await jobs(crm).count == 1)
            #expect(mirror.ids == (try await crm.truth()))
            try await crm.round(at: cursor, into: &mirror)
            #expect(mirror.text(changed, "Subject") == "Meanwhile")
        }
    }
}
