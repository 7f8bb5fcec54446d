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

    private func pages(_ count: Int, _ kind: PageKind) throws -> [[StoredDocument]] {
        try (0..<count).map { page in
            try (0..<kind.size).map { index in
                let number = page * kind.size + index
                return try document(
                    "M\(number)", body(number), record: kind.hasRecords ? nil : "{}")
            }
        }
    }

    /// A page of documents of 4 KiB, the payload of the raw transaction.
    struct PageKind {
        let size: Int
        /// Whether the record of each is there, which has the text once more: twice the payload.
        let hasRecords: Bool
    }

    /// Two streams at once, each with every other page.
    private func measure(
        _ pages: [[StoredDocument]],
        _ commit: @escaping @Sendable (_ folder: String, [[StoredDocument]]) async throws -> Void
    ) async throws -> Duration {
        try await ContinuousClock().measure {
            try await withThrowingTaskGroup { group in
                for (offset, folder) in ["Inbox", "Archive"].enumerated() {
                    let own = stride(from: offset, to: pages.count, by: 2).map { pages[$0] }
                    group.addTask { try await commit(folder, own) }
                }
                try await group.waitForAll()
            }
        }
    }

    private func commit(
        _ pages: [[StoredDocument]], to folder: String, _ office: Office
    ) async throws {
        var lease = try await office.lease(folder)
        for documents in pages {
            let page = PageCommit(
                cursor: .next("n"), isRoundComplete: false, documents: documents, removals: [],
                failures: [], rules: [Office.summary])
            try await office.store.commit(page, under: &lease)
        }
        try await office.store.release(lease, outcome: .success, nextPollAt: .now)
    }

    @Test(
        "files pages of new and of known documents",
        arguments: [
            PageKind(size: 100, hasRecords: false), PageKind(size: 500, hasRecords: false),
            PageKind(size: 500, hasRecords: true),
        ])
    func commit(_ kind: PageKind) async throws {
        let office = try await Office(store: TestStore.make(connections: 2))
        try await office.ensure("Inbox", "Archive")
        let raw = RawTransaction(
            database: Database(try await TestStore.options(), connections: 2))
        try await raw.makeTables()
        let pages = try pages(BenchReport.isFull ? 20_000 / kind.size : 2, kind)
        let count = pages.count * kind.size
        for round in ["created", "unchanged"] {
            // The one, the other and the one again, so that what else the machine does meanwhile
            // meets both.
            let half = pages.count / 2
            var (ours, theirs) = (Duration.zero, Duration.zero)
            var (ourTime, theirTime) = (Duration.zero, Duration.zero)
            for part in [pages[..<half], pages[half...]].map(Array.init) {
                let start = try await BenchReport.backendTime(of: raw.database)
                theirs += try await measure(part) { folder, pages in
                    for page in pages {
                        try await raw.commit(page.map(\.document), stream: folder)
                    }
                }
                theirTime += try await BenchReport.backendTime(of: raw.database) - start
                let ourStart = try await BenchReport.backendTime(of: office.store.database)
                ours += try await measure(part) { try await commit($1, to: $0, office) }
                ourTime += try await BenchReport.backendTime(of: office.store.database) - ourStart
            }
            BenchReport.row(
                "\(round), pages of \(kind.size)\(kind.hasRecords ? ", with records" : ""), 2 streams",
                [
                    ("documents_per_second", BenchReport.rate(count, ours)),
                    ("raw_transaction_per_second", BenchReport.rate(count, theirs)),
                    ("share_of_raw_transaction", theirs / ours),
                ] + (kind.hasRecords ? [] : [("least", 0.7)]) + [
                    ("backend_us_per_document", ourTime / .microseconds(1) / Double(count)),
                    ("raw_backend_us_per_document", theirTime / .microseconds(1) / Double(count)),
                ])
        }
        #expect(
            try await office.texts("SELECT count(*) AS v FROM docket_v1.documents") == ["\(count)"])
        #expect(
            try await office.texts("SELECT jobs AS v FROM docket_v1.backlog") == ["\(count)"])
        let stored = try await raw.database.withConnection { connection in
            try connection.run("SELECT count(*) AS v FROM public.jobs").map {
                try $0.get("v", as: Int.self)
            }
        }
        #expect(stored == [count])
    }
}
