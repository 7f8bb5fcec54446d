import Connectors
import Foundation
import HTTPClient
import Testing

@Suite("SignIn", .timeLimit(.minutes(5)))
struct SignInTests {
    private static func office(_ answers: Answer...) throws -> SignInOffice {
        try SignInOffice(answers)
    }

    static func token(_ text: String, _ lifetime: String) -> Answer {
        .json(#"{"token_type":"Bearer","access_token":"\#(text)"\#(lifetime)}"#)
    }

    @Test("asks as RFC 6749 says, in a form that is encoded")
    func request() async throws {
        let office = try Self.office()
        #expect(try await office.token() == "T1")
        let request = try #require(office.requests.first)
        #expect(request.method == "POST")
        #expect(request.header("Content-Type") == "application/x-www-form-urlencoded")
        #expect(
            request.body
                == "grant_type=client_credentials&client_id=me%26you"
                + "&client_secret=s3cret+%2B%3D%25&scope=https%3A%2F%2Fx%2F.default")
    }

    @Test("however many ask at once, one request is sent")
    func singleFlight() async throws {
        let office = try Self.office()
        let endpoint = office.endpoint
        endpoint.hold()
        let asking = (0..<100).map { _ in Task { try await office.token() } }
        try await endpoint.waiting(1)
        endpoint.release()
        var tokens: [String] = []
        for task in asking { tokens.append(try await task.value) }
        #expect(tokens == Array(repeating: "T1", count: 100))
        #expect(office.requests.count == 1)
    }

    @Test("a refused token is renewed once, however many were refused with it")
    func discarding() async throws {
        let office = try Self.office()
        for round in 1...20 {
            let stale = try await office.signIn.pass()
            #expect(stale.headers.map(\.value) == ["Bearer T\(round)"])
            let tokens = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        await office.signIn.discard(stale)
                        return try await office.token()
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(tokens == ["T\(round + 1)"])
            #expect(office.requests.count == round + 1)
            office.time.advance(.seconds(120))
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
        let office = try Self.office(Self.token("T1", lifetime), Self.token("T2", lifetime))
        _ = try await office.token()
        office.time.advance(.seconds(seconds - 1))
        #expect(try await office.token() == "T1")
        office.time.advance(.seconds(1))
        #expect(try await office.token() == "T2")
        #expect(office.requests.count == 2)
    }

    @Test("a token without a life is used once and asked for anew", arguments: ["0", "-5"])
    func dead(_ lifetime: String) async throws {
        let office = try Self.office(
            Self.token("T1", #","expires_in":\#(lifetime)"#), Self.token("T2", ""))
        #expect(try await office.token() == "T1")
        #expect(try await office.token() == "T2")
    }

    @Test("a refused secret is said to be one, at once, without showing it")
    func refused() async throws {
        let office = try Self.office(
            .json(401, #"{"error":"invalid_client","error_description":"bad\r\nsecret"}"#))
        let error = await failure { () throws(ConnectorError) in
            _ = try await office.token()
        }
        guard case .signIn(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason == "invalid_client: bad  secret")
        #expect(error?.isTransient == false)
        #expect(!"\(error.map { "\($0)" } ?? "")".contains("s3cret"))
        #expect(office.requests.count == 1)
        #expect(office.time.sleeps.isEmpty)
    }

    @Test("an endpoint that recovers is asked again, with growing pauses")
    func recovery() async throws {
        let office = try Self.office(
            .html(503), .json(429, "{}"), .html(500), Self.token("T1", ""))
        #expect(try await office.token() == "T1")
        #expect(office.time.sleeps == [250, 500, 1000].map { .milliseconds($0) })
    }

    @Test("one that does not is given up, and asked anew the next time")
    func outage() async throws {
        let office = try Self.office(
            .html(503), .html(503), .html(503), .html(503), .html(503), Self.token("T1", ""))
        let error = await failure { () throws(ConnectorError) in
            _ = try await office.token()
        }
        guard case .refused(_, 503, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(office.requests.count == 5)
        #expect(try await office.token() == "T1")
    }

    @Test(
        "an answer without a token is unusable",
        arguments: ["{}", #"{"access_token":""}"#, #"{"access_token":7}"#, "[]", "<html>", ""])
    func noToken(_ body: String) async throws {
        let office = try Self.office(.json(body))
        let error = await failure { () throws(ConnectorError) in
            _ = try await office.token()
        }
        #expect(error?.kind == .content)
        #expect(error?.isTransient == false)
    }

    @Test("a redirect of the sign-in is a refusal, and the secret goes nowhere else")
    func redirect() async throws {
        let elsewhere = try Endpoint()
        let office = try Self.office(
            .json(307, "", headers: [("Location", elsewhere.origin + "/token")]))
        let error = await failure { () throws(ConnectorError) in
            _ = try await office.token()
        }
        #expect(error?.kind == .credentials)
        #expect(elsewhere.tokenRequests.isEmpty)
    }

    @Test("whoever is cancelled does not wait for the endpoint, and the others still get theirs")
    func cancellation() async throws {
        let office = try Self.office()
        let endpoint = office.endpoint
        endpoint.hold()
        let impatient = Task { () -> ConnectorError? in
            await failure { () throws(ConnectorError) in _ = try await office.token() }
        }
        let patient = Task { try await office.token() }
        try await endpoint.waiting(1)
        impatient.cancel()
        #expect(await impatient.value == .cancelled)
        endpoint.release()
        #expect(try await patient.value == "T1")
        #expect(office.requests.count == 1)
    }
}
