import HTTPClient
import JSON
import SandboxTesting
import Testing

@Suite("The sandbox's faults", .timeLimit(.minutes(5)))
struct FaultTests {
    private static let feedPattern: JSON = "*/messages/delta*"

    private static func order(_ fault: JSON, _ sandbox: RunningSandbox) async throws {
        _ = try await sandbox.control("POST", "faults", fault)
    }

    @Test(
        "refuse once, with Retry-After in the form that was asked for",
        arguments: [
            (["fault": "status", "status": 429, "retry_after": "3"], 429, "3"),
            (
                ["fault": "status", "status": 503, "retry_after": "soon, perhaps"], 503,
                "soon, perhaps"
            ),
            (
                ["fault": "status", "status": 429, "retry_after": "99999999999999999999"], 429,
                "99999999999999999999"
            ),
            (["fault": "status", "status": 429], 429, nil),
        ] as [(JSON, Int, String?)])
    func status(fault: JSON, status: Int, retryAfter: String?) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            try await Self.order(fault, sandbox)
            let refused = try await sandbox.get(sandbox.feed("inbox"), token: token)
            #expect(refused.status == status)
            #expect(refused.headers["Retry-After"] == retryAfter)
            #expect(refused.errorCode != nil)
            #expect(try await sandbox.get(sandbox.feed("inbox"), token: token).status == 200)
        }
    }

    @Test("give Retry-After as a date too, and a body that is not JSON")
    func dateAndBody() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            try await Self.order(
                [
                    "fault": "status", "status": 503, "retry_after_date": 30,
                    "body": "<html>Service Unavailable</html>",
                ], sandbox)
            let refused = try await sandbox.get(sandbox.feed("inbox"), token: token)
            #expect(refused.headers["Retry-After"]?.hasSuffix(" GMT") == true)
            #expect(refused.headers["Content-Type"] == "text/html")
            #expect(refused.json == .null)
        }
    }

    @Test("strike only what matches, after the requests that are to pass, as often as asked")
    func pattern() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            try await Self.order(
                [
                    "path": "*/MAILFOLDERS/inbox/*", "skip": 1, "count": 2, "fault": "status",
                    "status": 500,
                ], sandbox)
            var statuses: [Int] = []
            for folder in ["archive", "inbox", "inbox", "archive", "inbox", "inbox"] {
                let page = try await sandbox.get(sandbox.feed(folder), token: token)
                statuses.append(page.status)
            }
            #expect(statuses == [200, 200, 500, 200, 500, 200])
            let state = try await sandbox.control("GET", "faults")
            #expect(state == ["pending": 0, "struck": 2])
        }
    }

    @Test("cut an answer off", arguments: [false, true])
    func truncation(chunked: Bool) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            try await Self.order(
                ["fault": "truncate", "bytes": 500, "chunked": .bool(chunked)], sandbox)
            await #expect(throws: HTTPClientError.self) {
                try await sandbox.get(sandbox.feed("inbox"), token: token)
            }
            #expect(try await sandbox.get(sandbox.feed("inbox"), token: token).status == 200)
        }
    }

    @Test("put a logon page with status 200 in the answer's place")
    func logonPage() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            try await Self.order(["fault": "logon-page"], sandbox)
            let page = try await sandbox.get(sandbox.feed("inbox"), token: token)
            #expect(page.status == 200)
            #expect(page.headers["Content-Type"]?.hasPrefix("text/html") == true)
            #expect(page.json == .null)
        }
    }

    @Test("expire the token in the middle of a round")
    func tokenExpiry() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            try await Self.order(
                ["path": Self.feedPattern, "skip": 1, "fault": "expire-tokens"], sandbox)
            let first = try await sandbox.get(sandbox.feed("inbox"), token: token, pageSize: 3)
            let next = try #require(first.nextLink)
            #expect(try await sandbox.get(next, token: token).status == 401)
            let fresh = try await sandbox.token()
            #expect(try await sandbox.get(next, token: fresh).status == 200)
        }
    }

    @Test("lose a feed's position, with and without the place to begin anew")
    func syncState() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let round = try await sandbox.round(sandbox.feed("inbox"), token: token)
            try await Self.order(
                [
                    ["path": "*deltatoken*", "fault": "sync-state-not-found", "location": true],
                    [
                        "path": "*deltatoken*", "fault": "sync-state-not-found",
                        "code": "syncStateNotFound",
                    ],
                ], sandbox)
            let first = try await sandbox.get(round.deltaLink, token: token)
            #expect(first.status == 410)
            let location = try #require(first.headers["Location"])
            let second = try await sandbox.get(round.deltaLink, token: token)
            #expect(second.status == 410)
            #expect(second.errorCode == "syncStateNotFound")
            #expect(second.headers["Location"] == nil)
            let again = try await sandbox.round(location, token: token)
            #expect(Set(again.ids) == Set(round.ids))
        }
    }

    @Test(
        "make odd pages that lose nothing",
        arguments: ["empty-page", "repeat-page", "duplicate-items", "ghost-removals"])
    func oddPages(fault: String) async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let plain = try await sandbox.round(sandbox.feed("inbox"), token: token)
            try await Self.order(
                ["path": Self.feedPattern, "skip": 1, "fault": .string(fault)], sandbox)
            let odd = try await sandbox.round(sandbox.feed("inbox"), token: token)
            #expect(odd.presentIDs == plain.presentIDs)
            #expect(odd.pageCount == plain.pageCount + (fault.hasSuffix("page") ? 1 : 0))
            let extra = ["empty-page": 0, "ghost-removals": 2][fault, default: 4]
            #expect(odd.items.count == plain.items.count + extra)
            #expect(odd.removedIDs.count == (fault == "ghost-removals" ? 2 : 0))
            #expect(odd.removedIDs.isDisjoint(with: odd.presentIDs))
        }
    }

    @Test("lead a link back to itself, or to a stranger")
    func badLinks() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let stranger = "http://localhost:9"
            try await Self.order(
                [
                    ["fault": "repeat-link"],
                    ["fault": "foreign-link", "origin": .string(stranger)],
                ], sandbox)
            let url = sandbox.feed("inbox") + "?$top=2"
            #expect(try await sandbox.get(url, token: token).nextLink == url)
            let foreign = try await sandbox.get(url, token: token)
            #expect(foreign.nextLink?.hasPrefix(stranger + "/v1.0/users(") == true)
        }
    }

    @Test("redirect elsewhere, and tell when credentials went along")
    func redirect() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let alias = sandbox.origin.replacing("127.0.0.1", with: "localhost")
            try await Self.order(
                ["fault": "redirect", "status": 307, "to": .string(alias + "/elsewhere")], sandbox)
            let answer = try await sandbox.get(sandbox.feed("inbox"), token: token)
            #expect(answer.status == 307)
            #expect(answer.headers["Location"] == alias + "/elsewhere")
            #expect(try await sandbox.control("GET", "requests")["credentials_leaked"] == 0)
            _ = try await sandbox.get(alias + "/elsewhere", token: token)
            #expect(try await sandbox.control("GET", "requests")["credentials_leaked"] == 1)
        }
    }

    @Test("delay answers; a fifth request of the same mailbox meanwhile is one too many")
    func concurrency() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            try await Self.order(
                ["fault": "delay", "milliseconds": 800, "count": "always"], sandbox)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        try await sandbox.get(sandbox.feed("inbox"), token: token).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 200, 200, 200, 429])
            let counters = try await sandbox.control("GET", "requests")
            #expect(counters["peak_concurrency"]?["sales@contoso.example"] == 5)
        }
    }

    @Test(
        "that make no sense are refused with the reason",
        arguments: [
            (["fault": "earthquake"], "unknown fault \"earthquake\""),
            (["fault": "status"], "status is missing"),
            (["fault": "status", "status": 42], "status is not a whole number in 200...599"),
            (["fautl": "status"], "unknown member \"fautl\""),
        ] as [(JSON, String)])
    func nonsense(fault: JSON, reason: String) async throws {
        try await RunningSandbox.with { sandbox in
            let answer = try await sandbox.send(
                "POST", sandbox.origin + "/sandbox/faults", body: fault.serialized())
            #expect(answer.status == 400)
            #expect(answer.json["error"]?.stringValue?.hasPrefix(reason) == true)
        }
    }

    @Test("count requests by kind, so that a second run can be seen to read only what changed")
    func counters() async throws {
        try await RunningSandbox.with { sandbox in
            let token = try await sandbox.token()
            let round = try await sandbox.round(sandbox.feed("inbox"), token: token)
            let first = try await sandbox.control("GET", "requests")
            #expect(first["kinds"]?["token"] == 1)
            #expect(first["kinds"]?["messages-delta-initial"] == 1)
            #expect(first["kinds"]?["messages-delta-next"] == JSON(round.pageCount - 1))
            #expect(first["statuses"]?["200"] == JSON(round.pageCount + 1))
            _ = try await sandbox.control("DELETE", "requests")
            _ = try await sandbox.round(round.deltaLink, token: token)
            let second = try await sandbox.control("GET", "requests")
            #expect(second["kinds"] == ["messages-delta-changes": 1])
        }
    }
}
