import HTTPServer
import Postgres
import Synchronization
import Testing

/// What becomes of documents and jobs when the model is behind a server.
@Suite("A remote model", .timeLimit(.minutes(10)))
struct RemoteModelTests {
    /// Answers by script, then as a model would; notes who asked.
    private final class ChatServer: Sendable {
        let url: String
        private let server: HTTPServer
        private let state: State

        final class State: Sendable {
            let script: Mutex<[HTTPResponse]>
            let keys = Mutex<[String]>([])
            init(_ script: [HTTPResponse]) { self.script = Mutex(script) }
        }

        init(_ script: [HTTPResponse] = []) throws {
            let state = State(script)
            server = try HTTPServer(listen: .tcp(host: "127.0.0.1", port: 0)) { request in
                let key = request.headers.first { $0.name.lowercased() == "authorization" }?.value
                state.keys.withLock { $0.append(key ?? "") }
                return state.script.withLock { $0.isEmpty ? nil : $0.removeFirst() } ?? Self.answer
            }
            self.state = state
            url = "http://127.0.0.1:\(server.port)/v1"
        }

        var keys: [String] { state.keys.withLock { $0 } }
        func stop() { server.stop() }

        static func failure(_ status: Int, retryAfter: Int? = nil) -> HTTPResponse {
            HTTPResponse(
                status: status, headers: retryAfter.map { [("Retry-After", "\($0)")] } ?? [],
                body: Array(#"{"error":{"message":"not now"}}"#.utf8))
        }

        /// Good for both recipes: it names one label, and is a sentence.
        private static let answer = HTTPResponse(
            status: 200, headers: [],
            body: Array(
                """
                {"choices":[{"message":{"content":"The complaint is about a late parcel."},
                "finish_reason":"stop"}],"usage":{"prompt_tokens":90,"completion_tokens":9}}
                """.utf8))
    }

    private static func configured(_ url: String) -> Configured {
        var configured = EnrichmentTests.configured(folder: "Trial")
        configured.model = nil
        configured.remoteModel = url
        return configured
    }

    /// A folder of so many letters.
    private static func letters(_ count: Int, _ docket: Installation) async throws {
        let folder = try await docket.tenant.makeFolder("Trial")
        for number in 1...count {
            let body = EnrichmentTests.letter(number)
            try await docket.tenant.post("Late \(number)", body: body, in: folder)
        }
    }

    @Test("that is busy for a while is waited for, and one run does all")
    func busy() async throws {
        let server = try ChatServer([
            ChatServer.failure(503, retryAfter: 2), ChatServer.failure(429),
            ChatServer.failure(503),
        ])
        defer { server.stop() }
        try await Installation.with(Self.configured(server.url)) { docket in
            try await Self.letters(4, docket)
            try await docket.run()
            try await expectComplete(docket)
            #expect(Set(server.keys) == ["Bearer \(docket.tenant.secret)"])
            let models = try await docket.texts(
                """
                SELECT DISTINCT concat_ws(' ', model, length(model_sha256), prompt_tokens,
                    output_tokens, parameters->>'server_model') AS value
                FROM docket_v1.enrichments
                """)
            #expect(models == ["cluster 32 90 9 m-1"])
        }
    }

    @Test("that is not there holds up no document, and costs its jobs no attempt")
    func absent() async throws {
        let server = try ChatServer()
        let url = server.url
        server.stop()
        try await Installation.with(Self.configured(url)) { docket in
            try await Self.letters(2, docket)
            try await docket.run()
            let counts = try await docket.texts(
                """
                SELECT concat_ws(' ', (SELECT count(*) FROM docket_v1.documents),
                    (SELECT count(*) FROM docket.jobs WHERE attempt = 0),
                    (SELECT count(*) FROM docket_v1.failed_documents)) AS value
                """)
            #expect(counts == ["2 4 0"])
        }
    }

    @Test("that refuses the key is named, with what to do, and left alone")
    func key() async throws {
        let refusals = (0..<9).map { _ in ChatServer.failure(401) }
        let server = try ChatServer(refusals)
        defer { server.stop() }
        try await Installation.with(Self.configured(server.url)) { docket in
            try await Self.letters(2, docket)
            let outcome = try await docket.docket("run", "--once")
            #expect(outcome.errors.contains("answered 401: no reason given; check `api_key`"))
            let jobs = try await docket.number(
                "SELECT count(*) AS value FROM docket.jobs WHERE state = 'dead'")
            #expect(jobs == 0)
            #expect(server.keys.count < 5)
        }
    }
}
