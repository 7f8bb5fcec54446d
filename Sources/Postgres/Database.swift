import Synchronization

/// A fixed number of connections to one database, each on a queue of its own.
///
/// Connections are made when first needed and made again after a loss. Nothing is repeated
/// behind the caller's back: after an error the caller decides, by `isTransient`.
package final class Database: Sendable {
    package let options: ConnectionOptions
    private let slots: [ConnectionSlot]
    /// Calls given to each slot and not yet answered.
    private let pending: Mutex<[Int]>

    package init(_ options: ConnectionOptions, connections: Int) {
        precondition(connections >= 1)
        self.options = options
        slots = (0..<connections).map { ConnectionSlot(options, index: $0) }
        pending = Mutex(Array(repeating: 0, count: connections))
    }

    /// Lends a connection to `body`, off the cooperative pool.
    ///
    /// A transaction that `body` leaves open is lost together with its connection.
    ///
    /// - Parameter body: Must not wait for anything but the database.
    /// - Returns: What `body` returned.
    /// - Throws: ``PostgresError`` where connecting fails, `CancellationError` when cancelled
    ///   before it began, else what `body` threw.
    @discardableResult
    package func withConnection<Result: Sendable>(
        _ body: @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result {
        let index = pending.withLock { pending in
            let index = pending.indices.min { pending[$0] < pending[$1] } ?? 0
            pending[index] += 1
            return index
        }
        defer { pending.withLock { $0[index] -= 1 } }
        return try await slots[index].run(body)
    }

    /// Closes every connection; the next call makes new ones.
    package func close() async {
        for slot in slots { await slot.close() }
    }
}
