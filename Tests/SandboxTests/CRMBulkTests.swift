import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox CRM's bulk queries", .timeLimit(.minutes(5)))
struct CRMBulkTests {
    private static func create(
        _ crm: CRMClient, _ query: String, _ more: JSON = [:]
    ) async throws -> RunningSandbox.Answer {
        let body: JSON = ["operation": "query", "query": .string(query)]
        return try await crm.send(
            "POST", crm.base + "/jobs/query", headers: [("Content-Type", "application/json")],
            body: body.merging(more))
    }

    /// The job's path once it has come to an end, and its last state.
    private static func finish(
        _ crm: CRMClient, _ query: String, _ more: JSON = [:]
    ) async throws -> (path: String, job: JSON) {
        let job = try await create(crm, query, more).json
        let path = "/jobs/query/\(job["id"]?.stringValue ?? "?")"
        for _ in 0..<10 {
            let state = try await crm.get(path).json
            if !["UploadComplete", "InProgress"].contains(state["state"]?.stringValue ?? "") {
                return (path, state)
            }
        }
        throw RunningSandbox.Failure(message: "the job does not end")
    }

    @Test("goes from upload to completion, and gives its rows in pages with a header line each")
    func pages() async throws {
        try await CRMClient.with { crm in
            let created = try await Self.create(crm, "SELECT Id, Name FROM Account")
            #expect(created.status == 200)
            #expect(created.json["state"] == "UploadComplete")
            let (path, job) = try await Self.finish(crm, "SELECT Id, Owner.Name FROM Account")
            #expect(job["state"] == "JobComplete")
            let total = try #require(job["numberRecordsProcessed"]?.intValue)
            var locator = ""
            var count = 0
            var pageCount = 0
            repeat {
                let page = try await crm.get(
                    "\(path)/results?maxRecords=7" + (locator.isEmpty ? "" : "&locator=\(locator)"))
                #expect(page.headers["Content-Type"] == "text/csv")
                let lines = page.text.split(separator: "\n")
                #expect(lines.first == #""Id","Owner.Name""#)
                #expect(page.headers["Sforce-NumberOfRecords"] == "\(lines.count - 1)")
                count += lines.count - 1
                pageCount += 1
                locator = try #require(page.headers["Sforce-Locator"])
            } while locator != "null" && pageCount < 100
            #expect(count == total)
            #expect(pageCount == (total + 6) / 7)
        }
    }

    @Test("quotes what needs it, writes moments with Z, and nothing for null")
    func table() async throws {
        try await CRMClient.with { crm in
            let id = try await crm.create("Project__c", ["Name": "A", "Goals__c": "x\n\"y\",z"])
            let query =
                "SELECT Id, Goals__c, Status__c, IsDeleted, SystemModstamp FROM Project__c "
                + "WHERE Id = '\(id)'"
            let (path, _) = try await Self.finish(crm, query)
            let text = try await crm.get("\(path)/results").text
            #expect(text.contains("\n\"\(id)\",\"x\n\"\"y\"\",z\",\"\",\"false\",\"20"))
            #expect(text.hasSuffix(":00.000Z\"\n") || text.hasSuffix(".000Z\"\n"))
            let (other, _) = try await Self.finish(
                crm, query, ["columnDelimiter": "SEMICOLON", "lineEnding": "CRLF"])
            let semicolons = try await crm.get("\(other)/results").text
            #expect(semicolons.hasPrefix("\"Id\";\"Goals__c\""))
            #expect(semicolons.hasSuffix("\r\n"))
        }
    }

    @Test("gives a header line alone for no rows, or nothing at all if told so")
    func empty() async throws {
        try await CRMClient.with { crm in
            let (path, _) = try await Self.finish(crm, "SELECT Id FROM Case WHERE Subject = 'none'")
            let page = try await crm.get("\(path)/results")
            #expect(page.text == "\"Id\"\n")
            #expect(page.headers["Sforce-Locator"] == "null")
            try await crm.switches(["bulk_empty_body": true])
            #expect(try await crm.get("\(path)/results").text == "")
        }
    }

    @Test("has queryAll see what is deleted")
    func queryAll() async throws {
        try await CRMClient.with { crm in
            let id = try await crm.create("Task", ["Subject": "Deleted"])
            _ = try await crm.control("DELETE", "records/Task/\(id)")
            let query = "SELECT Id FROM Task WHERE Subject = 'Deleted'"
            let (some, _) = try await Self.finish(crm, query)
            #expect(try await crm.get("\(some)/results").text == "\"Id\"\n")
            let (all, _) = try await Self.finish(crm, query, ["operation": "queryAll"])
            #expect(try await crm.get("\(all)/results").text == "\"Id\"\n\"\(id)\"\n")
        }
    }

    @Test("refuses results before the end, and in another version than the job's")
    func notYet() async throws {
        try await CRMClient.with { crm in
            try await crm.switches(["bulk_polls": 3])
            let job = try await Self.create(crm, "SELECT Id FROM Case").json
            let path = "/jobs/query/\(job["id"]?.stringValue ?? "")"
            #expect(try await crm.get("\(path)/results").crmCode == "JOB_NOT_COMPLETE")
            #expect(try await crm.get(path).json["state"] == "InProgress")
            #expect(try await crm.get(path).json["state"] == "InProgress")
            #expect(try await crm.get(path).json["state"] == "JobComplete")
            var older = crm
            older.version = "58.0"
            #expect(try await older.get("\(path)/results").status == 409)
            #expect(try await crm.get("\(path)/results").status == 200)
        }
    }

    @Test("fails and aborts as it is told, and deletes what has ended")
    func ends() async throws {
        try await CRMClient.with { crm in
            try await crm.switches(["bulk_outcome": "Failed"])
            let (failed, job) = try await Self.finish(crm, "SELECT Id FROM Case")
            #expect(job["state"] == "Failed")
            #expect(job["errorMessage"]?.stringValue?.isEmpty == false)
            #expect(try await crm.get("\(failed)/results").status == 400)
            let running = try await Self.create(crm, "SELECT Id FROM Case").json
            let path = "\(crm.base)/jobs/query/\(running["id"]?.stringValue ?? "")"
            #expect(try await crm.send("DELETE", path).status == 400)
            let aborted = try await crm.send("PATCH", path, body: ["state": "Aborted"])
            #expect(aborted.json["state"] == "Aborted")
            #expect(try await crm.send("DELETE", path).status == 204)
            #expect(try await crm.send("GET", path).status == 404)
        }
    }

    @Test(
        "refuses what bulk queries cannot do",
        arguments: [
            "SELECT Id, BillingAddress FROM Account", "SELECT COUNT() FROM Account",
            "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
            "SELECT Id FROM Account LIMIT 5 OFFSET 5", "SELECT FIELDS(STANDARD) FROM Account",
            "SELECT Id, VersionData FROM ContentVersion", "SELECT Nothing FROM Account",
            "SELECT Id FROM ContentDocumentLink",
        ])
    func refusal(query: String) async throws {
        try await CRMClient.with { crm in
            let answer = try await Self.create(crm, query)
            #expect(answer.status == 400)
            #expect(answer.crmCode != nil)
        }
    }

    @Test("survives conditions nested as deeply as a body has room for")
    func depth() async throws {
        try await CRMClient.with { crm in
            for word in ["NOT ", "("] {
                let nest = String(repeating: word, count: 15_000)
                let answer = try await Self.create(
                    crm, "SELECT Id FROM Case WHERE \(nest)IsClosed = true")
                #expect(answer.status == 400)
            }
            #expect(try await crm.get("/limits").status == 200)
        }
    }

    @Test("refuses an object that bulk queries do not know, if told so")
    func refusedObject() async throws {
        try await CRMClient.with { crm in
            try await crm.switches(["bulk_refuses": ["FeedItem"]])
            #expect(
                try await Self.create(crm, "SELECT Id FROM FeedItem").crmCode == "INVALIDENTITY")
        }
    }
}
