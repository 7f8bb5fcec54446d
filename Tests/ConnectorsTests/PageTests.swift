import Connectors
import Domain
import JSON
import Testing

@Suite("Pages", .timeLimit(.minutes(5)))
struct PageTests {
    static let place = "/v1.0/p"

    @Test("a round begins at the stream's own address, its key and the scope percent-encoded")
    func start() async throws {
        let tenant = try Tenant()
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(at: .start)
        }
        guard case .missing = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let target = try #require(tenant.endpoint.targets.first)
        #expect(
            target.hasPrefix(
                Tenant.mailbox + "/mailFolders/AA%3D/messages/delta?$select=subject,from,"))
        #expect(target.hasSuffix(",categories,body,webLink"))
    }

    @Test("a link is used as it came, whatever its encoding")
    func verbatim() async throws {
        let targets = [
            "/v1.0/Users('a%40b')/delta?$skiptoken=aB%2b%2F%3d+x%20y&%24top=1&&=",
            "/v1.0/p?$deltatoken=%7B%22a%22%3A1%7D", "/v1.0//double//p?a=b?c=d",
            "/v1.0/%E2%82%AC/%e2%82%ac?x=%41",
            "/v1.0/p;v=1/(x)/!*'?q='a b'".replacing(" ", with: "%20"),
        ]
        for target in targets {
            let tenant = try Tenant([target: [RequestTests.done]])
            _ = try await tenant.page(target)
            #expect(tenant.endpoint.targets == [target])
        }
    }

    @Test("every request carries the definition's headers and the token, links included")
    func headers() async throws {
        let tenant = try Tenant()
        let link = tenant.endpoint.origin + "/v1.0/2"
        tenant.endpoint.script(
            Tenant.folders, .json(#"{"value":[],"@odata.nextLink":"\#(link)"}"#))
        tenant.endpoint.script("/v1.0/2", RequestTests.done)
        tenant.endpoint.script(Self.place, RequestTests.done)
        _ = try await tenant.streams()
        _ = try await tenant.page(Self.place)
        _ = try await tenant.page(at: .delta(tenant.endpoint.origin + Self.place))
        _ = try await tenant.reader.record(tenant.record("x"), in: tenant.stream)
        let asked = tenant.endpoint.asked
        #expect(asked.count >= 5)
        for request in asked {
            #expect(request.method == "GET")
            #expect(
                request.header("Prefer") == #"IdType="ImmutableId", odata.maxpagesize=500"#,
                "\(request.target)")
            #expect(request.header("Accept") == "application/json")
            #expect(request.header("Authorization") == "Bearer T1")
        }
        #expect(tenant.endpoint.tokenRequests.allSatisfy { $0.header("Authorization") == nil })
    }

    static let ends: [(String, Cursor)] = [
        (#"{"value":[],"@odata.nextLink":"ORIGIN/n"}"#, .next("/n")),
        (#"{"value":[],"@odata.deltaLink":"ORIGIN/d"}"#, .delta("/d")),
        (#"{"value":[],"@odata.nextLink":null,"@odata.deltaLink":"ORIGIN/d"}"#, .delta("/d")),
        (
            #"{"value":[],"@odata.nextLink":"ORIGIN/n","@odata.deltaLink":"ORIGIN/d"}"#,
            .next("/n")
        ),
    ]

    @Test("a page without records goes on where its link leads", arguments: ends)
    func links(_ body: String, _ cursor: Cursor) async throws {
        let tenant = try Tenant([Self.place: [.json(body)]])
        let page = try await tenant.page(Self.place)
        let origin = tenant.endpoint.origin
        let expected: Cursor =
            switch cursor {
            case .start: .start
            case .next(let path): .next(origin + path)
            case .delta(let path): .delta(origin + path)
            }
        #expect(page == Page(records: [], cursor: expected))
    }

    static let answers: [(String, String)] = [
        (#"{"value":[]}"#, "neither `@odata.nextLink` nor `@odata.deltaLink`"),
        (#"{"value":[],"@odata.deltaLink":7}"#, "neither"), ("{}", "no list at `value`"),
        (#"{"value":{}}"#, "no list"), ("[]", "no list"), ("null", "no list"),
        (#"{"value":[{"subject":"x"}],"@odata.deltaLink":"ORIGIN/d"}"#, "a record without `id`"),
        (#"{"value":[{"id":""}],"@odata.deltaLink":"ORIGIN/d"}"#, "a record without `id`"),
        (#"{"value":[{"id":[7]}],"@odata.deltaLink":"ORIGIN/d"}"#, "a record without `id`"),
        (#"{"value":["x"],"@odata.deltaLink":"ORIGIN/d"}"#, "a record without `id`"),
    ]

    @Test("an answer that is no page is said to be none, so no cursor moves", arguments: answers)
    func unusable(_ body: String, _ reason: String) async throws {
        let tenant = try Tenant([Self.place: [.json(body)]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(Self.place)
        }
        guard case .unexpected(let url, let said) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(url == tenant.endpoint.origin + Self.place)
        #expect(said.hasPrefix(reason))
    }

    @Test("a page that leads elsewhere is no page, so that no such cursor is kept")
    func elsewhere() async throws {
        for name in ["next", "delta"] {
            let body = #"{"value":[],"@odata.\#(name)Link":"http://elsewhere.example/?a=b"}"#
            let tenant = try Tenant([Self.place: [.json(body)]])
            let error = await failure { () throws(ConnectorError) in
                _ = try await tenant.page(Self.place)
            }
            #expect(
                error
                    == .foreignLink(
                        link: "http://elsewhere.example", origin: tenant.endpoint.origin))
        }
    }

    @Test("a page that leads to itself is no page")
    func loop() async throws {
        let tenant = try Tenant()
        let link = tenant.endpoint.origin + Self.place
        tenant.endpoint.script(Self.place, .json(#"{"value":[],"@odata.nextLink":"\#(link)"}"#))
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(Self.place)
        }
        guard case .endless = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("records keep their payload as it came, removals too, in the order they came")
    func records() async throws {
        let body = #"""
            {"value":[
              {"id":"A/+=","subject":null,"n":1.10,"@odata.etag":"W/\"1\""},
              {"id":"B","@removed":{"reason":"deleted"}},
              {"@removed":null,"id":"C","x":[]}],
             "@odata.deltaLink":"ORIGIN/d"}
            """#
        let tenant = try Tenant([Self.place: [.json(body)]])
        let page = try await tenant.page(Self.place)
        #expect(page.records.map(\.sourceID) == ["A/+=", "B", "C"])
        #expect(page.records.map(\.change) == [.changed, .removed, .removed])
        #expect(
            page.records[0].payload
                == .object(
                    .init([
                        ("id", "A/+="), ("subject", .null), ("n", .number("1.10")),
                        ("@odata.etag", "W/\"1\""),
                    ])))
        #expect(page.records[1].payload["@removed"]?["reason"] == "deleted")
    }

    @Test("what is older than the day in the scope is left out, but no removal and nothing undated")
    func since() async throws {
        let body = #"""
            {"value":[
              {"id":"old","receivedDateTime":"2025-12-31T23:59:59.9Z"},
              {"id":"first","receivedDateTime":"2026-01-01T00:00:00Z"},
              {"id":"east","receivedDateTime":"2026-01-01T00:30:00+01:00"},
              {"id":"gone","receivedDateTime":"2020-01-01T00:00:00Z","@removed":{}},
              {"id":"undated"},{"id":"odd","receivedDateTime":"yesterday"}],
             "@odata.deltaLink":"ORIGIN/d"}
            """#
        let tenant = try Tenant(since: "2026-01-01", [Self.place: [.json(body)]])
        let ids = try await tenant.page(Self.place).records.map(\.sourceID)
        #expect(ids == ["first", "gone", "undated", "odd"])
        let all = try Tenant([Self.place: [.json(body)]])
        #expect(try await all.page(Self.place).records.count == 6)
    }

    @Test("one whole record is asked for by its own address; gone or refused, it is so alone")
    func item() async throws {
        let tenant = try Tenant()
        let known = tenant.record("A/+=?#")
        #expect(try await tenant.reader.record(known, in: tenant.stream).get() == nil)
        let target = try #require(tenant.endpoint.targets.first)
        #expect(target.hasPrefix(Tenant.mailbox + "/messages/A%2F%2B%3D%3F%23?$select="))
        tenant.endpoint.script(target, .json(#"{"id":"A/+=?#","subject":"Hi"}"#))
        let record = try await tenant.reader.record(known, in: tenant.stream).get()
        #expect(record?.payload["subject"] == "Hi")
        for status in [400, 403, 410] {
            tenant.endpoint.script(target, .json(status, "{}"))
            let refused = try await tenant.reader.record(known, in: tenant.stream)
            #expect(throws: Extras.ContentFailure.self) { try refused.get() }
        }
    }

    @Test("scopes come in the configured order, each once")
    func scopes() throws {
        func scopes(_ mailboxes: JSON) throws -> [String] {
            try Tenant.reader(
                base: "https://example.com/", token: "https://example.com/token",
                scope: ["mailboxes": mailboxes], time: FixedTime()
            ).scopes.map(\.name)
        }
        #expect(try scopes(["b", "a", "b"]) == ["b", "a"])
        #expect(try scopes([]) == [])
        #expect(try scopes(nil) == [])
    }

    @Test("an address that no request can go to is refused when the reader is made")
    func baseURL() throws {
        for url in ["", "example.com", "ftp://example.com", "https://a:b@example.com", "https://"] {
            #expect(throws: ConnectorError.self) {
                _ = try Tenant.reader(
                    base: url, token: "https://example.com/token", time: FixedTime())
            }
        }
    }
}
