import Connectors
import Domain
import Foundation
import JSON
import SandboxTesting
import Testing

/// Pitfalls of sessions, addresses, quotas, and of what failures look like.
@Suite("Salesforce, sessions and quotas", .timeLimit(.minutes(5)))
struct SalesforceSignInTests {
    private typealias Reading = SalesforceReading

    @Test("salesforce 5: a session that every call refuses is renewed once, and not for ever")
    func refused() async throws {
        try await CRMClient.with { crm in
            // An org elsewhere: this address knows no session, however new.
            try await crm.switches(["instance_url": "http://127.0.0.1:1"])
            let reading = try Reading(crm, .init(baseURL: crm.sandbox.origin))
            let before = try await reading.tokens()
            let feed = try await reading.feed()
            let error = await refusal { () throws(ConnectorError) in
                try await feed.page(at: .start)
            }
            guard case .signIn(_, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("INVALID_SESSION_ID"))
            #expect(reason.contains("see whether the user may use the API"))
            #expect(try await reading.tokens() == before + 2)
            for _ in 0..<30 {
                _ = await refusal { () throws(ConnectorError) in try await feed.page(at: .start) }
            }
            #expect(try await reading.tokens() <= before + 12)
        }
    }

    /// An org at the login's own address may call itself by another name.
    private static let names = [
        (#"service_hosts: ["*.salesforce.com", "#, #"service_hosts: [localhost, "#)
    ]

    @Test("salesforce 6: an org that moves in the middle of a round is followed, place and all")
    func moved() async throws {
        try await Reading.with(.init(changes: Self.names)) { crm in
            try await crm.crm.switches(["page_size": 10])
            let elsewhere = crm.crm.sandbox.origin.replacing("127.0.0.1", with: "localhost")
            var mirror = OrgMirror()
            var shown = 0
            var cursor = Cursor.start
            let feed = try await crm.feed()
            repeat {
                let page = try await feed.page(at: cursor)
                shown += page.records.count
                mirror.apply(page)
                cursor = page.cursor
                try await crm.crm.switches(["instance_url": .string(elsewhere)])
            } while cursor.position["link"] != nil
            #expect(mirror.ids == (try await crm.truth()))
            #expect(shown == mirror.ids.count)
            // Also where a round begins with a token of before.
            try await crm.crm.switches(["instance_url": .null])
            _ = try await crm.crm.control("POST", "expire-sessions")
            try await crm.round(at: cursor, into: &mirror)
        }
    }

    @Test("salesforce 6: a token goes to no address that the definition does not name")
    func foreign() async throws {
        try await Reading.with { crm in
            let elsewhere = crm.crm.sandbox.origin.replacing("127.0.0.1", with: "localhost")
            try await crm.crm.switches(["instance_url": .string(elsewhere)])
            let feed = try await crm.feed()
            let error = await refusal { () throws(ConnectorError) in
                try await feed.page(at: .start)
            }
            guard case .foreignLink = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("salesforce 7: a token without an end is renewed after 240 s, or when it is refused")
    func endless() async throws {
        try await Reading.with { crm in
            let before = try await crm.tokens()
            var mirror = OrgMirror()
            var cursor = try await crm.round(into: &mirror)
            cursor = try await crm.round(at: cursor, into: &mirror)
            crm.time.set(ahead: 200)
            cursor = try await crm.round(at: cursor, into: &mirror)
            #expect(try await crm.tokens() == before + 1)
            crm.time.set(ahead: 241)
            cursor = try await crm.round(at: cursor, into: &mirror)
            #expect(try await crm.tokens() == before + 2)
            try await crm.crm.switches(["session_calls": 4, "page_size": 4])
            try await crm.round(into: &mirror)
            #expect(mirror.ids == (try await crm.truth()))
        }
    }

    @Test(
        "salesforce 8: an assertion is good though the clock is off or the audience has a slash",
        arguments: [0, 7200, -7200], ["https://login.salesforce.com/", ""])
    func assertion(ahead: Double, audience: String) async throws {
        let key = FileManager.default.temporaryDirectory
            .appending(path: "docket-\(UUID().uuidString).pem").path
        defer { try? FileManager.default.removeItem(atPath: key) }
        let openssl = try #require(popen("openssl genrsa -out \(key) 2048 2>/dev/null", "r"))
        try #require(pclose(openssl) == 0)
        try await CRMClient.with { crm in
            let reading = try Reading(
                crm,
                .init(
                    connection: [
                        "client_secret": "", "private_key": key,
                        "username": crm.sandbox.announced["crm_username", default: ""],
                        "audience": audience.isEmpty ? crm.sandbox.origin : audience,
                    ], ahead: ahead))
            var mirror = OrgMirror()
            try await reading.round(into: &mirror)
            #expect(mirror.ids == (try await reading.truth()))
        }
    }

    @Test("salesforce 18: a spent quota parks without further calls, and is no failed sign-in")
    func quota() async throws {
        try await Reading.with { crm in
            _ = try await crm.crm.get("/limits")
            _ = try await crm.crm.get("/limits")
            try await crm.crm.switches(["quota_max": 1])
            let before = try await crm.tokens()
            _ = try await crm.crm.sandbox.control("DELETE", "requests")
            let feed = try await crm.feed()
            for _ in 0..<3 {
                let error = await refusal { () throws(ConnectorError) in
                    try await feed.page(at: .start)
                }
                guard case .parked(let until, _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(until > Date().addingTimeInterval(890))
            }
            #expect(crm.time.sleeps.isEmpty)
            #expect(try await crm.tokens() == before + 1)
            // It was asked once, and then no more.
            let requests = try await crm.crm.sandbox.control("GET", "requests")
            #expect(requests["statuses"]?["403"] == 1)
        }
    }

    @Test("salesforce 18: of a daily quota no more is used than the share that is docket's")
    func share() async throws {
        try await Reading.with(.init(budgetShare: 0.25)) { crm in
            try await crm.crm.switches(["quota_max": 40, "page_size": 1])
            let feed = try await crm.feed()
            var cursor = Cursor.start
            var parked: ConnectorError?
            for _ in 0..<30 where parked == nil {
                do throws(ConnectorError) { cursor = try await feed.page(at: cursor).cursor } catch
                {
                    parked = error
                }
            }
            #expect(parked?.description.contains("limits.budget_share") == true)
            #expect(try await crm.crm.control("GET", "state")["quota_used"]?.intValue == 10)
        }
    }

    @Test("salesforce 18: too many calls at once are asked again after a moment")
    func concurrent() async throws {
        try await Reading.with { crm in
            let body = """
                [{"message": "ConcurrentRequests (Concurrent API Requests) Limit exceeded.", \
                "errorCode": "REQUEST_LIMIT_EXCEEDED"}]
                """
            _ = try await crm.crm.sandbox.control(
                "POST", "faults",
                [
                    "path": "*/queryAll*", "count": 1, "fault": "status", "status": 403,
                    "body": .string(body),
                ])
            var mirror = OrgMirror()
            try await crm.round(into: &mirror)
            #expect(mirror.ids == (try await crm.truth()))
        }
    }

    @Test("salesforce 19: errors are an object from the login, and a list elsewhere")
    func errors() async throws {
        try await Reading.with(.init(connection: ["client_secret": "wrong"])) { crm in
            let error = await refusal { () throws(ConnectorError) in try await crm.reader.signIn() }
            guard case .signIn(_, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("invalid_client"))
            #expect(reason.contains("My Domain"))
        }
        let object: JSON = ["name": "Case", "where": "Subject LIKE"]
        try await Reading.with(.init(objects: [object])) { crm in
            let feed = try await crm.feed()
            let error = await refusal { () throws(ConnectorError) in
                try await feed.page(at: .start)
            }
            #expect(error?.description.contains("MALFORMED_QUERY") == true)
            #expect(error?.kind == .content)
        }
        let unknown = Reading.Configured(objects: ["Invoice__c"])
        try await Reading.with(unknown) { crm in
            let feed = try await crm.feed("Invoice__c")
            let error = await refusal { () throws(ConnectorError) in
                try await feed.page(at: .start)
            }
            guard case .missing = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}
