import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's random faults", .timeLimit(.minutes(5)))
struct RandomFaultTests {
    /// The outcomes of so many requests: a status, or the way it broke.
    private static func outcomes(
        _ count: Int, _ sandbox: RunningSandbox, _ token: String
    ) async throws -> [String] {
        var outcomes: [String] = []
        for _ in 0..<count {
            do {
                let answer = try await sandbox.get(sandbox.feed("inbox"), token: token)
                let after = answer.headers["Retry-After"].map { " \($0.count)" } ?? ""
                outcomes.append("\(answer.status)\(after)")
            } catch is HTTPClientError {
                outcomes.append("broken")
            }
        }
        return outcomes
    }

    @Test("strike with the probability asked for, the same way for the same seed, until taken out")
    func determinism() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let order: JSON = [
                "rate": 0.3, "seed": 7, "kinds": ["throttle", "unavailable", "error", "timeout"],
            ]
            _ = try await sandbox.control("POST", "faults/random", order)
            let first = try await Self.outcomes(80, sandbox, token)
            _ = try await sandbox.control("POST", "faults/random", order)
            #expect(try await Self.outcomes(80, sandbox, token) == first)
            let struck = first.count { !$0.hasPrefix("200") }
            #expect((12...36).contains(struck))
            #expect(Set(first).isSuperset(of: ["200", "429", "500", "504"]))
            let state = try await sandbox.control("DELETE", "faults/random")
            #expect(state["struck"] == JSON(struck))
            #expect(Set(try await Self.outcomes(20, sandbox, token)) == ["200"])
        }
    }

    @Test(
        "of one kind do what the kind says",
        arguments: [
            ("throttle", "429"), ("unavailable", "503"), ("error", "500"), ("timeout", "504"),
            ("truncate", "broken"), ("expire-tokens", "401"), ("redirect", "30"),
            ("logon-page", "200"), ("delay", "200"), ("empty-page", "200"),
            ("throttle-absurd", "429"),
        ])
    func kinds(kind: String, outcome: String) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            _ = try await sandbox.control(
                "POST", "faults/random", ["rate": 1, "kinds": [.string(kind)]])
            for result in try await Self.outcomes(4, sandbox, token) {
                #expect(result.hasPrefix(outcome))
            }
        }
    }

    @Test("of feeds strike positions, in the words of each system, and nothing else")
    func feedExpiry() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let mail = try await sandbox.round(sandbox.feed("inbox"), token: token)
            let feed = sandbox.driveFeed(try await sandbox.drive("sales"))
            let drive = try await sandbox.round(feed, token: token)
            _ = try await sandbox.control(
                "POST", "faults/random", ["rate": 1, "kinds": ["feed-expired"]])
            #expect(try await sandbox.get(sandbox.feed("inbox"), token: token).status == 200)
            #expect(try await sandbox.get(feed, token: token).status == 200)
            let lostMail = try await sandbox.get(mail.deltaLink, token: token)
            #expect(lostMail.status == 410 && lostMail.errorCode == "SyncStateNotFound")
            let lostDrive = try await sandbox.get(drive.deltaLink, token: token)
            #expect(lostDrive.status == 410 && lostDrive.errorCode == "resyncRequired")
        }
    }

    @Test("are refused where rate or kinds make no sense")
    func nonsense() async throws {
        try await RunningSandbox.with { sandbox in
            for body in [[:], ["rate": 2], ["rate": 0.1, "kinds": ["flood"]]] as [JSON] {
                let answer = try await sandbox.send(
                    "POST", sandbox.origin + "/sandbox/faults/random", body: body.serialized())
                #expect(answer.status == 400)
            }
        }
    }
}
