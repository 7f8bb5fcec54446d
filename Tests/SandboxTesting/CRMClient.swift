import Foundation
import HTTPClient
package import JSON

/// A client of the sandbox's CRM, signed in.
package struct CRMClient: Sendable {
    package let sandbox: RunningSandbox
    package var token = ""
    package var version = "62.0"

    package init(sandbox: RunningSandbox) { self.sandbox = sandbox }

    /// Runs a sandbox and signs in.
    package static func with(
        _ arguments: [String] = [], _ body: (CRMClient) async throws -> Void
    ) async throws {
        try await RunningSandbox.with(arguments) { sandbox in
            var client = CRMClient(sandbox: sandbox)
            client.token = try await client.signIn()
            try await body(client)
        }
    }

    package var base: String { "/services/data/v\(version)" }

    package static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    // Sign-in

    package func requestToken(
        _ fields: [String: String], headers: [(String, String)] = []
    ) async throws -> RunningSandbox.Answer {
        let form = fields.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
        return try await sandbox.send(
            "POST", "\(sandbox.announced["crm_login_url"] ?? "")/services/oauth2/token",
            headers: [("Content-Type", "application/x-www-form-urlencoded")] + headers, body: form)
    }

    package var credentials: [String: String] {
        [
            "grant_type": "client_credentials",
            "client_id": sandbox.announced["crm_client_id"] ?? "",
            "client_secret": sandbox.announced["crm_client_secret"] ?? "",
        ]
    }

    package func signIn() async throws -> String {
        let answer = try await requestToken(credentials)
        guard let token = answer.json["access_token"]?.stringValue else {
            throw RunningSandbox.Failure(message: "no token: \(answer.json.serialized())")
        }
        return token
    }

    // Requests

    /// The path begins with `/services`.
    package func send(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: JSON? = nil
    ) async throws -> RunningSandbox.Answer {
        try await sandbox.send(
            method, sandbox.origin + path,
            headers: [("Authorization", "Bearer \(token)")] + headers, body: body?.serialized())
    }

    package func get(
        _ path: String, headers: [(String, String)] = []
    ) async throws -> RunningSandbox.Answer {
        try await send("GET", base + path, headers: headers)
    }

    /// The first page.
    package func query(
        _ text: String, all: Bool = false, headers: [(String, String)] = []
    ) async throws -> RunningSandbox.Answer {
        try await get(
            "/\(all ? "queryAll" : "query")?q=\(Self.escaped(text))", headers: headers)
    }

    /// The records of all pages.
    package func records(_ text: String, all: Bool = false) async throws -> [JSON] {
        var answer = try await query(text, all: all)
        var records = answer.records
        while let next = answer.json["nextRecordsUrl"]?.stringValue {
            answer = try await send("GET", next)
            guard answer.status == 200 else { break }
            records += answer.records
        }
        return records
    }

    package func ids(_ text: String, all: Bool = false) async throws -> [String] {
        try await records(text, all: all).compactMap(\.recordID)
    }

    // Control

    package func control(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON
    {
        try await sandbox.control(method, "crm/\(path)", body)
    }

    @discardableResult
    package func switches(_ body: JSON) async throws -> JSON {
        try await control("POST", "switches", body)
    }

    /// Makes a record and gives its id.
    package func create(_ object: String, _ fields: JSON, _ more: JSON = [:]) async throws -> String
    {
        let body: JSON = ["fields": fields]
        let answer = try await control("POST", "records/\(object)", body.merging(more))
        return answer["id"]?.stringValue ?? ""
    }
}

extension RunningSandbox.Answer {
    package var records: [JSON] { json["records"]?.arrayValue ?? [] }

    /// The code of the first error; API errors come in an array.
    package var crmCode: String? { json.arrayValue?.first?["errorCode"]?.stringValue }

    package var text: String { String(decoding: body, as: UTF8.self) }
}

extension JSON {
    package var recordID: String? { self["Id"]?.stringValue }
}
