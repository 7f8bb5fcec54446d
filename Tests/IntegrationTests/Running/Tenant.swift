import Foundation
import HTTPClient
import JSON

/// A sandbox tenant of the test's own, and what the test does to it behind docket's back.
struct Tenant: Sendable {
    let http: HTTPClient
    let child: Child
    /// What it announced, by the word before the colon.
    let facts: [String: String]

    static func start(_ arguments: [String], in folder: String) async throws -> Tenant {
        let ready = "\(folder)/sandbox"
        let child = try Child(
            Programs.sandbox, ["--exit-with-parent", "--ready-file", ready] + arguments,
            environment: Programs.environment, in: folder)
        try await until(within: .seconds(30), "the sandbox answers: \(child.errors)") {
            FileManager.default.fileExists(atPath: ready)
        }
        var facts: [String: String] = [:]
        for line in try String(contentsOfFile: ready, encoding: .utf8).split(separator: "\n") {
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            if parts.count == 2 { facts[parts[0]] = parts[1] }
        }
        return Tenant(http: try HTTPClient(), child: child, facts: facts)
    }

    func stop() {
        http.close()
        child.stop()
    }

    var origin: String { fact("docket-sandbox").replacing("listening on ", with: "") }
    var secret: String { fact("client_secret") }
    /// The facts that nobody may tell.
    static let secrets = [
        "client_secret", "crm_client_secret", "erp_password", "erp_client_secret",
    ]
    func fact(_ name: String) -> String { facts[name, default: ""] }

    @discardableResult
    func control(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        let response = try await http.send(
            HTTPRequest(
                method, url: "\(origin)/sandbox/\(path)", body: body.map { $0.serializedBytes() }))
        guard response.status == 200 else {
            let text = String(decoding: response.body, as: UTF8.self)
            throw Child.Failure(description: "\(method) \(path): \(response.status) \(text)")
        }
        return try JSON.parse(response.body)
    }

    /// Requests since the last reset, by kind.
    func requests() async throws -> [String: Int] {
        let pairs = try await control("GET", "requests")["kinds"]?.objectMembers?.pairs ?? []
        return Dictionary(uniqueKeysWithValues: pairs.map { ($0.name, $0.value.intValue ?? 0) })
    }

    func resetRequests() async throws { try await control("DELETE", "requests") }

    /// How often credentials went to where they do not belong.
    func leaks() async throws -> Int? {
        try await control("GET", "requests")["credentials_leaked"]?.intValue
    }

    func fault(_ faults: JSON...) async throws {
        try await control("POST", "faults", .array(faults))
    }

    /// Posts a mail.
    ///
    /// - Returns: Its immutable id.
    @discardableResult
    func post(
        _ subject: String, body: String = "Text.", in folder: String, of mailbox: String = .sales
    ) async throws -> String {
        let made = try await control(
            "POST", "mailboxes/\(mailbox)/messages",
            ["folder": .string(folder), "subject": .string(subject), "body": .string(body)])
        return made["immutable_id"]?.stringValue ?? ""
    }

    func change(_ id: String, _ body: JSON, of mailbox: String = .sales) async throws {
        try await control("PATCH", "mailboxes/\(mailbox)/messages/\(id)", body)
    }

    func move(_ id: String, to folder: String, of mailbox: String = .sales) async throws {
        try await control(
            "POST", "mailboxes/\(mailbox)/messages/\(id)/move", ["folder": .string(folder)])
    }

    func delete(_ id: String, of mailbox: String = .sales) async throws {
        try await control("DELETE", "mailboxes/\(mailbox)/messages/\(id)")
    }

    /// The immutable ids of the mails in a folder.
    func mails(in folder: String, of mailbox: String = .sales) async throws -> [String] {
        let listed = try await control("GET", "mailboxes/\(mailbox)/messages?folder=\(folder)")
        return listed.arrayValue?.compactMap { $0["immutable_id"]?.stringValue } ?? []
    }

    /// Makes an empty folder at the top of a mailbox.
    ///
    /// - Returns: Its key, for the control interface.
    func makeFolder(_ name: String, of mailbox: String = .sales) async throws -> String {
        let made = try await control(
            "POST", "mailboxes/\(mailbox)/folders", ["name": .string(name)])
        return made["key"]?.stringValue ?? ""
    }
}

extension String {
    static let sales = "sales@contoso.example"
    static let support = "support@contoso.example"
}
