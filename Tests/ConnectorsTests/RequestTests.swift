import Connectors
import Domain
import Foundation
import Testing

@Suite("Requests", .timeLimit(.minutes(5)))
struct RequestTests {
    static let done = Answer.json(#"{"value":[],"@odata.deltaLink":"ORIGIN/d"}"#)
    static let place = "/v1.0/p?$skiptoken=secret"

    @Test("a 401 renews the token and sends the request once more")
    func renewal() async throws {
        let tenant = try Tenant([Self.place: [.json(401, "{}"), Self.done]])
        #expect(try await tenant.page(Self.place).cursor == .delta(tenant.endpoint.origin + "/d"))
        let bearers = tenant.endpoint.asked.map { $0.header("Authorization") }
        #expect(bearers == ["Bearer T1", "Bearer T2"])
        #expect(tenant.endpoint.tokenRequests.count == 2)
        #expect(tenant.time.sleeps.isEmpty)
    }

    @Test("a 401 with a fresh token is a refusal, not a loop")
    func renewalOnce() async throws {
        let body = #"{"error":{"code":"InvalidAuthenticationToken","message":"no\nway"}}"#
        let tenant = try Tenant([Self.place: [.json(401, body)]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(Self.place)
        }
        #expect(
            error
                == .signIn(
                    url: tenant.endpoint.origin + "/v1.0/p",
                    reason: "InvalidAuthenticationToken: no way"))
        #expect(error?.kind == .credentials)
        #expect(tenant.endpoint.asked.count == 2)
    }

    static let waits: [(String?, Duration)] = [
        ("7", .seconds(7)), ("60", .seconds(60)), ("0", .seconds(1)), (nil, .seconds(1)),
        ("Thu, 15 Jan 2026 08:00:30 GMT", .seconds(30)),
        ("Thu, 15 Jan 2026 07:00:00 GMT", .seconds(1)), ("soon", .seconds(1)),
        ("-5", .seconds(1)), ("1.5", .seconds(1)),
    ]

    @Test(
        "a throttled request waits as long as it was asked to, a second at least", arguments: waits)
    func throttled(_ retryAfter: String?, _ wait: Duration) async throws {
        let tenant = try Tenant([Self.place: [.throttled(retryAfter), Self.done]])
        _ = try await tenant.page(Self.place)
        #expect(tenant.time.sleeps == [wait])
        #expect(tenant.endpoint.asked.count == 2)
    }

    static let parkings: [(String, TimeInterval)] = [
        ("61", 61), ("3600", 3600), ("Thu, 15 Jan 2026 09:00:00 GMT", 3600),
        ("99999999999999999999999", 86_400), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ]

    @Test("a wish for a long pause parks, until a day from now at most", arguments: parkings)
    func parked(_ retryAfter: String, _ seconds: TimeInterval) async throws {
        let tenant = try Tenant([Self.place: [.throttled(retryAfter)]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(Self.place)
        }
        guard case .parked(let until, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(until == FixedTime.start.addingTimeInterval(seconds))
        #expect(error?.isTransient == true)
        #expect(tenant.time.sleeps.isEmpty)
        #expect(tenant.endpoint.asked.count == 1)
    }

    @Test("what stays overloaded is given up, after waits that grow")
    func overloaded() async throws {
        for status in [500, 502, 503] {
            let tenant = try Tenant([Self.place: [.html(status)]])
            let error = await failure { () throws(ConnectorError) in
                _ = try await tenant.page(Self.place)
            }
            #expect(
                error
                    == .refused(
                        url: tenant.endpoint.origin + "/v1.0/p", status: status,
                        reason: "Gateway"))
            #expect(tenant.time.sleeps == [1, 1, 1, 2].map { .seconds($0) })
            #expect(tenant.endpoint.asked.count == 5)
        }
    }

    @Test("a page of a gateway, a body cut off or a broken one is asked for again")
    func passing() async throws {
        let broken: [Answer] = [
            .html(503), .html(200), .json(#"{"value":[}"#), .json(""),
            Self.done.cut(), Self.done.cut(chunked: true),
        ]
        for answer in broken {
            let tenant = try Tenant([Self.place: [answer, Self.done]])
            #expect(
                try await tenant.page(Self.place).cursor == .delta(tenant.endpoint.origin + "/d"))
            #expect(tenant.endpoint.asked.count == 2)
            #expect(tenant.time.sleeps.count == 1)
        }
    }

    @Test("an answer that is never JSON says what it claimed to be")
    func neverJSON() async throws {
        let tenant = try Tenant([Self.place: [.html(200)]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(Self.place)
        }
        guard case .unexpected(let url, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(url == tenant.endpoint.origin + "/v1.0/p")
        #expect(reason.hasPrefix("not JSON: ") && reason.hasSuffix(", declared as text/html"))
        #expect(tenant.endpoint.asked.count == 5)
    }

    @Test("a redirect is refused, and nobody is asked where it leads", arguments: [301, 302, 307])
    func redirect(_ status: Int) async throws {
        let elsewhere = try Endpoint()
        let location = ("Location", elsewhere.origin + "/steal?q=1")
        let tenant = try Tenant([Self.place: [.json(status, "", headers: [location])]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(Self.place)
        }
        #expect(
            error
                == .unexpected(
                    url: tenant.endpoint.origin + "/v1.0/p",
                    reason: "a redirect to \(elsewhere.origin)"))
        #expect(elsewhere.asked.isEmpty)
        // A gateway may have been in the way for a moment.
        #expect(tenant.endpoint.asked.count == 5)
    }

    @Test("a link to another origin is refused before anything is sent to either")
    func foreign() async throws {
        let elsewhere = try Endpoint()
        let tenant = try Tenant()
        let port = tenant.endpoint.origin.split(separator: ":").last ?? ""
        let links = [
            elsewhere.origin + "/v1.0/p", "http://localhost:\(port)/v1.0/p",
            "https://127.0.0.1:\(port)/v1.0/p", "http://me:you@127.0.0.1:\(port)/",
            "http://127.0.0.1:\(port)@evil.example/", "//127.0.0.1:\(port)/v1.0/p", "",
            "file:///etc/passwd", "http://127.0.0.1:\(port)\\@evil.example/", "http://[::1]/",
        ]
        for link in links {
            for cursor in [Cursor.next(link), .delta(link)] {
                let error = await failure { () throws(ConnectorError) in
                    _ = try await tenant.page(at: cursor)
                }
                guard case .foreignLink(_, let origin) = error else {
                    Issue.record("\(link): \(String(describing: error))")
                    continue
                }
                #expect(origin == tenant.endpoint.origin)
                #expect(error?.isTransient == false)
            }
        }
        #expect(elsewhere.asked.isEmpty && elsewhere.tokenRequests.isEmpty)
        #expect(tenant.endpoint.asked.isEmpty)
    }

    static let meanings: [(Int, String, ConnectorError.Kind, Bool)] = [
        (403, #"{"error":{"code":"ErrorAccessDenied"}}"#, .credentials, false),
        // Behind a link these mean that it is not known any more, whatever the code.
        (404, #"{"error":{"code":"ErrorItemNotFound"}}"#, .content, true),
        (410, "", .content, true),
        (400, #"{"error":{"code":"syncStateNotFound"}}"#, .content, true),
        (400, #"{"error":{"code":"x","innerError":{"code":"RESYNCREQUIRED"}}}"#, .content, true),
        (400, #"{"error":{"code":"BadRequest"}}"#, .content, true),
        (418, "teapot", .content, false),
    ]

    @Test("other failures mean what the definition says, at once", arguments: meanings)
    func meaning(
        _ status: Int, _ body: String, _ kind: ConnectorError.Kind, _ isTransient: Bool
    ) async throws {
        let tenant = try Tenant([Self.place: [.json(status, body)]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(Self.place)
        }
        #expect(error?.kind == kind)
        #expect(error?.isTransient == isTransient)
        #expect(tenant.endpoint.asked.count == 1)
        #expect(tenant.time.sleeps.isEmpty)
    }

    @Test("an endpoint that is gone is tried again, and transient")
    func unreachable() async throws {
        let time = FixedTime()
        let endpoint = try Endpoint()
        let reader = try Tenant.reader(
            base: endpoint.origin, token: endpoint.origin + "/token", time: time)
        endpoint.stop()
        let error = await failure { () throws(ConnectorError) in try await reader.signIn() }
        #expect(error?.kind == .availability)
        #expect(error?.isTransient == true)
        #expect(time.sleeps == [250, 500, 1000, 2000].map { .milliseconds($0) })
    }

    @Test("a cancelled wait ends at once")
    func cancelled() async throws {
        let tenant = try Tenant([Self.place: [.throttled("60")]])
        let reading = Task { () -> ConnectorError? in
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure { () throws(ConnectorError) in
                _ = try await tenant.page(Self.place)
            }
        }
        #expect(await reading.value == .cancelled)
    }

    @Test("no error shows a query, a token or the secret")
    func secrets() async throws {
        let bodies = [
            "{}", #"{"value":7}"#, #"{"value":[{"subject":"no id"}]}"#, #"{"value":[]}"#,
            #"{"value":[],"@odata.nextLink":"LINK"}"#,
        ]
        for body in bodies {
            let tenant = try Tenant()
            let link = tenant.endpoint.origin + Self.place
            tenant.endpoint.script(
                Self.place, .json(body.replacingOccurrences(of: "LINK", with: link)))
            let error = await failure { () throws(ConnectorError) in
                _ = try await tenant.page(Self.place)
            }
            let text = "\(error.map { "\($0)" } ?? "")"
            for secret in ["secret", "s3cret", "T1", "skiptoken"] {
                #expect(!text.contains(secret), "\(body): \(text)")
            }
        }
    }
}
