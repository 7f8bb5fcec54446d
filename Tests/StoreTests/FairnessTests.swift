import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

@Suite("Fairness", .timeLimit(.minutes(10)))
struct FairnessTests {
    private static let smallCount = 9
    private static let smallJobs = 10
    /// By `make chaos` a million.
    private static let backlogCount =
        (ProcessInfo.processInfo.environment["DOCKET_CHAOS_SECONDS"].flatMap(Int.init) ?? 0) >= 30
        ? 1_000_000 : 60_000

    @Test("fault 39: a few jobs beside a backlog of a million wait about as long as they do alone")
    func backlog() async throws {
        let alone = try await waits(beside: 0)
        let beside = try await waits(beside: Self.backlogCount)
        print("chaos, waits of the small ones: \(alone) claims alone, \(beside) beside a backlog")
        #expect(alone > 0)
        #expect(beside <= 3 * alone)
    }

    /// How many claims the jobs of the small connectors wait for, the slowest twentieth left out.
    private func waits(beside backlog: Int) async throws -> Int {
        let office = try await Office(connector: "big")
        try await fill(office, "big", backlog)
        for number in 0..<Self.smallCount {
            try await fill(office, "small-\(number)", Self.smallJobs)
        }
        var waits: [Int] = []
        for claim in 1... {
            let jobs = try await office.claim(8)
            waits += jobs.filter { $0.connector != "big" }.map { _ in claim }
            guard waits.count < Self.smallCount * Self.smallJobs, !jobs.isEmpty else { break }
            for job in jobs { #expect(try await office.finish(job) == 1) }
        }
        #expect(waits.count == Self.smallCount * Self.smallJobs)
        return waits.sorted()[waits.count * 95 / 100]
    }

    private func fill(_ office: Office, _ connector: String, _ count: Int) async throws {
        _ = try await office.query(
            """
            WITH made AS (
                INSERT INTO docket.documents (connector, source_id, stream_id, content_sha256,
                    row_sha256, kind, title, participants, body, body_characters, metadata, record)
                SELECT \(connector), n::text, 1, sha256(n::text::bytea), sha256(n::text::bytea),
                    'email', 'Title', '{}', 'Text', 4, '{}', ''
                FROM generate_series(1, \(count)::int) n
                RETURNING document_id, connector, content_sha256)
            INSERT INTO docket.jobs (document_id, connector, recipe, fingerprint, want)
            SELECT document_id, connector, 'summary', \(bytes: Office.recipes[0].fingerprint),
                content_sha256
            FROM made
            """)
    }
}
