import Foundation
import JSON
import Postgres
import Testing

@Suite("Bad input", .timeLimit(.minutes(10)))
struct BadInputTests {
    @Test("a misspelt key is shown in its place, with the right one")
    func misspeltKey() async throws {
        var configured = Configured()
        configured.scheduleKey = "shedule"
        try await Installation.with(configured) { docket in
            let outcome = try await docket.docket("check")
            #expect(outcome.status == 78)
            #expect(outcome.output.isEmpty)
            let place = docket.path("connectors.d/mail.yaml") + ":3:1: "
            #expect(outcome.errors.contains(place))
            #expect(outcome.errors.contains("shedule: 5m"))
            #expect(outcome.errors.contains("^^^^^^^\n") || outcome.errors.contains("^\n"))
            #expect(outcome.errors.contains("`schedule`"))
            #expect(try await docket.docket("run", "--once").status == 78)
        }
    }

    @Test("a secret that is not there ends the program before anything is read")
    func missingSecret() async throws {
        try await Installation.with { docket in
            try FileManager.default.removeItem(atPath: docket.path("secret"))
            for words in [["check"], ["run", "--once"]] {
                let outcome = try await docket.start(words).end()
                #expect(outcome.status == 78)
                #expect(outcome.errors.contains("connectors.d/mail.yaml:"))
                #expect(outcome.errors.contains("${file:../secret}"))
            }
            #expect(try await docket.tenant.requests().isEmpty)
        }
    }

    @Test("a refused secret is told from an absent server", arguments: ["check", "run"])
    func refusedSecret(command: String) async throws {
        try await Installation.with { docket in
            let wrong = "not-the-secret-at-all"
            try docket.write(wrong, to: "secret", mode: 0o600)
            let words = command == "run" ? ["run", "--once"] : [command]
            let outcome = try await docket.start(words).end()
            #expect(outcome.status == 77)
            #expect(
                outcome.errors.contains("sign-in refused by \(docket.tenant.fact("token_url"))"))
            #expect(outcome.errors.contains("the secret is wrong"))
            #expect(outcome.complaints.count == 1, "\(outcome.errors)")
            #expect(!(outcome.output + outcome.errors).contains(wrong))
        }
    }

    @Test("a server that is not there is named", arguments: ["check", "run"])
    func unreachable(command: String) async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        // Nobody listens on port 9, "discard".
        (configured.baseURL, configured.tokenURL) = (
            "http://127.0.0.1:9/v1.0", "http://127.0.0.1:9/t"
        )
        try await Installation.with(configured) { docket in
            let words = command == "run" ? ["run", "--once"] : [command]
            let outcome = try await docket.start(words).end()
            #expect(outcome.status == 69)
            #expect(outcome.complaints.count == 1, "\(outcome.errors)")
            #expect(outcome.errors.contains("cannot connect to 127.0.0.1 port 9"))
        }
    }

    /// What an endpoint does, what the line about it says, and how the run ends.
    struct Trouble: Sendable, CustomTestStringConvertible {
        let fault: JSON
        let says: [String]
        let status: Int32

        var testDescription: String { fault["fault"]?.stringValue ?? "" }
    }

    private static let troubles = [
        Trouble(
            fault: ["fault": "truncate", "bytes": 300],
            says: ["ended in the middle of the answer of"], status: 69),
        Trouble(
            fault: ["fault": "truncate", "bytes": 300, "chunked": true],
            says: ["it can be asked again"], status: 69),
        Trouble(
            fault: ["fault": "logon-page"], says: ["not JSON", "text/html", "check base_url"],
            status: 1),
        Trouble(fault: ["fault": "repeat-link"], says: ["repeats its pages"], status: 1),
        Trouble(fault: ["fault": "repeat-page"], says: ["repeats its pages"], status: 1),
        Trouble(fault: ["fault": "empty-page"], says: ["repeats its pages"], status: 1),
        Trouble(
            fault: ["fault": "foreign-link", "origin": "http://localhost:9"],
            says: ["leads from", "http://localhost:9", "check base_url"], status: 1),
        Trouble(
            fault: ["fault": "redirect", "to": "http://localhost:9/elsewhere"],
            says: ["a redirect to http://localhost:9", "check base_url"], status: 1),
        Trouble(
            fault: ["fault": "status", "status": 500], says: ["answered 500", "at the next poll"],
            status: 69),
    ]

    @Test("an endpoint that misbehaves gets one line, and loses nothing", arguments: troubles)
    func trouble(_ trouble: Trouble) async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            try await docket.tenant.generate(120, in: "archive")
            let fault: JSON = ["path": "*messages/delta*", "count": "always"]
            try await docket.tenant.fault(fault.merging(trouble.fault))
            let outcome = try await docket.docket("run", "--once")
            #expect(outcome.status == trouble.status)
            #expect(outcome.complaints.count == 1, "\(outcome.errors)")
            for text in trouble.says {
                #expect(outcome.complaints.first?.contains(text) == true, "\(outcome.errors)")
            }
            #expect(outcome.complaints.first?.contains("scope=sales@contoso.example") == true)
            try await docket.tenant.control("DELETE", "faults")
            try await docket.run()
            #expect(try await docket.filed() == Set(try await docket.tenant.mails(in: "archive")))
            #expect(try await docket.tenant.leaks() == 0)
        }
    }

    @Test("a redirect or a link to a name of the same server takes no credentials along")
    func alias() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            let alias = docket.tenant.origin.replacing("127.0.0.1", with: "localhost")
            let faults: [JSON] = [
                ["fault": "redirect", "to": .string(alias + "/x")],
                ["fault": "foreign-link", "origin": .string(alias)],
            ]
            for fault in faults {
                let always: JSON = ["path": "*messages/delta*", "count": "always"]
                try await docket.tenant.fault(always.merging(fault))
                let outcome = try await docket.docket("run", "--once")
                #expect(outcome.status == 1, "\(outcome.errors)")
                try await docket.tenant.control("DELETE", "faults")
            }
            #expect(try await docket.tenant.leaks() == 0)
            try await docket.run()
            #expect(try await docket.filed() == Set(try await docket.tenant.mails(in: "archive")))
        }
    }

    @Test("mailboxes that are forbidden or missing do not stop the others")
    func refusedMailboxes() async throws {
        var configured = Configured()
        let (board, missing) = ("board@contoso.example", "archive2019@contoso.example")
        configured.mailboxes = [board, .sales, missing]
        try await Installation.with(configured) { docket in
            let outcome = try await docket.docket("run", "--once")
            #expect(outcome.status == 1)
            #expect(outcome.complaints.count == 2, "\(outcome.errors)")
            let ofBoard = outcome.complaints.first { $0.contains("scope=\(board)") }
            #expect(ofBoard?.contains("no permission for") == true)
            let ofMissing = outcome.complaints.first { $0.contains("scope=\(missing)") }
            #expect(ofMissing?.contains("does not exist") == true)
            let inbox = try await docket.tenant.mails(in: "inbox")
            #expect(try await docket.filed().isSuperset(of: inbox))
            let failing = try await docket.texts(
                """
                SELECT scope AS value FROM docket_v1.connector_status WHERE state = 'failing'
                ORDER BY scope
                """)
            #expect(failing == [missing, board])
            let status = try await docket.docket("status")
            #expect(status.errors.contains("error: mail \(board): no permission for"))
        }
    }

    @Test(
        "a request to slow down is heeded, in whichever form it comes",
        arguments: [
            ["retry_after": "2"], ["retry_after_date": 3], ["retry_after": "soon"], [:],
        ] as [JSON])
    func throttled(form: JSON) async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            let fault: JSON = ["path": "*messages/delta*", "fault": "status", "status": 429]
            try await docket.tenant.fault(fault.merging(form))
            let startedAt = ContinuousClock.now
            try await docket.run()
            let least: Duration =
                form == [:] || form["retry_after"] == "soon" ? .seconds(1) : .seconds(2)
            #expect(ContinuousClock.now - startedAt >= least)
            #expect(try await docket.filed() == Set(try await docket.tenant.mails(in: "archive")))
            let throttled = try await docket.tenant.control("GET", "requests")
            #expect(throttled["statuses"]?["429"] == 1)
        }
    }

    @Test("a request to come back much later is told, not waited for")
    func parked() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            try await docket.tenant.fault([
                "path": "*messages/delta*", "fault": "status", "status": 503,
                "retry_after": "3600",
            ])
            let outcome = try await docket.docket("run", "--once")
            #expect(outcome.status == 69)
            #expect(outcome.complaints.first?.contains("asked to wait until") == true)
            let states = try await docket.texts(
                """
                SELECT state AS value FROM docket_v1.connector_status
                WHERE parked_until BETWEEN now() + interval '58 minutes'
                    AND now() + interval '1 hour'
                """)
            #expect(states == ["parked"])
        }
    }

    @Test("a model file that was cut off is named", arguments: ["check", "run"])
    func truncatedModel(command: String) async throws {
        var configured = Configured()
        configured.recipes = "[summary]"
        configured.model = "model.gguf"
        try await Installation.with(configured) { docket in
            let whole = try FileHandle(forReadingFrom: URL(filePath: Programs.model))
            try whole.read(upToCount: 3_000_000)?.write(
                to: URL(filePath: docket.path("model.gguf")))
            let words = command == "run" ? ["run", "--once"] : [command]
            let outcome = try await docket.start(words).end()
            #expect(outcome.status == 78)
            #expect(outcome.complaints.count == 1, "\(outcome.errors)")
            #expect(outcome.complaints.first?.contains(docket.path("model.gguf")) == true)
            #expect(try await docket.tenant.requests()["messages-delta-initial"] == nil)
        }
    }
}
