import Admin
import Domain
import Foundation
import HTTPClient
import JSON
import Lifecycle
import Postgres
import Store
import StoreTesting
import Telemetry
import Testing

@Suite("AdminService", .timeLimit(.minutes(2)))
struct AdminServiceTests {
    private struct Office {
        let service: AdminService
        let metrics = Metrics()
        let store: Store
        let http: HTTPClient

        init(token: String? = nil, store: Store? = nil) async throws {
            if let store { self.store = store } else { self.store = try await TestStore.make() }
            service = try AdminService(
                listen: .loopback(), token: token, store: self.store,
                metrics: metrics)
            http = try HTTPClient()
        }

        func ask(
            _ path: String, _ method: String = "GET", authorization: String? = nil
        ) async throws -> (status: Int, text: String, headers: HTTPHeaders) {
            let headers = authorization.map { [("Authorization", $0)] } ?? []
            let answer = try await http.send(
                HTTPRequest(
                    method, url: "http://127.0.0.1:\(service.port)\(path)", headers: headers))
            return (answer.status, String(decoding: answer.body, as: UTF8.self), answer.headers)
        }
    }

    @Test("a live daemon with its schema is ready")
    func ready() async throws {
        let office = try await Office()
        #expect(try await office.ask("/livez").text == "ok\n")
        let ready = try await office.ask("/readyz")
        #expect(ready.status == 200 && ready.text == "ok\n")
        #expect(try await office.ask("/readyz?verbose").status == 200)
        let head = try await office.ask("/livez", "HEAD")
        #expect(head.status == 200 && head.text == "")
    }

    @Test("one without a database lives and is not ready; one with an older schema neither")
    func degraded() async throws {
        let nowhere = ConnectionOptions(
            url: "host=/nowhere dbname=docket", applicationName: "test")
        let office = try await Office(
            store: Store(database: Database(nowhere, connections: 1)))
        #expect(try await office.ask("/livez").status == 200)
        let ready = try await office.ask("/readyz")
        #expect(ready.status == 503 && ready.text == "degraded\n")
        #expect(try await office.ask("/metrics").status == 200)

        let older = try await Office()
        try await older.store.database.withConnection { connection in
            _ = try connection.run("DELETE FROM docket.migrations WHERE version > 1")
        }
        #expect(try await older.ask("/readyz").status == 503)
    }

    @Test("metrics are shown as Prometheus reads them")
    func metrics() async throws {
        let office = try await Office()
        office.metrics.count("docket_pages_total", "Pages.", ["connector": "mail"])
        let answer = try await office.ask("/metrics")
        #expect(answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(answer.text.contains("docket_pages_total{connector=\"mail\"} 1\n"))
    }

    @Test("a token guards the metrics, and not whether the daemon lives")
    func token() async throws {
        let office = try await Office(token: "t0ken")
        #expect(try await office.ask("/livez").status == 200)
        #expect(try await office.ask("/readyz").status == 200)
        for wrong in [
            nil, "", "Bearer", "Bearer ", "Bearer t0ke", "Bearer t0kenx", "Bearer T0KEN",
            "Basic t0ken", "t0ken", "Bearer  t0ken",
        ] {
            let answer = try await office.ask("/metrics", authorization: wrong)
            #expect(answer.status == 401, "\(wrong ?? "none")")
            #expect(answer.headers["WWW-Authenticate"] == "Bearer")
            #expect(answer.text == "")
        }
        for right in ["Bearer t0ken", "bearer t0ken"] {
            #expect(
                try await office.ask("/metrics", authorization: right).status == 200, "\(right)")
        }
    }

    @Test("the backlog is as it is now: what is done is no longer in it")
    func backlog() async throws {
        let office = try await Office()
        let store = office.store
        let instance = Instance(id: UUID(), host: "host", version: "1")
        try await store.register(instance)
        let fingerprint = [UInt8](repeating: 1, count: 32)
        let stream = Domain.Stream(
            connector: "mail", scope: "a", key: "k", name: "Inbox", variables: [:])
        try await store.ensure(connector: "mail", scope: "a", streams: [stream])
        var lease = try #require(try await store.claim(stream, by: instance, onlyIfDue: false))
        let document = Document(
            sourceID: "1", kind: "email", title: "T", author: nil, participants: [],
            language: nil, createdAt: nil, modifiedAt: nil, sourceURL: nil, body: "text",
            contentSHA256: Array(repeating: 7, count: 32), metadata: .object(.init()))
        let rule = JobRule(
            recipe: "summary", fingerprint: fingerprint, kinds: [], charactersMin: 1)
        _ = try await store.commit(
            PageCommit(
                cursor: .delta("d"), isRoundComplete: true,
                documents: [try StoredDocument(document, record: "{}")], removals: [], failures: [],
                rules: [rule]), under: &lease)
        let sample = #"docket_backlog_jobs{recipe="summary",state="available"}"#
        #expect(try await office.ask("/metrics").text.contains(sample + " 1\n"))

        let version = RecipeVersion(recipe: "summary", fingerprint: fingerprint)
        let claimed = try #require(
            try await store.claimJobs(by: instance, recipes: [version], limit: 1).first)
        let result = Enrichment(
            output: .text("short", method: .generated), language: nil, model: "m",
            modelSHA256: [1], promptSHA256: [2], parameters: .object(.init()), promptTokens: 1,
            outputTokens: 1, duration: .zero)
        try await store.finish([
            FinishedJob(job: claimed.job, claim: claimed.claim, enrichment: result)
        ])
        #expect(try await !office.ask("/metrics").text.contains("state=\"available\"} 1"))
    }

    @Test("other paths and methods are refused, with what is known")
    func refusals() async throws {
        let office = try await Office()
        let missing = try await office.ask("/metrics/x")
        #expect(missing.status == 404)
        #expect(missing.text.contains("/livez, /readyz, /metrics"))
        #expect(try await office.ask("/").status == 404)
        #expect(try await office.ask("/LIVEZ").status == 404)
        for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
            let answer = try await office.ask("/metrics", method)
            #expect(answer.status == 405)
            #expect(answer.headers["Allow"] == "GET, HEAD")
        }
    }

    @Test("it runs until it is cancelled, and then answers no more")
    func stopping() async throws {
        let office = try await Office()
        let running = Task { try await office.service.run() }
        #expect(try await office.ask("/livez").status == 200)
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        await #expect(throws: HTTPClientError.self) { _ = try await office.ask("/livez") }
    }

    @Test("an address that is taken is an error that names it")
    func taken() async throws {
        let office = try await Office()
        #expect(throws: (any Error).self) {
            _ = try AdminService(
                listen: .loopback(office.service.port), token: nil,
                store: office.store, metrics: office.metrics)
        }
    }
}
