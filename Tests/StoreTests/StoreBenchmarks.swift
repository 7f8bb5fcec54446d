import Crypto
import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

/// Small by default, so that they never rot; `DOCKET_BENCH=1 swift test -c release --filter
/// StoreBenchmarks` measures, on a cluster without fsync.
@Suite("StoreBenchmarks", .serialized)
struct StoreBenchmarks {
    static let isFull = ProcessInfo.processInfo.environment["DOCKET_BENCH"] != nil

    /// Text that lz4 halves, like mail; another one for each number.
    private func body(_ number: Int) -> String {
        var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
        var text = ""
        while text.utf8.count < 4096 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            text += "word\(state % 50_000) "
        }
        return text
    }

    private func pages(_ pageCount: Int, size: Int) throws -> [[StoredDocument]] {
        try (0..<pageCount).map { page in
            try (0..<size).map { try document("M\(page * size + $0)", body(page * size + $0)) }
        }
    }

    private func report(_ name: String, _ count: Int, _ duration: Duration) {
        guard Self.isFull else { return }
        print("\(name): \(Int(Double(count) / (duration / .seconds(1)))) a second (\(count))")
    }

    @Test("files pages of new and of known documents", arguments: [100, 500])
    func commit(_ size: Int) async throws {
        let office = try await Office(store: TestStore.make(connections: 2))
        try await office.ensure("Inbox", "Archive")
        let pages = try pages(Self.isFull ? 20_000 / size : 2, size: size)
        let count = pages.count * size
        let clock = ContinuousClock()
        for round in ["created", "unchanged"] {
            let duration = try await clock.measure {
                try await withThrowingTaskGroup { group in
                    for (offset, folder) in ["Inbox", "Archive"].enumerated() {
                        group.addTask {
                            var lease = try await office.lease(folder)
                            for page in pages[offset...].enumerated() where page.offset % 2 == 0 {
                                let commit = PageCommit(
                                    cursor: .next("n"), isRoundComplete: false,
                                    documents: page.element, removals: [], failures: [],
                                    rules: [Office.summary])
                                try await office.store.commit(commit, under: &lease)
                            }
                            try await office.store.release(
                                lease, outcome: .success, nextPollAt: .now)
                        }
                    }
                    try await group.waitForAll()
                }
            }
            report("\(round), pages of \(size), 2 streams", count, duration)
        }
        #expect(
            try await office.texts("SELECT count(*) AS v FROM docket_v1.documents") == ["\(count)"])
        #expect(
            try await office.texts("SELECT jobs AS v FROM docket_v1.backlog") == ["\(count)"])
    }

    @Test("claims and finishes jobs in batches of 50")
    func jobs() async throws {
        let office = try await Office(store: TestStore.make(connections: 2))
        try await office.ensure("Inbox")
        let count = Self.isFull ? 20_000 : 100
        try await office.pass(
            "Inbox", (0..<count).map { try document("M\($0)") }, rules: [Office.summary])
        _ = try await office.query("ANALYZE")
        let duration = try await ContinuousClock().measure {
            try await withThrowingTaskGroup { group in
                for _ in 0..<2 {
                    group.addTask {
                        while true {
                            let claims = try await office.claim(50)
                            if claims.isEmpty { break }
                            let finished = claims.map {
                                FinishedJob(
                                    job: $0.job, claim: $0.claim, enrichment: enrichment("x"))
                            }
                            #expect(try await office.store.finish(finished) == claims.count)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        report("no-op jobs, claim and finish 50", count, duration)
        #expect(try await office.texts("SELECT count(*) AS v FROM docket.results") == ["\(count)"])
    }
}
