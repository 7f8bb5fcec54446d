import Foundation
import HTTPClient
import Testing

@Suite("The daemon", .timeLimit(.minutes(10)))
struct DaemonTests {
    @Test("tells the service manager, answers the administrator, polls, and stops cleanly")
    func life() async throws {
        var configured = EnrichmentTests.configured(folder: "Trial")
        configured.schedule = "1s"
        configured.hasOwnServer = true
        try await Installation.with(configured) { docket in
            let folder = try await docket.tenant.makeFolder("Trial")
            let manager = try NotifySocket(at: docket.path("notify"))
            let daemon = try docket.start(["run"], environment: ["NOTIFY_SOCKET": manager.path])
            defer { daemon.stop() }
            try await daemon.says(" ready ")
            let admin = try #require(daemon.errors.firstMatch(of: /admin=(http:\S+)/)).1
            #expect(
                manager.message()
                    == "READY=1\nSTATUS=connectors: 1; admin at \(admin)")
            for page in ["/livez", "/readyz"] {
                #expect(try await docket.page(admin + page) == "200 ok\n")
            }

            try await docket.tenant.post("First", in: folder)
            try await until("the next poll files a mail: \(daemon.errors)") {
                try await docket.asked("SELECT string_agg(title, ',') FROM docket_v1.documents")
                    == "First"
            }
            try await until("its job is done") {
                try await docket.asked("SELECT count(*) FROM docket_v1.tags") == "1"
            }
            let metrics = try await docket.page(admin + "/metrics")
            #expect(
                metrics.contains(#"docket_documents_total{connector="mail",outcome="created"} 1"#))
            #expect(metrics.contains("docket_jobs_total{"))

            for number in 0..<12 {
                try await docket.tenant.post(
                    "Mail \(number)", body: EnrichmentTests.letter(number), in: folder)
            }
            let running = "SELECT count(*) > 0 FROM docket_v1.backlog WHERE state = 'running'"
            try await until("it works on them") { try await docket.asked(running) == "t" }
            // Clients of other tests are told secrets of the same sandbox.
            for (_, line) in Installation.commandLines() where line.hasPrefix(Programs.docket) {
                docket.expectSecrecy(line)
            }

            let stoppedAt = ContinuousClock.now
            daemon.send(SIGTERM)
            let outcome = try await daemon.end(within: .seconds(20))
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(ContinuousClock.now - stoppedAt < .seconds(10))
            #expect(manager.message() == "STOPPING=1")
            #expect(outcome.output.isEmpty)
            docket.expectSecrecy(outcome.errors)
            try await until("its processes end") { docket.processes().isEmpty }
            #expect(try await docket.asked(running) == "f")
            #expect(
                try await docket.asked("SELECT count(*) FROM docket_v1.failed_documents") == "0")
            try await until("psql's processes end") { docket.processes().isEmpty }
        }
    }

    @Test("gets over the end of its own database server")
    func serverKilled() async throws {
        var configured = Configured()
        configured.folders = ["Trial"]
        configured.schedule = "1s"
        configured.hasOwnServer = true
        try await Installation.with(configured) { docket in
            let folder = try await docket.tenant.makeFolder("Trial")
            let daemon = try docket.start(["run"])
            defer { daemon.stop() }
            try await daemon.says(" ready ")
            let server = try docket.databaseServer()
            kill(server, SIGKILL)
            try await docket.tenant.post("Afterwards", in: folder)
            try await until("the server is back: \(daemon.errors)") {
                (try? docket.databaseServer()) != server
            }
            let query = "SELECT count(*) FROM docket_v1.documents"
            try await until("the mail is filed: \(daemon.errors)") {
                try await docket.asked(query) == "1"
            }
            #expect(daemon.poll() == nil)
            daemon.send(SIGTERM)
            #expect(try await daemon.end(within: .seconds(20)).status == 0)
            try await until("its processes end") { docket.processes().isEmpty }
        }
    }

    @Test("can be killed: its own database server does not outlive it")
    func killed() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        configured.hasOwnServer = true
        try await Installation.with(configured) { docket in
            let daemon = try docket.start(["run"])
            try await daemon.says(" ready ")
            #expect(docket.processes().contains { $0.contains("postgres") })
            daemon.stop()
            try await until("the server stops") { docket.processes().isEmpty }
        }
    }
}

extension Installation {
    /// What psql answers to a query, while the daemon uses the same server.
    func asked(_ query: String) async throws -> String {
        let outcome = try await docket("psql", "-Atc", query)
        guard outcome.status == 0 else { throw Child.Failure(description: outcome.errors) }
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    /// Status and body of a page.
    func page(_ url: String) async throws -> String {
        let answer = try await tenant.http.send(HTTPRequest(url: url))
        return "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
    }
}
