import Connectors
import Crypto
import Foundation
import JSON
import Testing

@Suite("SignIn by assertion", .timeLimit(.minutes(5)))
struct SignInAssertionTests {
    /// Made once by `openssl`, as keys take their time.
    static let pair = Result { try KeyPair() }

    struct KeyPair {
        let certificate: [UInt8]
        let key: [UInt8]

        init() throws {
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "pair-\(UInt64.random(in: 0...UInt64.max))")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let command =
                "cd \(folder.path) && openssl req -x509 -newkey rsa:2048 -nodes -days 2 "
                + "-subj /CN=docket -keyout key.pem -out certificate.pem 2>/dev/null"
            let pipe = try #require(popen(command, "r"))
            try #require(pclose(pipe) == 0)
            certificate = Array(try Data(contentsOf: folder.appending(path: "certificate.pem")))
            key = Array(try Data(contentsOf: folder.appending(path: "key.pem")))
        }
    }

    /// A token's parts, its signature checked.
    private struct Opened {
        let header: JSON
        let claims: JSON

        init(_ text: String?, by algorithm: RSASignature) throws {
            let parts = try #require(text).split(separator: ".").map(String.init)
            try #require(parts.count == 3)
            let signature = try #require(bytes(base64url: parts[2]))
            let certificate = try Certificate(pem: SignInAssertionTests.pair.get().certificate)
            let content = Array("\(parts[0]).\(parts[1])".utf8)
            try #require(certificate.verifies(signature, of: content, by: algorithm))
            header = try JSON.parse(#require(bytes(base64url: parts[0])))
            claims = try JSON.parse(#require(bytes(base64url: parts[1])))
        }
    }

    private static func certificateGrant() throws -> TokenGrant {
        let pair = try pair.get()
        return .clientAssertion(
            clientID: "app", certificate: pair.certificate, key: pair.key, scope: "s/.default")
    }

    private static func userGrant(_ audience: String) throws -> TokenGrant {
        .jwtBearer(
            clientID: "consumer", subject: "ann@example.org", audience: audience,
            key: try pair.get().key)
    }

    private static let now = Int(FixedTime.start.timeIntervalSince1970)

    @Test("a certificate's assertion is PS256, names the certificate and lasts ten minutes")
    func certificate() async throws {
        let office = try SignInOffice(grant: Self.certificateGrant())
        #expect(try await office.token() == "T1")
        let form = SignInOffice.form(try #require(office.requests.first))
        #expect(form["grant_type"] == "client_credentials")
        #expect(form["client_id"] == "app")
        #expect(form["scope"] == "s/.default")
        #expect(form["client_secret"] == nil)
        #expect(
            form["client_assertion_type"]
                == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        let opened = try Opened(form["client_assertion"], by: .ps256)
        let certificate = try Certificate(pem: Self.pair.get().certificate)
        #expect(opened.header["alg"] == "PS256")
        #expect(opened.header["typ"] == "JWT")
        #expect(opened.header["x5t#S256"]?.stringValue == base64url(try certificate.sha256()))
        #expect(opened.claims["aud"]?.stringValue == office.endpoint.origin + "/token")
        #expect(opened.claims["iss"] == "app")
        #expect(opened.claims["sub"] == "app")
        #expect(opened.claims["nbf"]?.intValue == Self.now)
        #expect(opened.claims["iat"]?.intValue == Self.now)
        #expect(opened.claims["exp"]?.intValue == Self.now + 600)
    }

    @Test("no two assertions have the same identifier, a UUID")
    func identifiers() async throws {
        let office = try SignInOffice(
            fraction: { Double.random(in: 0..<1) }, grant: Self.certificateGrant())
        var identifiers: Set<String> = []
        for _ in 0..<8 {
            await office.signIn.discard(try await office.signIn.pass())
        }
        for request in office.requests {
            let form = SignInOffice.form(request)
            let opened = try Opened(form["client_assertion"], by: .ps256)
            let identifier = try #require(opened.claims["jti"]?.stringValue)
            #expect(UUID(uuidString: identifier) != nil)
            identifiers.insert(identifier)
        }
        #expect(identifiers.count == 8)
    }

    @Test("a user's assertion is RS256, for an audience without a slash, and lasts three minutes")
    func user() async throws {
        let office = try SignInOffice(grant: Self.userGrant("https://login.example/"))
        #expect(try await office.token() == "T1")
        let form = SignInOffice.form(try #require(office.requests.first))
        #expect(form.keys.sorted() == ["assertion", "grant_type"])
        #expect(form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
        let opened = try Opened(form["assertion"], by: .rs256)
        #expect(opened.header["alg"] == "RS256")
        #expect(opened.claims["iss"] == "consumer")
        #expect(opened.claims["sub"] == "ann@example.org")
        #expect(opened.claims["aud"] == "https://login.example")
        #expect(opened.claims["exp"]?.intValue == Self.now + 180)
    }

    private static let refused = Answer.json(400, #"{"error":"invalid_grant"}"#)

    @Test(
        "graph 18: a refused assertion is made once more by the server's clock, and that one is kept"
    )
    func clock() async throws {
        let office = try SignInOffice(
            [Self.refused, .json(#"{"access_token":"T1","expires_in":3600}"#)],
            grant: Self.certificateGrant())
        office.time.advance(.seconds(3600))
        await office.signIn.discard(try await office.signIn.pass())
        _ = try await office.signIn.pass()
        let times = try office.requests.map {
            let opened = try Opened(SignInOffice.form($0)["client_assertion"], by: .ps256)
            return try #require(opened.claims["nbf"]?.intValue)
        }
        #expect(times == [Self.now + 3600, Self.now, Self.now])
    }

    @Test("once our own clock is set right, that is noticed the same way")
    func clockSetRight() async throws {
        let good = Answer.json(#"{"access_token":"T","expires_in":3600}"#)
        let office = try SignInOffice(
            [Self.refused, good, Self.refused, good], grant: Self.certificateGrant())
        office.time.advance(.seconds(3600))
        await office.signIn.discard(try await office.signIn.pass())
        office.time.advance(.seconds(-3600))
        _ = try await office.signIn.pass()
        let times = try office.requests.map {
            let opened = try Opened(SignInOffice.form($0)["client_assertion"], by: .ps256)
            return try #require(opened.claims["nbf"]?.intValue)
        }
        #expect(times == [3600, 0, -3600, 0].map { Self.now + $0 })
    }

    @Test(
        "it is not where no clock can be so wrong, and never a third time",
        arguments: [(0, 1), (10 * 86_400, 1), (-3600, 2), (3600, 2)])
    func clockIsRight(_ ahead: Double, _ count: Int) async throws {
        let office = try SignInOffice([Self.refused], grant: Self.userGrant("https://x"))
        office.time.advance(.seconds(ahead))
        #expect(await office.refusal()?.kind == .credentials)
        #expect(office.requests.count == count)
    }

    @Test("a secret is not sent twice because of the clock")
    func secretAndClock() async throws {
        let office = try SignInOffice([Self.refused])
        office.time.advance(.seconds(3600))
        #expect(await office.refusal()?.kind == .credentials)
        #expect(office.requests.count == 1)
    }

    @Test("a key that cannot be used is said to be one, without a request")
    func badKey() async throws {
        let pair = try Self.pair.get()
        let grant = TokenGrant.clientAssertion(
            clientID: "app", certificate: pair.key, key: pair.key, scope: nil)
        let office = try SignInOffice(grant: grant)
        let error = await office.refusal()
        #expect(error?.kind == .credentials)
        #expect(error?.description.contains("BEGIN CERTIFICATE") == true)
        #expect(office.requests.isEmpty)
    }
}
