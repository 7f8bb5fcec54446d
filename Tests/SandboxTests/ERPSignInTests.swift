import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The ERP system's sign-in", .timeLimit(.minutes(5)))
struct ERPSignInTests {
    private static let products = ERPClient.v2 + "API_PRODUCT_SRV/A_Product/$count"

    @Test("locks the user after five wrong passwords, for the right one too")
    func lock() async throws {
        try await ERPClient.with { erp in
            #expect(try await erp.get(Self.products).text == "80")
            let wrong = [("Authorization", ERPClient.basic(erp.announced("erp_user"), "wrong"))]
            for _ in 0..<5 {
                let refused = try await erp.get(Self.products, headers: wrong)
                #expect(refused.status == 401)
                #expect(
                    refused.headers["WWW-Authenticate"]
                        == "Basic realm=\"SAP NetWeaver Application Server [S4D/100]\"")
                #expect(refused.headers["Content-Type"]?.hasPrefix("text/html") == true)
            }
            #expect(try await erp.get(Self.products).status == 401)
            _ = try await erp.control("POST", "unlock")
            #expect(try await erp.get(Self.products).status == 200)
        }
    }

    @Test("takes a wrong client for a wrong password, and a missing one where it is checked")
    func client() async throws {
        try await ERPClient.with { erp in
            #expect(try await erp.get(Self.products + "?sap-client=200").status == 401)
            #expect(try await erp.get(Self.products).status == 200)
            try await erp.set(["client_check": true])
            #expect(try await erp.get(Self.products).status == 401)
            let client = erp.announced("erp_client")
            #expect(try await erp.get(Self.products + "?sap-client=\(client)").status == 200)
            let header = [("sap-client", client)]
            #expect(try await erp.get(Self.products, headers: header).status == 200)
        }
    }

    @Test("gives access tokens at both endpoints, for as long as is set")
    func tokens() async throws {
        try await ERPClient.with { erp in
            let credentials = ERPClient.basic(
                erp.announced("erp_client_id"), erp.announced("erp_client_secret"))
            func token(_ url: String) async throws -> JSON {
                try await erp.sandbox.send(
                    "POST", url,
                    headers: [
                        ("Authorization", credentials),
                        ("Content-Type", "application/x-www-form-urlencoded"),
                    ], body: "grant_type=client_credentials"
                ).json
            }
            _ = try await erp.control("POST", "token-lifetime", ["seconds": 120])
            for url in [
                erp.announced("erp_token_url"), erp.sandbox.origin + "/sap/bc/sec/oauth2/token",
            ] {
                let given = try await token(url)
                #expect(given["expires_in"] == 120)
                let bearer = [("Authorization", "Bearer " + (given.text("access_token") ?? ""))]
                #expect(try await erp.get(Self.products, headers: bearer).status == 200)
                _ = try await erp.sandbox.control("POST", "expire-tokens")
                let refused = try await erp.get(Self.products, headers: bearer)
                #expect(refused.status == 401)
                #expect(
                    refused.headers["WWW-Authenticate"]?.contains("error=\"invalid_token\"")
                        == true)
            }
            let refused = try await erp.sandbox.send(
                "POST", erp.announced("erp_token_url"),
                headers: [("Authorization", ERPClient.basic("x", "y"))],
                body: "grant_type=client_credentials")
            #expect(refused.status == 401)
            #expect(refused.json.text("error") == "invalid_client")
        }
    }

    @Test("opens a session for every request without its cookie, until there are no more")
    func sessions() async throws {
        try await ERPClient.with { erp in
            let first = try await erp.get(Self.products)
            let cookies = [("Cookie", first.cookies)]
            #expect(first.cookies.contains("SAP_SESSIONID_S4D_100="))
            #expect(try await erp.get(Self.products, headers: cookies).cookies == "")
            #expect(try await erp.control("GET", "state")["sessions_opened"] == 1)
            try await erp.set(["sessions_max": 2])
            #expect(try await erp.get(Self.products).status == 200)
            #expect(try await erp.get(Self.products).status == 503)
            #expect(try await erp.get(Self.products, headers: cookies).status == 200)
        }
    }

    @Test("has a logon page with status 200, and outages without Retry-After")
    func pages() async throws {
        try await ERPClient.with { erp in
            try await erp.set(["logon_page": true])
            let page = try await erp.get(Self.products)
            #expect(page.status == 200)
            #expect(page.headers["Content-Type"]?.hasPrefix("text/html") == true)
            try await erp.set(["logon_page": false, "down": true])
            let down = try await erp.get(Self.products)
            #expect(down.status == 503)
            #expect(down.headers["Retry-After"] == nil)
            #expect(down.headers["Content-Type"]?.hasPrefix("text/html") == true)
        }
    }

    @Test("takes a CSRF token only with the cookies it came with")
    func csrf() async throws {
        try await ERPClient.with { erp in
            let root = erp.sandbox.origin + ERPClient.v2 + "API_PRODUCT_SRV/"
            let fetched = try await erp.get(root, headers: [("X-CSRF-Token", "Fetch")])
            let token = try #require(fetched.headers["x-csrf-token"])
            let batch =
                "--b\r\nContent-Type: application/http\r\n\r\n"
                + "GET A_Product/$count HTTP/1.1\r\n\r\n\r\n--b--"
            func send(_ headers: [(String, String)]) async throws -> RunningSandbox.Answer {
                let common = [
                    ("Authorization", erp.basic), ("Content-Type", "multipart/mixed; boundary=b"),
                ]
                return try await erp.sandbox.send(
                    "POST", root + "$batch", headers: common + headers, body: batch)
            }
            for headers in [[], [("X-CSRF-Token", token)], [("Cookie", fetched.cookies)]] {
                let refused = try await send(headers)
                #expect(refused.status == 403)
                #expect(refused.headers["x-csrf-token"] == "Required")
                #expect(refused.text == "CSRF token validation failed")
            }
            let answer = try await send([("X-CSRF-Token", token), ("Cookie", fetched.cookies)])
            #expect(answer.status == 202)
            #expect(answer.text.contains("\r\n\r\n80\r\n--"))
        }
    }

    @Test("wants If-Match of those who write, and the tag that is there now")
    func writing() async throws {
        try await ERPClient.with { erp in
            let product = erp.sandbox.origin + ERPClient.v2 + "API_PRODUCT_SRV/A_Product('TG11')"
            let fetched = try await erp.get(product, headers: [("X-CSRF-Token", "Fetch")])
            let tag = try #require(fetched.headers["ETag"])
            func change(_ headers: [(String, String)]) async throws -> Int {
                let common = [
                    ("Authorization", erp.basic), ("Cookie", fetched.cookies),
                    ("X-CSRF-Token", fetched.headers["x-csrf-token"] ?? ""),
                ]
                return try await erp.sandbox.send(
                    "PATCH", product, headers: common + headers, body: #"{"GrossWeight":"9.5"}"#
                ).status
            }
            #expect(try await change([]) == 428)
            #expect(try await change([("If-Match", tag)]) == 204)
            #expect(try await change([("If-Match", tag)]) == 412)
        }
    }
}
