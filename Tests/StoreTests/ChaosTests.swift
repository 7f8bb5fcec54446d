import Domain
import Foundation
import Postgres
import Store
import StoreTesting
import Testing

/// Two daemons read three folders and work on the jobs while their connections are cut.
///
/// In the end everything is there once.
@Suite("Chaos", .timeLimit(.minutes(5)))
struct ChaosTests {
    static let folders = ["Inbox", "Archive", "Sent"]
    static let pageCount = 12
    static let pageSize = 8

    /// Reads a folder from wherever it stands; returns whether its end is reached.
    private func read(_ folder: String, _ office: Office) async throws -> Bool {
        guard
            var lease = try await office.store.claim(
                office.folder(folder), by: office.instance, onlyIfDue: false)
        else { return false }
        while true {
            let index: Int
            switch lease.cursor {
            case .start: index = 0
            case .next(let text): index = Int(text) ?? 0
            case .delta:
                try await office.store.release(lease, outcome: .success, nextPollAt: .now)
                return true
            }
            let documents = try (0..<Self.pageSize).map {
                try document("\(folder)-\(index * Self.pageSize + $0)")
            }
            let isLast = index + 1 == Self.pageCount
            let page = PageCommit(
                cursor: isLast ? .delta("end") : .next("\(index + 1)"), isRoundComplete: isLast,
                documents: documents, removals: [], failures: [], rules: [Office.summary])
            do {
                try await office.store.commit(page, under: &lease)
            } catch {
                guard error.isTransient else { throw error }
                // In or not in: only the database knows.
                guard let known = try await office.store.refresh(lease) else { return false }
                lease = known
            }
        }
    }

    /// Repeats until it gets through; what a daemon held when it was cut off is let go.
    private func persist(_ office: Office, _ body: (Office) async throws -> Bool) async throws {
        var current = office
        while true {
            do {
                if try await body(current) { return }
            } catch let error as StoreError {
                guard error.isTransient || error == .leaseLost else { throw error }
                current = try await renew(current)
            }
        }
    }

    private func renew(_ office: Office) async throws -> Office {
        while true {
            do {
                try await office.store.unregister(office.instance)
                return try await Office(store: office.store)
            } catch let error as StoreError {
                guard error.isTransient else { throw error }
            }
        }
    }

    private func work(_ office: Office) async throws -> Bool {
        while true {
            let claims = try await office.claim(5)
            if claims.isEmpty { return try await office.store.backlogCount() == 0 }
            let finished = claims.map {
                FinishedJob(
                    job: $0.job, claim: $0.claim,
                    enrichment: enrichment("of \($0.document.sourceID)"))
            }
            _ = try await office.store.finish(finished)
        }
    }

    /// Ends sessions until cancelled; returns how many.
    private func cut(_ options: ConnectionOptions) async throws -> Int {
        let knife = Database(options, connections: 1)
        var count = 0
        while !Task.isCancelled {
            count += try await knife.withConnection { connection in
                try connection.run(
                    """
                    SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    ORDER BY random() LIMIT 1
                    """
                ).count
            }
            do { try await Task.sleep(for: .milliseconds(Int.random(in: 5..<40))) } catch { break }
        }
        return count
    }

    @Test("fault 13: connections cut at random lose nothing and double nothing")
    func cutConnections() async throws {
        let options = try await TestStore.options()
        let offices = try await [options, options].asyncMap { options in
            try await Office(store: Store(database: Database(options, connections: 4)))
        }
        try await offices[0].ensure("Inbox", "Archive", "Sent")
        let cutter = Task { try await cut(options) }
        try await withThrowingTaskGroup { group in
            for office in offices {
                for folder in Self.folders {
                    group.addTask { try await persist(office) { try await read(folder, $0) } }
                }
            }
            try await group.waitForAll()
        }
        try await withThrowingTaskGroup { group in
            for office in offices { group.addTask { try await persist(office, work) } }
            try await group.waitForAll()
        }
        cutter.cancel()
        #expect(try await cutter.value > 3)

        let count = Self.folders.count * Self.pageCount * Self.pageSize
        let office = try await Office(store: Store(database: Database(options, connections: 1)))
        #expect(Set(try await office.live()).count == count)
        let history = try await office.texts(
            "SELECT count(*) || ' ' || max(revision) AS v FROM docket_v1.document_history")
        #expect(history == ["\(count) 1"])
        let wrong = try await office.texts(
            """
            SELECT d.source_id AS v FROM docket_v1.documents d
            LEFT JOIN docket_v1.summaries s USING (document_id)
            WHERE s.summary IS DISTINCT FROM 'of ' || d.source_id
            """)
        #expect(wrong == [])
        let streams = try await office.texts(
            "SELECT concat_ws(' ', cursor_kind, seq) AS v FROM docket.streams")
        #expect(Set(streams) == ["delta \(Self.pageCount)"])
        #expect(try await office.texts("SELECT state AS v FROM docket_v1.backlog") == [])
    }
}

extension Array {
    fileprivate func asyncMap<Result>(
        _ body: (Element) async throws -> Result
    ) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
