import Connectors
import Foundation
import Testing

@Suite("SignIn refused", .timeLimit(.minutes(5)))
struct SignInRefusalTests {
    private static let refused = Answer.json(
        401, #"{"error":"invalid_client","error_description":"X7000222: secret expired."}"#)

    @Test("refused credentials are not sent again for a quarter of an hour")
    func waiting() async throws {
        let office = try SignInOffice([Self.refused, SignInTests.token("T1", "")])
        let first = await office.refusal()
        office.time.advance(.seconds(15 * 60 - 1))
        #expect(await office.refusal() == first)
        #expect(office.requests.count == 1)
        office.time.advance(.seconds(1))
        #expect(try await office.token() == "T1")
    }

    @Test("the definition's first hint that fits says what to do")
    func hints() async throws {
        let hints = [
            Hint(fragment: "x7000222", remedy: "make a new client secret"),
            Hint(fragment: "invalid_client", remedy: "check client_id"),
        ]
        let office = try SignInOffice([Self.refused], hints: hints)
        let text = await office.refusal()?.description ?? ""
        let words = "invalid_client: X7000222: secret expired.; make a new client secret"
        #expect(text.contains(words))
        #expect(!text.contains("check client_id;"))
    }

    @Test(
        "what a server quotes of a secret is not passed on",
        arguments: [TokenGrant.ClientStyle.body, .basic])
    func quoting(_ style: TokenGrant.ClientStyle) async throws {
        let grant = TokenGrant.clientCredentials(
            clientID: "a", secret: "hunter2", scope: nil, style: style)
        let basic = Data("a:hunter2".utf8).base64EncodedString()
        for status in [400, 503] {
            let body = #"{"error":"x","error_description":"got hunter2, Basic \#(basic)"}"#
            let office = try SignInOffice([.json(status, body)], grant: grant)
            let text = await office.refusal()?.description ?? ""
            #expect(text.contains("got …"))
            #expect(!text.contains("hunter2"))
            #expect(style == .body || !text.contains(basic))
            #expect(!"\(grant) \(Credentials.token(url: "u", grant))".contains("hunter2"))
        }
    }

    @Test("a secret may go as Basic, without a scope, each as it is")
    func basicStyle() async throws {
        let grant = TokenGrant.clientCredentials(
            clientID: "sb!1|x", secret: "a=$b", scope: nil, style: .basic)
        let office = try SignInOffice(grant: grant)
        #expect(try await office.token() == "T1")
        let request = try #require(office.requests.first)
        #expect(request.body == "grant_type=client_credentials")
        let expected = "Basic " + Data("sb!1|x:a=$b".utf8).base64EncodedString()
        #expect(request.header("Authorization") == expected)
    }

    @Test("a throttling endpoint is asked again after the pause it asks for")
    func throttled() async throws {
        let office = try SignInOffice([
            .throttled("7"), .throttled("0", status: 503),
            .throttled("Thu, 15 Jan 2026 08:00:20 GMT"), SignInTests.token("T1", ""),
        ])
        #expect(try await office.token() == "T1")
        #expect(office.time.sleeps == [.seconds(7), .seconds(1), .seconds(12)])
    }

    @Test("one that asks for a long pause gets it, without a request")
    func parked() async throws {
        let office = try SignInOffice([.throttled("3600"), SignInTests.token("T1", "")])
        for _ in 0..<3 {
            guard case .parked(FixedTime.start + 3600, _) = await office.refusal() else {
                Issue.record("not parked")
                return
            }
        }
        #expect(office.requests.count == 1)
        office.time.advance(.seconds(3600))
        #expect(try await office.token() == "T1")
    }

    @Test("tokens that are refused again and again are not renewed for a while")
    func breaker() async throws {
        let office = try SignInOffice()
        var count = 0
        while count < 100, let pass = try? await office.signIn.pass() {
            count += 1
            await office.signIn.discard(pass)
        }
        #expect(count == 11)
        #expect(office.requests.count == 11)
        let error = await office.refusal()
        #expect(error?.kind == .credentials)
        #expect(error?.description.contains("refuses every token") == true)
        office.time.advance(.seconds(15 * 60))
        #expect(try await office.token() == "T12")
    }

    @Test("tokens that were good before they were refused are renewed, however many they are")
    func proven() async throws {
        let office = try SignInOffice()
        for _ in 0..<100 {
            let pass = try await office.signIn.pass()
            await office.signIn.accept(pass)
            await office.signIn.discard(pass)
        }
        #expect(office.requests.count == 100)
    }

    @Test("tokens that are refused now and then are")
    func noBreaker() async throws {
        let office = try SignInOffice()
        for _ in 0..<100 {
            await office.signIn.discard(try await office.signIn.pass())
            office.time.advance(.seconds(60))
        }
        #expect(office.requests.count == 100)
    }

    @Test("a late refusal of an old token does not cost the new one, though its text is the same")
    func sameText() async throws {
        let office = try SignInOffice([SignInTests.token("T", #","expires_in":3600"#)])
        let old = try await office.signIn.pass()
        await office.signIn.discard(old)
        let new = try await office.signIn.pass()
        #expect(old.headers == new.headers)
        #expect(old != new)
        await office.signIn.discard(old)
        #expect(try await office.signIn.pass() == new)
        #expect(office.requests.count == 2)
    }

    @Test("the service is where the token answer says, and only together with its token")
    func serviceURL() async throws {
        let office = try SignInOffice(
            [
                .json(#"{"access_token":"A","instance_url":"https://one.example/"}"#),
                .json(#"{"access_token":"B","instance_url":"https://two.example/base"}"#),
            ], serviceURLMember: "instance_url")
        let one = try await office.signIn.pass()
        #expect(one.serviceURL == "https://one.example")
        await office.signIn.discard(one)
        let two = try await office.signIn.pass()
        #expect(two.serviceURL == "https://two.example/base")
        #expect(two.headers.map(\.value) == ["Bearer B"])
    }

    @Test(
        "an answer that does not say where is unusable",
        arguments: [
            "", #","instance_url":7"#, #","instance_url":"one.example""#,
            #","instance_url":"file:///etc""#, #","instance_url":"https://a@b.example""#,
            #","instance_url":"https://b.example?x""#,
        ])
    func noServiceURL(_ member: String) async throws {
        let office = try SignInOffice(
            [SignInTests.token("T1", member)], serviceURLMember: "instance_url")
        #expect(await office.refusal()?.kind == .content)
    }
}
