import Connectors
import Testing

/// Sign-in and throttling; the numbers are those of the pitfalls known of Microsoft Graph.
@Suite("Graph: requests", .timeLimit(.minutes(5)))
struct GraphRequestTests {
    static let place = "/v1.0/p"

    @Test("graph 18: a wrong secret is tried once, and nothing is asked without a token")
    func wrongSecret() async throws {
        let tenant = try Tenant()
        tenant.endpoint.script(
            "/token",
            .json(
                401,
                #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid secret."}"#
            ))
        let error = await failure { () throws(ConnectorError) in _ = try await tenant.streams() }
        #expect(error?.kind == .credentials)
        #expect(error?.isTransient == false)
        #expect("\(error.map { "\($0)" } ?? "")".contains("give its value, not its id"))
        #expect(tenant.endpoint.tokenRequests.count == 1)
        #expect(tenant.endpoint.asked.isEmpty)
        #expect(tenant.time.sleeps.isEmpty)
    }

    @Test("graph 18: a token is used until shortly before its end, not asked for with each request")
    func tokenReuse() async throws {
        let tenant = try Tenant([Self.place: [GraphPageTests.done]])
        for _ in 0..<20 { _ = try await tenant.page(Self.place) }
        #expect(tenant.endpoint.tokenRequests.count == 1)
        tenant.time.advance(.seconds(3600 - 30))
        _ = try await tenant.page(Self.place)
        #expect(tenant.endpoint.tokenRequests.count == 2)
    }

    @Test("graph 18: a 401 renews the token once and no more, however long it goes on")
    func unauthorized() async throws {
        let body = #"{"error":{"code":"InvalidAuthenticationToken"}}"#
        let tenant = try Tenant([Self.place: [.json(401, body)]])
        let error = await failure { () throws(ConnectorError) in
            _ = try await tenant.page(Self.place)
        }
        #expect(error?.kind == .credentials)
        #expect(tenant.endpoint.asked.count == 2)
        #expect(tenant.endpoint.tokenRequests.count == 2)
    }

    @Test("graph 19: four requests of a mailbox at a time, and another mailbox has four of its own")
    func concurrency() async throws {
        let tenant = try Tenant(mailboxes: ["a@example.com", "b@example.com"])
        // The token, before anything has to wait.
        try await tenant.reader.signIn()
        tenant.endpoint.hold()
        let reader = tenant.reader
        let scopes = reader.scopes
        func ask(_ scope: Scope) -> [Task<Void, Never>] {
            (0..<6).map { _ in
                Task { do { _ = try await reader.streams(of: scope) } catch {} }
            }
        }
        var asking = ask(scopes[0])
        try await tenant.endpoint.waiting(4)
        asking += ask(scopes[1])
        try await tenant.endpoint.waiting(8)
        // Whoever else would come, comes within this time.
        try await Task.sleep(for: .milliseconds(100))
        let targets = tenant.endpoint.waitingTargets
        #expect(targets.count { $0.contains("/users/a@") } == 4)
        #expect(targets.count { $0.contains("/users/b@") } == 4)
        tenant.endpoint.release()
        for task in asking { await task.value }
    }

    @Test("graph 19: a mailbox that is throttled holds up no other")
    func throttledMailbox() async throws {
        let tenant = try Tenant(mailboxes: ["a@example.com", "b@example.com"])
        tenant.endpoint.script(Tenant.folders, .throttled("3600"))
        tenant.endpoint.script(
            "/v1.0/users/b@example.com/mailFolders?$top=100", .json(#"{"value":[]}"#))
        let error = await failure { () throws(ConnectorError) in _ = try await tenant.streams() }
        guard case .parked = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await tenant.reader.streams(of: tenant.reader.scopes[1]).isEmpty)
        #expect(tenant.time.sleeps.isEmpty)
    }
}
