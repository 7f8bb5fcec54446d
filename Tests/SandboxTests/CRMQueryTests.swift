import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox CRM's queries", .timeLimit(.minutes(5)))
struct CRMQueryTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let query: String
        let code: String
        var testDescription: String { query }
    }

    static let refusals = [
        Refusal(query: "SELECT Id FORM Case", code: "MALFORMED_QUERY"),
        Refusal(query: "SELECT Id FROM Case WHERE", code: "MALFORMED_QUERY"),
        Refusal(query: "SELECT Id FROM Case WHERE Subject = 'open", code: "MALFORMED_QUERY"),
        Refusal(
            query: "SELECT Id FROM Case WHERE IsClosed = true AND Status = 'New' OR Origin = 'Web'",
            code: "MALFORMED_QUERY"),
        Refusal(query: "SELECT COUNT(), Id FROM Case", code: "MALFORMED_QUERY"),
        Refusal(query: "SELECT FIELDS(ALL) FROM Case", code: "MALFORMED_QUERY"),
        Refusal(
            query: "SELECT TYPEOF What WHEN Case THEN Subject END FROM Task",
            code: "MALFORMED_QUERY"),
        Refusal(query: "SELECT Nothing FROM Case", code: "INVALID_FIELD"),
        Refusal(query: "SELECT Nobody.Name FROM Case", code: "INVALID_FIELD"),
        Refusal(query: "SELECT Id FROM Case WHERE Description = 'x'", code: "INVALID_FIELD"),
        Refusal(
            query: "SELECT Id FROM Case WHERE SystemModstamp > '2026-01-15T08:00:00Z'",
            code: "INVALID_FIELD"),
        Refusal(query: "SELECT Id FROM Case WHERE Subject = 5", code: "INVALID_FIELD"),
        Refusal(query: "SELECT Id FROM Cases", code: "INVALID_TYPE"),
        Refusal(query: "SELECT Id FROM ContentDocumentLink", code: "MALFORMED_QUERY"),
        Refusal(
            query: "SELECT Id FROM Case WHERE Id = 'nonsense'",
            code: "INVALID_QUERY_FILTER_OPERATOR"),
        Refusal(
            query: "SELECT Id FROM Case ORDER BY Id LIMIT 1 OFFSET 2001",
            code: "NUMBER_OUTSIDE_VALID_RANGE"),
        Refusal(
            query: "SELECT Id FROM Case WHERE SystemModstamp > 2026-01-15T08:00:00 00:00",
            code: "MALFORMED_QUERY"),
    ]

    @Test("refuses what is wrong by its code, in an array", arguments: refusals)
    func refusal(_ row: Refusal) async throws {
        try await CRMClient.with { crm in
            let answer = try await crm.query(row.query)
            #expect(answer.status == 400)
            #expect(answer.crmCode == row.code)
        }
    }

    @Test("finds records by every kind of condition")
    func conditions() async throws {
        try await CRMClient.with { crm in
            let id = try await crm.create(
                "Case", ["Subject": #"it's a "back\slash""#, "Status": "New", "Priority": "Low"])
            let other = try await crm.create("Case", ["Subject": "100% sure", "Status": "Closed"])
            let pair = "Id IN ('\(id)', '\(other.prefix(15))')"
            func found(_ condition: String) async throws -> [String] {
                try await crm.ids("SELECT Id FROM Case WHERE \(pair) AND \(condition) ORDER BY Id")
            }
            #expect(try await found(#"Subject = 'IT\'S A "back\\slash"'"#) == [id])
            #expect(try await found(#"Subject LIKE '100\% s_re'"#) == [other])
            #expect(try await found("Subject LIKE '%sure'") == [other])
            #expect(try await found("IsClosed = true") == [other])
            #expect(try await found("ClosedDate != null") == [other])
            #expect(try await found("Priority = null") == [other])
            #expect(try await found("Status NOT IN ('Closed')") == [id])
            #expect(try await found("(NOT Status = 'Closed')") == [id])
            #expect(try await found("(Status = 'New' OR Status = 'closed')") == [id, other])
            #expect(try await found("Id > '\(id)'") == [other])
            #expect(try await found("CreatedDate >= 2026-01-15T08:00:00+01:00") == [id, other])
            #expect(try await found("CreatedDate < 2026-01-15T08:00:00.000Z") == [])
            #expect(try await found("CreatedBy.Name = 'Docket Reader'") == [id, other])
        }
    }

    @Test("orders by several fields, and takes LIMIT and OFFSET")
    func order() async throws {
        try await CRMClient.with { crm in
            let all = try await crm.records(
                "SELECT Id, Name FROM Account ORDER BY BillingCountry DESC NULLS LAST, Name")
            let some = try await crm.records(
                "SELECT Id FROM Account ORDER BY BillingCountry DESC NULLS LAST, Name "
                    + "LIMIT 3 OFFSET 2")
            #expect(some.compactMap(\.recordID) == all[2..<5].compactMap(\.recordID))
            let count = try await crm.query("SELECT COUNT() FROM Account")
            #expect(count.json["totalSize"]?.intValue == all.count)
            #expect(count.records.isEmpty)
        }
    }

    @Test("writes values as the vendor does, related records in objects of their own")
    func values() async throws {
        try await CRMClient.with { crm in
            let record = try #require(
                try await crm.records(
                    "SELECT Id, Owner.Name, Contact.Name, Contact.Account.Name, SystemModstamp, "
                        + "(SELECT Id, CommentBody FROM CaseComments) "
                        + "FROM Case WHERE Subject LIKE 'Drip%'"
                ).first)
            #expect(record["attributes"]?["type"] == "Case")
            let owner = record["Owner"]
            #expect(owner?["Name"] == "Support Inbox")
            #expect(owner?["attributes"]?["type"] == "Name")
            #expect(owner?["attributes"]?["url"]?.stringValue?.contains("/Group/00G") == true)
            #expect(record["Contact"]?["Account"]?["Name"] == "Kettle & Row Brewing Co.")
            #expect(record["SystemModstamp"] == "2025-03-03T07:40:00.000+0000")
            #expect(record["CaseComments"]?["totalSize"]?.intValue == 1)
            let project = try #require(
                try await crm.records(
                    "SELECT Account__r.Name, Account__r.BillingAddress, Budget__c, Tags__c "
                        + "FROM Project__c WHERE Owner.Type = 'Group'"
                ).first)
            #expect(project["Account__r"]?["BillingAddress"]?["city"] == "Ahrenburg")
            #expect(project["Budget__c"]?.doubleValue == 22_500)
            let lonely = try await crm.records(
                "SELECT Id, (SELECT Id FROM CaseComments) FROM Case WHERE Subject LIKE 'Angebot%'")
            #expect(lonely.first?["CaseComments"] == .null)
        }
    }

    @Test("gives ids of 18 characters, whose checksum follows the capitals")
    func identifiers() async throws {
        try await CRMClient.with { crm in
            for id in try await crm.ids("SELECT Id FROM Contact") {
                let bytes = Array(id.utf8)
                #expect(bytes.count == 18)
                let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)
                let check = (0..<3).map { chunk in
                    digits[
                        (0..<5).reduce(0) { bits, offset in
                            (65...90).contains(bytes[chunk * 5 + offset])
                                ? bits | 1 << offset : bits
                        }]
                }
                #expect(Array(bytes.suffix(3)) == check)
                #expect(try await crm.get("/sobjects/Contact/\(id.prefix(15))").status == 200)
            }
        }
    }

    @Test("pages by locators that stand alone, where pages are smaller too, and forgets them")
    func paging() async throws {
        try await CRMClient.with { crm in
            _ = try await crm.control("POST", "generate", ["object": "Contact", "count": 450])
            let query = "SELECT Id FROM Contact ORDER BY Id"
            let hint = [("Sforce-Query-Options", "batchSize=200")]
            let first = try await crm.query(query, headers: hint)
            #expect(first.records.count == 200)
            #expect(first.json["done"] == false)
            let link = try #require(first.json["nextRecordsUrl"]?.stringValue)
            #expect(link.hasPrefix("/services/data/v62.0/query/01g"))
            try await crm.switches(["page_size": 90])
            let second = try await crm.send("GET", link)
            #expect(second.records.count == 90)
            for (more, headers) in [("?batchSize=200", []), ("", hint)] {
                let refused = try await crm.send("GET", link + more, headers: headers)
                #expect(refused.status == 400)
                #expect(refused.crmCode == "MALFORMED_QUERY")
            }
            let all = try await crm.ids(query)
            #expect(all.count == first.json["totalSize"]?.intValue)
            #expect(Set(all).count == all.count)
            _ = try await crm.control("POST", "expire-feeds", [:])
            let gone = try await crm.send("GET", link)
            #expect(gone.status == 400)
            #expect(gone.crmCode == "INVALID_QUERY_LOCATOR")
        }
    }

    @Test("pages subqueries too, and caps pages that show two long texts of customers")
    func smallPages() async throws {
        try await CRMClient.with { crm in
            try await crm.switches(["child_page_size": 1])
            let record = try #require(
                try await crm.records(
                    "SELECT Id, (SELECT Id FROM CaseComments) FROM Case WHERE Subject LIKE 'URGENT%'"
                ).first)
            let comments = record["CaseComments"]
            #expect(comments?["totalSize"]?.intValue == 3)
            #expect(comments?["done"] == false)
            let rest = try await crm.send("GET", comments?["nextRecordsUrl"]?.stringValue ?? "")
            #expect(rest.records.count == 1)
            try await crm.switches(["null_subqueries": true])
            let without = try await crm.records(
                "SELECT Id, (SELECT Id FROM CaseComments) FROM Case WHERE Subject LIKE 'URGENT%'")
            #expect(without.first?["CaseComments"] == .null)
            _ = try await crm.control("POST", "generate", ["object": "Case", "count": 300])
            let page = try await crm.query("SELECT Id, Root_Cause__c, Resolution__c FROM Case")
            #expect(page.records.count == 200)
        }
    }

    @Test("describes objects once, answers 304 after that, and leaves out what is hidden")
    func describe() async throws {
        try await CRMClient.with { crm in
            let first = try await crm.get("/sobjects/Case/describe")
            let since = [("If-Modified-Since", first.headers["Last-Modified"] ?? "")]
            #expect(
                try await crm.get("/sobjects/Case/describe", headers: since).status == 304)
            func names(_ answer: RunningSandbox.Answer) -> [String] {
                (answer.json["fields"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
            }
            #expect(names(first).contains("Product__c"))
            _ = try await crm.control(
                "POST", "hide", ["object": "Case", "field": "Product__c"])
            let second = try await crm.get("/sobjects/Case/describe", headers: since)
            #expect(second.status == 200)
            #expect(names(second) == names(first).filter { $0 != "Product__c" })
            #expect(try await crm.query("SELECT Product__c FROM Case").crmCode == "INVALID_FIELD")
            let all = names(second).joined(separator: ",")
            #expect(try await crm.query("SELECT \(all) FROM Case").status == 200)
        }
    }

    @Test("describes every object so that all of its fields can be asked for")
    func everything() async throws {
        try await CRMClient.with { crm in
            let list = try await crm.get("/sobjects")
            for object in list.json["sobjects"]?.arrayValue ?? [] {
                let name = object["name"]?.stringValue ?? ""
                let fields = try await crm.get("/sobjects/\(name)/describe").json["fields"]
                let names = (fields?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
                #expect(names.count > 5)
                let filter = name == "ContentDocumentLink" ? " WHERE LinkedEntityId IN ('')" : ""
                let answer = try await crm.query(
                    "SELECT \(names.joined(separator: ",")) FROM \(name)\(filter) LIMIT 1")
                #expect(answer.status == 200, "\(answer.text)")
            }
        }
    }

    @Test("gives links of files to those who name the document or the record")
    func links() async throws {
        try await CRMClient.with { crm in
            let document = try #require(
                try await crm.ids("SELECT Id FROM ContentDocument LIMIT 1").first)
            let links = try await crm.records(
                "SELECT Id, LinkedEntityId, ShareType FROM ContentDocumentLink "
                    + "WHERE ContentDocumentId IN ('\(document)')")
            #expect(links.count == 2)
            #expect(try await crm.get("/sobjects/ContentDocumentLink/deleted").status == 404)
        }
    }

    @Test("refuses addresses beyond 16,384 characters as the edge does")
    func longAddress() async throws {
        try await CRMClient.with { crm in
            let fields = Array(repeating: "Subject", count: 2200).joined(separator: ",")
            let answer = try await crm.query("SELECT \(fields) FROM Case")
            #expect(answer.status == 414)
            #expect(answer.json.arrayValue == nil)
        }
    }
}
