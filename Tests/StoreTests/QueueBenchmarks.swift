import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

/// Serialized with the others, as they share the machine.
extension StoreBenchmarks {
    /// Makes documents and a waiting job for each, in one statement.
    private func wait(for count: Int, _ office: Office, from first: Int = 0) async throws {
        _ = try await office.query(
            """
            WITH stored AS (
                INSERT INTO docket.documents (connector, source_id, stream_id, content_sha256,
                    row_sha256, kind, title, participants, body, body_characters, metadata, record)
                SELECT 'mail', 'W' || n, 1, sha256(int8send(n)), sha256(int8send(n)), 'email', 't',
                    '{}', 'text', 4, '{}', '{}'
                FROM generate_series(\(first)::bigint, \(first + count - 1)::bigint) n
                RETURNING document_id, content_sha256)
            INSERT INTO docket.jobs (document_id, connector, recipe, fingerprint, want)
            SELECT document_id, 'mail', 'summary', \(bytes: Office.summary.fingerprint),
                content_sha256
            FROM stored
            """)
    }

    private func finish(_ claims: [ClaimedJob], _ office: Office) async throws {
        let finished = claims.map {
            FinishedJob(job: $0.job, claim: $0.claim, enrichment: enrichment("x"))
        }
        #expect(try await office.store.finish(finished) == claims.count)
    }

    @Test("claims and finishes jobs", arguments: [50, 1])
    func jobs(_ size: Int) async throws {
        let office = try await Office(store: TestStore.make(connections: 2))
        let count = BenchReport.isFull ? 400 * (size + 49) : 100
        try await wait(for: count, office)
        _ = try await office.query("ANALYZE")
        let start = try await BenchReport.backendTime(of: office.store.database)
        let duration = try await ContinuousClock().measure {
            try await withThrowingTaskGroup { group in
                for _ in 0..<2 {
                    group.addTask {
                        while true {
                            let claims = try await office.claim(size)
                            if claims.isEmpty { break }
                            try await finish(claims, office)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let time = try await BenchReport.backendTime(of: office.store.database) - start
        BenchReport.row(
            "no-op jobs, claim and finish \(size), 2 workers",
            [
                ("jobs_per_second", BenchReport.rate(count, duration)),
                ("least", size == 1 ? 2_000 : 20_000),
                ("backend_us_per_job", time / .microseconds(1) / Double(count)),
            ])
        #expect(try await office.texts("SELECT count(*) AS v FROM docket.results") == ["\(count)"])
    }

    /// Claims one job at a time and finishes it; how long the claims took.
    private func claims(_ count: Int, _ office: Office) async throws -> [Duration] {
        var durations: [Duration] = []
        for _ in 0..<count {
            let start = ContinuousClock.now
            let claims = try await office.claim(1)
            durations.append(ContinuousClock.now - start)
            #expect(claims.count == 1)
            try await finish(claims, office)
        }
        return durations
    }

    @Test("claims as fast while a million jobs wait")
    func depth() async throws {
        let office = try await Office(store: TestStore.make(connections: 1))
        let count = BenchReport.isFull ? 2_000 : 20
        try await wait(for: 1_000 + count, office)
        _ = try await office.query("ANALYZE")
        let few = try await claims(count, office)
        try await wait(for: BenchReport.isFull ? 1_000_000 : 1_000, office, from: 10_000)
        _ = try await office.query("ANALYZE")
        let many = try await claims(count, office)
        BenchReport.row(
            "claim, milliseconds, a million jobs waiting",
            [
                ("p50_of_1000", BenchReport.percentile(0.5, of: few)),
                ("p99_of_1000", BenchReport.percentile(0.99, of: few)),
                ("p50", BenchReport.percentile(0.5, of: many)),
                ("p99", BenchReport.percentile(0.99, of: many)),
                ("most", 2 * BenchReport.percentile(0.99, of: few)),
            ])
    }

    /// Index entries that the only session has read to find jobs.
    private func entriesRead(_ office: Office) async throws -> Int {
        _ = try await office.query("SELECT pg_stat_force_next_flush()::text AS v")
        let rows = try await office.query(
            "SELECT pg_stat_get_tuples_returned('docket.jobs_due'::regclass) AS v")
        return try #require(try rows.first?.get("v"))
    }

    /// A transaction that was forgotten keeps vacuum from removing what is done.
    @Test("claims as fast while a transaction stays open", arguments: [0, 1_000_000])
    func idleTransaction(_ waiting: Int) async throws {
        var options = try await TestStore.options()
        let office = try await Office(store: Store(database: Database(options, connections: 1)))
        options.idleTransactionDuration = .seconds(86_400)
        let idle = try Connection(options)
        try await wait(for: BenchReport.isFull ? waiting : min(100, waiting), office)
        _ = try await office.query("ANALYZE")
        try idle.runScript("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM docket.jobs LIMIT 1")
        // 200 come and 200 go a second; jobs are made in bundles, as pages make them.
        let (interval, bundle) = (Duration.milliseconds(5), 20)
        var durations: [Duration] = []
        var entries = try await entriesRead(office)
        // When a sixth, five sixths and all of the time had passed, and what it had cost.
        var costs = [(count: 0, time: try await BenchReport.backendTime(of: office.store.database))]
        func cost(_ index: Int) -> Double {
            let (start, end) = (costs[index], costs[index + 1])
            let count = max(end.count - start.count, 1)
            return (end.time - start.time) / .microseconds(1) / Double(count)
        }
        let begun = ContinuousClock.now
        while ContinuousClock.now - begun < BenchReport.idleDuration {
            if durations.count.isMultiple(of: bundle) {
                try await wait(for: bundle, office, from: 2_000_000 + durations.count)
            }
            let start = ContinuousClock.now
            let claims = try await office.claim(1)
            durations.append(ContinuousClock.now - start)
            #expect(claims.count == 1)
            try await finish(claims, office)
            if costs.count < 3,
                ContinuousClock.now - begun > BenchReport.idleDuration * [0, 1, 5][costs.count] / 6
            {
                let time = try await BenchReport.backendTime(of: office.store.database)
                costs.append((durations.count, time))
            }
            try await Task.sleep(until: begun + interval * durations.count)
        }
        while costs.count < 4 {
            let time = try await BenchReport.backendTime(of: office.store.database)
            costs.append((durations.count, time))
        }
        let elapsed = ContinuousClock.now - begun
        entries = try await entriesRead(office) - entries
        try idle.runScript("ROLLBACK")
        // The first and the last sixth: ten seconds of a minute.
        let part = durations.count / 6
        let (first, last) = (Array(durations.prefix(part)), Array(durations.suffix(part)))
        BenchReport.row(
            "claim, milliseconds, idle transaction, \(waiting) jobs waiting",
            [
                ("seconds", elapsed / .seconds(1)),
                ("jobs_per_second", BenchReport.rate(durations.count, elapsed)),
                ("index_entries_per_claim", Double(entries) / Double(durations.count)),
                ("p50_at_first", BenchReport.percentile(0.5, of: first)),
                ("p99_at_first", BenchReport.percentile(0.99, of: first)),
                ("p50", BenchReport.percentile(0.5, of: last)),
                ("p99", BenchReport.percentile(0.99, of: last)),
                ("most", 2 * BenchReport.percentile(0.99, of: first)),
                ("backend_us_per_job_at_first", cost(0)), ("backend_us_per_job", cost(2)),
                ("slowest", BenchReport.percentile(1, of: last)),
            ])
        let results = try await office.texts("SELECT count(*) AS v FROM docket.results")
        #expect(results == ["\(durations.count)"])
    }
}
