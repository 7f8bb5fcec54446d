import Foundation
import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's token endpoint", .timeLimit(.minutes(5)))
struct TokenTests {
    @Test("gives a bearer token for the announced credentials, by tenant id and by domain")
    func success() async throws {
        try await RunningSandbox.with(["--token-lifetime", "61"]) { sandbox in
            for tenant in [sandbox.announced["tenant"], "contoso.example"] {
                let answer = try await sandbox.requestToken(sandbox.form(), tenant: tenant)
                #expect(answer.status == 200)
                #expect(answer.json["token_type"] == "Bearer")
                #expect(answer.json["expires_in"] == 61)
                #expect(answer.json["refresh_token"] == nil)
                let token = try #require(answer.json["access_token"]?.stringValue)
                let url = sandbox.users + "/sales@contoso.example/mailFolders"
                #expect(try await sandbox.get(url, token: token).status == 200)
            }
        }
    }

    @Test(
        "refuses a wrong request by name and number",
        arguments: [
            (["client_secret": "wrong"], 401, "invalid_client", 7_000_215),
            (["client_id": "wrong"], 400, "unauthorized_client", 700_016),
            (["scope": "https://graph.example/Mail.Read"], 400, "invalid_scope", 70_011),
            (["grant_type": "password"], 400, "unsupported_grant_type", 70_003),
            (["client_secret": ""], 400, "invalid_request", 900_144),
        ])
    func refusal(changes: [String: String], status: Int, error: String, number: Int) async throws {
        try await RunningSandbox.with { sandbox in
            let answer = try await sandbox.requestToken(sandbox.form(changes))
            #expect(answer.status == status)
            #expect(answer.json["error"]?.stringValue == error)
            #expect(answer.json["error_codes"] == [JSON(number)])
            #expect(
                answer.json["error_description"]?.stringValue?.hasPrefix("AADSTS\(number): ")
                    == true)
        }
    }

    @Test("refuses an unknown tenant and a body that is no form")
    func wrongPlace() async throws {
        try await RunningSandbox.with { sandbox in
            let stranger = try await sandbox.requestToken(sandbox.form(), tenant: "other.example")
            #expect(stranger.json["error_codes"] == [90_002])
            let answer = try await sandbox.send(
                "POST", sandbox.announced["token_url"] ?? "",
                headers: [("Content-Type", "application/json")], body: "{}")
            #expect(answer.status == 400)
        }
    }

    @Test("takes the secret it was started with, whatever is in it")
    func ownSecret() async throws {
        try await RunningSandbox.with(["--client-secret", "a+b &=%ü"]) { sandbox in
            let answer = try await sandbox.requestToken(
                sandbox.form(["client_secret": "a+b &=%ü"]))
            #expect(answer.status == 200)
        }
    }

    @Test(
        "takes an assertion in place of the secret, if all it says is right",
        arguments: [
            (["alg": "PS256", "x5t#S256": "dGh1bWI"], [:], 200),
            (["alg": "RS256", "x5t": "dGh1bWI"], [:], 200),
            (["alg": "PS256"], [:], 401),
            (["alg": "none", "x5t": "dGh1bWI"], [:], 401),
            (["alg": "PS256", "x5t#S256": "dGh1bWI"], ["aud": "https://other.example"], 401),
            (["alg": "PS256", "x5t#S256": "dGh1bWI"], ["iss": "someone"], 401),
            (["alg": "PS256", "x5t#S256": "dGh1bWI"], ["exp": 1_700_000_000], 401),
            (["alg": "PS256", "x5t#S256": "dGh1bWI"], ["nbf": 4_000_000_000], 401),
        ] as [(JSON, JSON, Int)])
    func assertion(header: JSON, changes: JSON, status: Int) async throws {
        try await RunningSandbox.with { sandbox in
            let client = sandbox.announced["client_id"] ?? ""
            let claims: JSON = [
                "aud": .string(sandbox.announced["token_url"] ?? ""), "iss": .string(client),
                "sub": .string(client), "jti": "1", "nbf": 1_700_000_000, "exp": 4_000_000_000,
            ]
            let parts = [header, claims.merging(changes)].map { part in
                Data(part.serializedBytes()).base64EncodedString()
                    .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            }
            let answer = try await sandbox.requestToken(
                sandbox.form([
                    "client_secret": "",
                    "client_assertion_type":
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion": (parts + ["c2ln"]).joined(separator: "."),
                ]))
            #expect(answer.status == status)
            if status != 200 { #expect(answer.json["error_codes"] == [700_027]) }
        }
    }

    @Test("lets nobody in without a good token, and says why")
    func authorization() async throws {
        try await RunningSandbox.with { sandbox in
            let url = sandbox.users + "/sales@contoso.example/mailFolders"
            let none = try await sandbox.send("GET", url)
            #expect(none.status == 401)
            #expect(none.errorCode == "InvalidAuthenticationToken")
            #expect(none.headers["WWW-Authenticate"]?.hasPrefix("Bearer realm=\"\"") == true)
            let unknown = try await sandbox.get(url, token: "made-up")
            #expect(unknown.status == 401)
            let token = try await sandbox.token()
            #expect(try await sandbox.get(url, token: token).status == 200)
            _ = try await sandbox.control("POST", "expire-tokens", [:])
            let expired = try await sandbox.get(url, token: token)
            #expect(expired.status == 401)
            #expect(expired.json["error"]?["message"]?.stringValue?.contains("expired") == true)
            let fresh = try await sandbox.token()
            #expect(fresh != token)
            #expect(try await sandbox.get(url, token: fresh).status == 200)
        }
    }
}
