import Connectors
import Domain
import JSON
import Testing

/// Pages and links of Microsoft Graph; the numbers are those of the pitfalls known of it.
@Suite("Graph: pages", .timeLimit(.minutes(5)))
struct GraphPageTests {
    static let place = "/v1.0/p"
    static let done = Answer.json(#"{"value":[],"@odata.deltaLink":"ORIGIN/v1.0/d"}"#)

    @Test("graph 1: an empty page that has a next link is not the end")
    func emptyPage() async throws {
        let next = Answer.json(#"{"value":[],"@odata.nextLink":"ORIGIN/v1.0/n"}"#)
        for tenant in [
            try Tenant([Self.place: [next]]),
            try Tenant(drives: ["drives/b!x"], [Self.place: [next]]),
        ] {
            let page = try await tenant.page(Self.place)
            #expect(page.records == [])
            #expect(page.cursor == .next(tenant.endpoint.origin + "/v1.0/n"))
        }
    }

    @Test("graph 3: every request asks for immutable ids, the links and single mails too")
    func immutableIDs() async throws {
        let tenant = try Tenant(attachments: true)
        let start = Tenant.mailbox + "/mailFolders/AA%3D/messages/delta"
        tenant.endpoint.script(
            Tenant.folders,
            .json(#"{"value":[],"@odata.nextLink":"ORIGIN/v1.0/folders?$skip=10"}"#))
        tenant.endpoint.script("/v1.0/folders?$skip=10", .json(#"{"value":[]}"#))
        for place in ["/v1.0/n", "/v1.0/d"] { tenant.endpoint.script(place, Self.done) }
        _ = try await tenant.streams()
        _ = await failure { () throws(ConnectorError) in _ = try await tenant.page(at: .start) }
        _ = try await tenant.page("/v1.0/n")
        _ = try await tenant.page(at: .delta(tenant.endpoint.origin + "/v1.0/d"))
        let mail = tenant.record("m1", ["hasAttachments": true])
        _ = try await tenant.reader.record(mail, in: tenant.stream)
        _ = try await tenant.reader.belongings(of: mail, in: tenant.stream, filed: nil)
        let asked = tenant.endpoint.asked
        let targets = asked.map(\.target)
        for part in [start, "/v1.0/n", "/v1.0/d", "/messages/m1?", "/attachments?", "$skip=10"] {
            #expect(targets.contains { $0.contains(part) }, "\(part): \(targets)")
        }
        for request in asked {
            #expect(
                request.header("Prefer")?.contains(#"IdType="ImmutableId""#) == true,
                "\(request.target)")
        }
    }

    @Test(
        "graph 6: a link is followed as it was written: nothing decoded, encoded or added",
        arguments: [
            "/v1.0/users('bo')/mailfolders('AQMk%2FAD01')/messages/delta?$skiptoken=aB%2b%2F%3d+x",
            "/v1.0/p?%24skiptoken=1&%24top=7&$select=a,b", "/v1.0/p?$skiptoken=%7B%22a%22%3A1%7D",
            "/v1.0/drives/b!x/root/delta(token='MzslMjM0%3D')",
            "/v1.0/drives/b!x/root/delta?token=a+b%20c&&=",
        ])
    func verbatim(_ target: String) async throws {
        for name in ["nextLink", "deltaLink"] {
            let tenant = try Tenant([
                Self.place: [.json(#"{"value":[],"@odata.\#(name)":"ORIGIN\#(target)"}"#)],
                target: [Self.done],
            ])
            let page = try await tenant.page(Self.place)
            _ = try await tenant.page(at: page.cursor)
            #expect(tenant.endpoint.targets == [Self.place, target])
        }
    }

    static let expirations: [Answer] = [
        .json(410, "{}"), .json(410, ""), .html(410),
        .json(410, #"{"error":{"code":"resyncRequired"}}"#),
        .json(
            410, #"{"error":{"code":"SyncStateNotFound"}}"#,
            headers: [("Location", "ORIGIN/v1.0/users/delta?$deltatoken=")]),
        .json(400, #"{"error":{"code":"syncstatenotfound","innerError":{"code":"x"}}}"#),
        .json(404, #"{"error":{"code":"x","innererror":{"code":"SYNCSTATEINVALID"}}}"#),
        .json(
            400, #"{"error":{"code":"x","innerError":{"innerError":{"code":"ResyncRequired"}}}}"#),
    ]

    @Test(
        "graph 8: a place is expired by 410 or a code in any spelling, with Location or without",
        arguments: expirations)
    func expiry(_ answer: Answer) async throws {
        for cursor in [Cursor.next, Cursor.delta] {
            let tenant = try Tenant([Self.place: [answer]])
            let error = await failure { () throws(ConnectorError) in
                _ = try await tenant.page(at: cursor(tenant.endpoint.origin + Self.place))
            }
            guard case .expired = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            // Nobody goes where Location says: reading anew is the same.
            #expect(tenant.endpoint.targets == [Self.place])
        }
    }

    @Test(
        "graph 8: a drive's place is expired by each of the four codes, wherever it stands",
        arguments: [
            "resyncRequired", "resyncChangesApplyDifferences", "resyncChangesUploadDifferences",
            "ResyncApplyDifferences", "resyncuploaddifferences",
        ])
    func driveExpiry(_ code: String) async throws {
        for body in [
            #"{"error":{"code":"\#(code)"}}"#,
            #"{"error":{"code":"itemNotFound","innerError":{"code":"\#(code)"}}}"#,
        ] {
            for status in [400, 404, 410] {
                let tenant = try Tenant(
                    drives: ["drives/b!x"], [Self.place: [.json(status, body)]])
                let error = await failure { () throws(ConnectorError) in
                    _ = try await tenant.page(Self.place)
                }
                guard case .expired = error else {
                    Issue.record("\(status) \(body): \(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test("graph 9: folders behind the first page and below the first level are found")
    func folders() async throws {
        let streams = try await StreamTests.office().streams()
        #expect(
            Set(streams.map(\.name)) == [
                "Inbox", "Inbox/Projects", "Inbox/Projects/Alpha", "Archive",
            ])
    }

    @Test(
        "graph 9: searches and hidden folders are no folders, and nothing asks to see hidden ones")
    func noFolders() async throws {
        let tenant = try StreamTests.office()
        let keys = Set(try await tenant.streams().map(\.key))
        #expect(keys.isDisjoint(with: ["find", "hid"]))
        #expect(tenant.endpoint.targets.allSatisfy { !$0.contains("includeHiddenFolders") })
        #expect(tenant.endpoint.targets.allSatisfy { !$0.contains("recoverableitems") })
    }

    @Test("graph 24: a next link, delta link or Location to another origin is never asked")
    func foreign() async throws {
        let elsewhere = try Endpoint()
        for name in ["nextLink", "deltaLink"] {
            for link in [
                elsewhere.origin + "/v1.0/p", "http://graph.microsoft.com.evil.example/p",
                "//\(elsewhere.origin.dropFirst("http://".count))/p",
                "http://user:pass@127.0.0.1/p",
            ] {
                let tenant = try Tenant([
                    Self.place: [.json(#"{"value":[],"@odata.\#(name)":"\#(link)"}"#)]
                ])
                let error = await failure { () throws(ConnectorError) in
                    _ = try await tenant.page(Self.place)
                }
                guard case .foreignLink = error else {
                    Issue.record("\(link): \(String(describing: error))")
                    continue
                }
            }
        }
        let location = ("Location", elsewhere.origin + "/v1.0/delta?token=")
        let tenant = try Tenant([Self.place: [.json(410, "{}", headers: [location])]])
        _ = await failure { () throws(ConnectorError) in _ = try await tenant.page(Self.place) }
        #expect(elsewhere.asked.isEmpty && elsewhere.tokenRequests.isEmpty)
    }

    @Test("graph 21: history is cut by the client, as a filtered round ends after 5,000 mails")
    func noFilter() async throws {
        let body = #"""
            {"value":[{"id":"old","receivedDateTime":"2025-12-31T23:59:59Z"},
              {"id":"new","receivedDateTime":"2026-01-01T00:00:00Z"}],
             "@odata.deltaLink":"ORIGIN/v1.0/d"}
            """#
        let tenant = try Tenant(since: "2026-01-01", [Self.place: [.json(body)]])
        _ = await failure { () throws(ConnectorError) in _ = try await tenant.page(at: .start) }
        #expect(try await tenant.page(Self.place).records.map(\.sourceID) == ["new"])
        let target = try #require(tenant.endpoint.targets.first)
        #expect(target.contains("/messages/delta?$select="))
        #expect(!target.contains("filter") && !target.contains("2026"))
    }
}
