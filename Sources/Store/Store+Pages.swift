import Domain
import Postgres

extension Store {
    /// Stores a page: its documents, removals, failures and jobs, and the cursor behind it, in
    /// one transaction.
    ///
    /// A document that PostgreSQL refuses is set aside as a failure, and the others are stored.
    /// After an error that leaves the outcome open, read the lease with ``refresh(_:)``: either
    /// the page is in, and the cursor behind it, or neither is. A page within a round is not waited
    /// for until it is on the disk: a server that crashes may lose it, but only with the cursor
    /// behind it, so it is read again. The last page of a round puts all of them there.
    ///
    /// - Parameters:
    ///   - page: What to store.
    ///   - lease: The right to do so; says where the stream stands when this returns.
    /// - Returns: What became of the records.
    /// - Throws: ``StoreError/leaseLost`` when the stream is another's by now; nothing was stored.
    @discardableResult
    package func commit(
        _ page: PageCommit, under lease: inout StreamLease
    ) async throws(StoreError) -> PageCounts {
        let columns = DocumentColumns(page.documents)
        let held = lease
        let counts: PageCounts
        do {
            counts = try await commit(page, columns, held, canBisect: false)
        } catch .database(let error) where error.isAboutData {
            // Rare, and then dear: find out which document it is, at a savepoint each time. Where
            // another stream has just inserted one of them, none is to blame.
            counts = try await commit(page, columns, held, canBisect: true)
        }
        lease.cursor = page.cursor
        lease.seq += 1
        return counts
    }

    private func commit(
        _ page: PageCommit, _ columns: DocumentColumns, _ lease: StreamLease, canBisect: Bool
    ) async throws(StoreError) -> PageCounts {
        try await pointTransaction(isOnDisk: page.isRoundComplete) { connection in
            let stream = try Self.moveCursor(to: page, lease, connection)
            let moved = try Self.store(page.containers, stream, connection)
            var stored = Stored()
            if canBisect {
                try Self.bisect(columns, stream, connection, into: &stored)
            } else {
                try Self.store(columns, stream, connection, isAlone: true, into: &stored)
            }
            stored.counts.deleted = try Self.leave(stream.id, page.removals, connection)
            stored.counts.deleted += try Self.leave(
                childrenBut: page.families, stream, connection)
            if page.documents.contains(where: { $0.containerID != nil }) || !moved.isEmpty {
                try Self.makePaths(
                    of: stored.createdIDs + stored.updatedIDs, below: moved, stream, connection)
            }
            try Self.store(page.marks, stream, connection)
            let failures = page.failures + stored.failures
            let failed = Set(failures.map(\.sourceID))
            try Self.record(failures, stream, connection)
            // A document may be filed though something about it failed.
            let well = (stored.sourceIDs + page.removals).filter { !failed.contains($0) }
            try Self.clearFailures(of: well, stream, connection)
            try Self.enqueue(page.rules, stored, stream, connection)
            try Self.noteUnindexed(stored.createdIDs + stored.updatedIDs, connection)
            if stream.isReadAgain {
                try Self.markSeen(stored.documentIDs, stream, connection)
                try Self.markSeen(failed: failures.map(\.sourceID), stream, connection)
                if page.isRoundComplete {
                    stored.counts.deleted += try Self.sweep(
                        stream.id, marks: page.provesAbsence, connection)
                }
            }
            if page.isRoundComplete {
                stored.counts.deleted += try Self.leaveRemovedContainers(stream, connection)
            }
            stored.counts.failed = page.failures.count + stored.failures.count
            let read = page.documents.count + page.removals.count + page.failures.count
            try Self.count(stored.counts, read: read, lease, connection)
            return stored.counts
        }
    }

    /// What a page needs to know of its stream.
    struct PageStream {
        let id: Int64
        let connector: String
        /// This epoch is not the first and has not been completed: what it shows is noted down.
        let isReadAgain: Bool
    }

    /// What the documents of a page became, gathered while they are stored.
    struct Stored {
        var counts = PageCounts()
        /// Of every document, those that were unchanged too.
        var documentIDs: [Int64] = []
        var sourceIDs: [String] = []
        var createdIDs: [Int64] = []
        var updatedIDs: [Int64] = []
        var failures: [RecordFailure] = []
    }

    /// First of all statements: without the token and the very position, nothing else happens.
    private static func moveCursor(
        to page: PageCommit, _ lease: StreamLease, _ connection: borrowing Connection
    ) throws -> PageStream {
        let cursor = page.cursor.columns
        let rows = try connection.runPrepared(
            """
            UPDATE docket.streams s
            SET cursor_kind = \(cursor.kind), cursor = \(cursor.text), seq = s.seq + 1,
                lease_until = now() + \(Limits.streamLeaseDuration)::interval,
                round_completed_at = CASE WHEN \(page.isRoundComplete)::bool THEN now()
                    ELSE s.round_completed_at END,
                epoch_completed = CASE WHEN \(page.isRoundComplete)::bool THEN s.epoch
                    ELSE s.epoch_completed END
            FROM docket.streams old
            WHERE s.stream_id = \(lease.streamID.value)::bigint AND s.token = \(lease.token)::uuid
                AND s.seq = \(lease.seq)::bigint AND old.stream_id = s.stream_id
            RETURNING s.epoch > 1 AND s.epoch > old.epoch_completed AS is_read_again
            """)
        guard let row = rows.first else { throw StoreError.leaseLost }
        return PageStream(
            id: lease.streamID.value, connector: lease.stream.connector,
            isReadAgain: try row.get("is_read_again"))
    }

    /// Stores what can be stored, halving the page until the culprits are alone.
    private static func bisect(
        _ columns: DocumentColumns, _ stream: PageStream, _ connection: borrowing Connection,
        into stored: inout Stored
    ) throws {
        // Parts still to do; at most one half of each size waits, so this stays short.
        var parts = [columns]
        while let part = parts.popLast() {
            do {
                let before = stored
                stored = try connection.savepoint { connection in
                    var stored = before
                    try store(part, stream, connection, isAlone: false, into: &stored)
                    return stored
                }
            } catch let error as PostgresError where error.isAboutData {
                guard part.count > 1 else {
                    let failures = part.rows.map { row in
                        RecordFailure(
                            sourceID: row.document.sourceID, stage: "store",
                            reason: error.sqlState ?? "too_large", message: "\(error)",
                            record: row.record)
                    }
                    stored.failures += failures
                    continue
                }
                let middle = part.count / 2
                parts.append(part.selecting(middle..<part.count))
                parts.append(part.selecting(0..<middle))
            }
        }
    }

    private static func count(
        _ counts: PageCounts, read: Int, _ lease: StreamLease,
        _ connection: borrowing Connection
    ) throws {
        try connection.runPrepared(
            """
            UPDATE docket.runs
            SET pages = pages + 1, read = read + \(read)::bigint,
                created = created + \(counts.created)::bigint,
                updated = updated + \(counts.updated)::bigint,
                unchanged = unchanged + \(counts.unchanged)::bigint,
                deleted = deleted + \(counts.deleted)::bigint,
                failed = failed + \(counts.failed)::bigint
            WHERE run_id = \(lease.runID)::bigint
            """)
    }
}
