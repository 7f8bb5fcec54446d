import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's batches", .timeLimit(.minutes(5)))
struct BatchTests {
    private static func send(
        _ requests: JSON, _ sandbox: RunningSandbox, _ token: String
    ) async throws -> RunningSandbox.Answer {
        try await sandbox.send(
            "POST", sandbox.graph + "/$batch",
            headers: [
                ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
            ], body: JSON.object(JSON.Members([("requests", requests)])).serialized())
    }

    private static func part(_ id: String, _ url: String, after: [JSON] = []) -> JSON {
        [
            "id": .string(id), "method": "GET", "url": .string(url),
            "headers": ["Prefer": #"IdType="ImmutableId""#], "dependsOn": .array(after),
        ]
    }

    @Test("answer out of order, each part with its own status, an inner 429 included")
    func order() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let user = "/users/sales@contoso.example"
            _ = try await sandbox.control(
                "POST", "faults",
                [
                    "path": "*/mailFolders/archive*", "fault": "status", "status": 429,
                    "retry_after": "5",
                ])
            let answer = try await Self.send(
                [
                    Self.part("a", user + "/mailFolders/inbox"),
                    Self.part("b", user + "/mailFolders/archive"),
                    Self.part("c", user + "/drive", after: ["b"]),
                ], sandbox, token)
            #expect(answer.status == 200)
            let parts = answer.json["responses"]?.arrayValue ?? []
            #expect(parts.compactMap(\.id) == ["c", "b", "a"])
            #expect(parts.map { $0["status"] } == [424, 429, 200])
            #expect(parts[1]["headers"]?["Retry-After"] == "5")
            #expect(parts[2]["body"]?["displayName"] == "Inbox")
        }
    }

    @Test("are refused as a whole for a repeated id, too many parts, or no token")
    func refusals() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let url = "/users/sales@contoso.example/drive"
            let twice: JSON = [Self.part("a", url), Self.part("a", url)]
            #expect(try await Self.send(twice, sandbox, token).status == 400)
            let many = JSON.array((0..<21).map { Self.part("\($0)", url) })
            #expect(try await Self.send(many, sandbox, token).status == 400)
            #expect(try await Self.send([Self.part("a", url)], sandbox, "none").status == 401)
        }
    }
}
