import Foundation
import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox CRM's sign-in", .timeLimit(.minutes(5)))
struct CRMSignInTests {
    @Test("gives a token without an end and without a refresh token, and the instance to go to")
    func success() async throws {
        try await CRMClient.with { crm in
            let answer = try await crm.requestToken(crm.credentials)
            #expect(answer.status == 200)
            #expect(answer.json["expires_in"] == nil)
            #expect(answer.json["refresh_token"] == nil)
            #expect(answer.json["token_type"] == "Bearer")
            #expect(answer.json["instance_url"]?.stringValue == crm.sandbox.origin)
            #expect(try await crm.get("/limits").status == 200)
        }
    }

    @Test("takes client id and secret from the Authorization header as well")
    func basic() async throws {
        try await CRMClient.with { crm in
            let pair = [crm.credentials["client_id"], crm.credentials["client_secret"]]
                .compactMap { $0 }.joined(separator: ":")
            let answer = try await crm.requestToken(
                ["grant_type": "client_credentials"],
                headers: [("Authorization", "Basic " + Data(pair.utf8).base64EncodedString())])
            #expect(answer.status == 200)
        }
    }

    @Test(
        "refuses a wrong request with an object, not an array",
        arguments: [
            (["client_secret": "wrong"], "invalid_client"),
            (["client_id": "wrong"], "invalid_client_id"),
            (["grant_type": "password"], "unsupported_grant_type"),
        ])
    func refusal(changes: [String: String], error: String) async throws {
        try await CRMClient.with { crm in
            let answer = try await crm.requestToken(crm.credentials.merging(changes) { $1 })
            #expect(answer.status == 400)
            #expect(answer.json["error"]?.stringValue == error)
            #expect(answer.json["error_description"]?.stringValue?.isEmpty == false)
        }
    }

    struct Assertion: Sendable, CustomTestStringConvertible {
        let what: String
        var header: JSON = ["alg": "RS256"]
        var changes: JSON = [:]
        /// Seconds from now to the end.
        var lifetime = 170
        var isMilliseconds = false
        var error: String?
        var testDescription: String { what }
    }

    static let assertions = [
        Assertion(what: "as it should be"),
        Assertion(
            what: "for the sandbox login host", changes: ["aud": "https://test.salesforce.com"]),
        Assertion(what: "of another algorithm", header: ["alg": "HS256"], error: "invalid_grant"),
        Assertion(
            what: "with a slash behind the audience",
            changes: ["aud": "https://login.salesforce.com/"], error: "invalid_grant"),
        Assertion(what: "for a stranger", changes: ["sub": "x@y.example"], error: "invalid_grant"),
        Assertion(what: "of a stranger", changes: ["iss": "x"], error: "invalid_client_id"),
        Assertion(what: "in milliseconds", isMilliseconds: true, error: "invalid_grant"),
        Assertion(what: "good for too long", lifetime: 600, error: "invalid_grant"),
        Assertion(what: "of yesterday", lifetime: -86_400, error: "invalid_grant"),
    ]

    @Test("takes a signed assertion only where all it says is right", arguments: assertions)
    func assertion(_ row: Assertion) async throws {
        try await CRMClient.with { crm in
            let end = Int(Date().timeIntervalSince1970) + row.lifetime
            let claims: JSON = [
                "iss": .string(crm.sandbox.announced["crm_client_id"] ?? ""),
                "sub": .string(crm.sandbox.announced["crm_username"] ?? ""),
                "aud": "https://login.salesforce.com",
                "exp": JSON(row.isMilliseconds ? end * 1000 : end),
            ]
            let parts = [row.header, claims.merging(row.changes)].map { part in
                Data(part.serializedBytes()).base64EncodedString()
                    .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            }
            let answer = try await crm.requestToken([
                "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "assertion": (parts + ["c2ln"]).joined(separator: "."),
            ])
            #expect(answer.json["error"]?.stringValue == row.error)
            #expect((answer.json["access_token"] != nil) == (row.error == nil))
        }
    }

    @Test("ends a session after as many calls as it is told, and after expire-tokens")
    func expiry() async throws {
        try await CRMClient.with { crm in
            try await crm.switches(["session_calls": 2])
            #expect(try await crm.get("/limits").status == 200)
            #expect(try await crm.get("/limits").status == 200)
            let third = try await crm.get("/limits")
            #expect(third.status == 401)
            #expect(third.crmCode == "INVALID_SESSION_ID")
            var again = crm
            again.token = try await crm.signIn()
            #expect(try await again.get("/limits").status == 200)
            _ = try await crm.sandbox.control("POST", "expire-tokens", [:])
            #expect(try await again.get("/limits").crmCode == "INVALID_SESSION_ID")
        }
    }

    @Test("moves to another instance: the next token names it, the old address knows nobody")
    func instance() async throws {
        try await CRMClient.with { crm in
            let moved = crm.sandbox.origin.replacing("127.0.0.1", with: "localhost")
            try await crm.switches(["instance_url": .string(moved)])
            let answer = try await crm.requestToken(crm.credentials)
            #expect(answer.json["instance_url"]?.stringValue == moved)
            let token = answer.json["access_token"]?.stringValue ?? ""
            let headers = [("Authorization", "Bearer \(token)")]
            let path = crm.base + "/limits"
            let old = try await crm.sandbox.send(
                "GET", crm.sandbox.origin + path, headers: headers)
            #expect(old.crmCode == "INVALID_SESSION_ID")
            #expect(try await crm.sandbox.send("GET", moved + path, headers: headers).status == 200)
        }
    }

    @Test("lists its versions to anybody, and nothing else")
    func versions() async throws {
        try await CRMClient.with { crm in
            let answer = try await crm.sandbox.send("GET", crm.sandbox.origin + "/services/data/")
            #expect(answer.status == 200)
            let known = answer.json.arrayValue?.compactMap { $0["version"]?.stringValue } ?? []
            #expect(known.contains(crm.sandbox.announced["crm_api_version"] ?? ""))
            let stranger = try await crm.sandbox.send(
                "GET", crm.sandbox.origin + crm.base + "/limits")
            #expect(stranger.status == 401)
        }
    }

    @Test("counts calls on every answer, and refuses those beyond the quota until they are old")
    func quota() async throws {
        try await CRMClient.with { crm in
            let first = try await crm.get("/limits")
            #expect(first.headers["Sforce-Limit-Info"] == "api-usage=1/100000")
            try await crm.switches(["quota_max": 2])
            #expect(try await crm.get("/limits").headers["Sforce-Limit-Info"] == "api-usage=2/2")
            let refused = try await crm.get("/limits")
            #expect(refused.status == 403)
            #expect(refused.crmCode == "REQUEST_LIMIT_EXCEEDED")
            #expect(refused.headers["Retry-After"] == nil)
            #expect(refused.headers["Sforce-Limit-Info"] == "api-usage=2/2")
            _ = try await crm.control("POST", "reset-quota", [:])
            #expect(try await crm.get("/limits").status == 200)
        }
    }
}
