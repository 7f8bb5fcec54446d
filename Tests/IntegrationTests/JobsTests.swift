import JSON
import Postgres
import Testing

@Suite("Dead letters", .timeLimit(.minutes(5)))
struct JobsTests {
    @Test("are listed with why, tried again or discarded, by their ids or all at once")
    func decided() async throws {
        var configured = Configured()
        configured.folders = ["archive"]
        try await Installation.with(configured) { docket in
            try await docket.run()
            _ = try await docket.rows(
                """
                INSERT INTO docket.jobs (document_id, connector, recipe, fingerprint, want, state,
                    attempt, failed_at, reason, message)
                SELECT document_id, connector, 'summary', '', content_sha256, 'dead', 12, now(),
                    'model', 'no answer'
                FROM docket.documents
                """)
            func ids() async throws -> [String] {
                let list = try await docket.docket("jobs", "list", "--output", "json")
                #expect(list.status == 0)
                let letters = try JSON.parse(list.output).arrayValue ?? []
                #expect(letters.allSatisfy { $0["message"] == "no answer" && $0["attempts"] == 12 })
                return letters.compactMap { $0["job_id"]?.intValue.map(String.init) }
            }
            let dead = try await ids()
            #expect(dead.count == 4)

            let discarded = try await docket.docket("jobs", "discard", dead[0])
            #expect(discarded.status == 0)
            #expect(discarded.errors == "1 job is discarded\n")
            #expect(try await docket.docket("jobs", "retry", dead[1], dead[2]).status == 0)
            #expect(try await ids() == [dead[3]])
            #expect(try await docket.docket("jobs", "retry", "--all").status == 0)
            #expect(try await ids() == [])
            // What was discarded can be had back by its id.
            #expect(try await docket.docket("jobs", "retry", dead[0]).status == 0)
            let available = try await docket.number(
                "SELECT count(*) AS value FROM docket.jobs WHERE state = 'available'")
            #expect(available == 4)

            for words in [["jobs", "retry", "--all"], ["jobs", "discard", dead[0]]] {
                #expect(try await docket.start(words).end().status == 1)
            }
            for words in [["retry"], ["discard", "x"], ["discard", "--all", dead[0]]] {
                #expect(try await docket.start(["jobs"] + words).end().status == 64)
            }
        }
    }
}
