import Connectors
import Foundation
import HTTPClient
import Testing

@Suite("TokenSource", .timeLimit(.minutes(5)))
struct TokenSourceTests {
    private struct Office {
        let endpoint = Result { try Endpoint() }
        let time = FixedTime()
        let tokens: TokenSource

        init(_ answers: Answer...) throws {
            let endpoint = try endpoint.get()
            if !answers.isEmpty { endpoint.script("/token", answers) }
            tokens = TokenSource(
                credentials: .init(
                    tokenURL: endpoint.origin + "/token", clientID: "me&you",
                    clientSecret: "s3cret +=%", scope: "https://x/.default"),
                client: try HTTPClient(), surroundings: time.surroundings)
        }

        var requests: [Endpoint.Asked] { get throws { try endpoint.get().tokenRequests } }
    }

    static func token(_ text: String, _ lifetime: String) -> Answer {
        .json(#"{"token_type":"Bearer","access_token":"\#(text)"\#(lifetime)}"#)
    }

    @Test("asks as RFC 6749 says, in a form that is encoded")
    func request() async throws {
        let office = try Office()
        #expect(try await office.tokens.token() == "T1")
        let request = try #require(try office.requests.first)
        #expect(request.method == "POST")
        #expect(request.header("Content-Type") == "application/x-www-form-urlencoded")
        #expect(
            request.body
                == "grant_type=client_credentials&client_id=me%26you"
                + "&client_secret=s3cret+%2B%3D%25&scope=https%3A%2F%2Fx%2F.default")
    }

    @Test("however many ask at once, one request is sent")
    func singleFlight() async throws {
        let office = try Office()
        let endpoint = try office.endpoint.get()
        endpoint.hold()
        let asking = (0..<100).map { _ in Task { try await office.tokens.token() } }
        try await endpoint.waiting(1)
        endpoint.release()
        var tokens: [String] = []
        for task in asking { tokens.append(try await task.value) }
        #expect(tokens == Array(repeating: "T1", count: 100))
        #expect(try office.requests.count == 1)
    }

    @Test("a refused token is renewed once, however many were refused with it")
    func discarding() async throws {
        let office = try Office()
        for round in 1...20 {
            let stale = try await office.tokens.token()
            #expect(stale == "T\(round)")
            let tokens = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        await office.tokens.discard(stale)
                        return try await office.tokens.token()
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(tokens == ["T\(round + 1)"])
            #expect(try office.requests.count == round + 1)
        }
    }

    /// What an answer says of the token's life; for how many seconds it is used.
    static let lifetimes: [(String, Int)] = [
        (#","expires_in":3600"#, 3540), (#","expires_in":"3600""#, 3540),
        (#","expires_in":3600.0"#, 3540), (#","expires_in":100"#, 50), ("", 240),
        (#","expires_in":null"#, 240), (#","expires_in":99999999999999999999"#, 240),
        (#","expires_in":1000000000"#, 86_340),
    ]

    @Test("a token is used until a minute before its end, or half its life", arguments: lifetimes)
    func expiry(_ lifetime: String, _ seconds: Int) async throws {
        let office = try Office(Self.token("T1", lifetime), Self.token("T2", lifetime))
        _ = try await office.tokens.token()
        office.time.advance(.seconds(seconds - 1))
        #expect(try await office.tokens.token() == "T1")
        office.time.advance(.seconds(1))
        #expect(try await office.tokens.token() == "T2")
        #expect(try office.requests.count == 2)
    }

    @Test("a token without a life is used once and asked for anew", arguments: ["0", "-5"])
    func dead(_ lifetime: String) async throws {
        let office = try Office(
            Self.token("T1", #","expires_in":\#(lifetime)"#), Self.token("T2", ""))
        #expect(try await office.tokens.token() == "T1")
        #expect(try await office.tokens.token() == "T2")
    }

    @Test("a refused secret is said to be one, at once, without showing it")
    func refused() async throws {
        let office = try Office(
            .json(401, #"{"error":"invalid_client","error_description":"bad\r\nsecret"}"#))
        let error = await failure { () throws(ConnectorError) in
            _ = try await office.tokens.token()
        }
        guard case .signIn(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason == "invalid_client: bad  secret")
        #expect(error?.isTransient == false)
        #expect(!"\(error.map { "\($0)" } ?? "")".contains("s3cret"))
        #expect(try office.requests.count == 1)
        #expect(office.time.sleeps.isEmpty)
    }

    @Test("an endpoint that recovers is asked again, with growing pauses")
    func recovery() async throws {
        let office = try Office(
            .html(503), .json(429, "{}"), .html(500), Self.token("T1", ""))
        #expect(try await office.tokens.token() == "T1")
        #expect(office.time.sleeps == [250, 500, 1000].map { .milliseconds($0) })
    }

    @Test("one that does not is given up, and asked anew the next time")
    func outage() async throws {
        let office = try Office(
            .html(503), .html(503), .html(503), .html(503), .html(503), Self.token("T1", ""))
        let error = await failure { () throws(ConnectorError) in
            _ = try await office.tokens.token()
        }
        guard case .refused(_, 503, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try office.requests.count == 5)
        #expect(try await office.tokens.token() == "T1")
    }

    @Test(
        "an answer without a token is unusable",
        arguments: ["{}", #"{"access_token":""}"#, #"{"access_token":7}"#, "[]", "<html>", ""])
    func noToken(_ body: String) async throws {
        let office = try Office(.json(body))
        let error = await failure { () throws(ConnectorError) in
            _ = try await office.tokens.token()
        }
        #expect(error?.kind == .content)
        #expect(error?.isTransient == false)
    }

    @Test("a redirect of the sign-in is a refusal, and the secret goes nowhere else")
    func redirect() async throws {
        let elsewhere = try Endpoint()
        let office = try Office(
            .json(307, "", headers: [("Location", elsewhere.origin + "/token")]))
        let error = await failure { () throws(ConnectorError) in
            _ = try await office.tokens.token()
        }
        #expect(error?.kind == .credentials)
        #expect(elsewhere.tokenRequests.isEmpty)
    }

    @Test("whoever is cancelled does not wait for the endpoint, and the others still get theirs")
    func cancellation() async throws {
        let office = try Office()
        let endpoint = try office.endpoint.get()
        endpoint.hold()
        let impatient = Task { () -> ConnectorError? in
            await failure { () throws(ConnectorError) in _ = try await office.tokens.token() }
        }
        let patient = Task { try await office.tokens.token() }
        try await endpoint.waiting(1)
        impatient.cancel()
        #expect(await impatient.value == .cancelled)
        endpoint.release()
        #expect(try await patient.value == "T1")
        #expect(try office.requests.count == 1)
    }
}
