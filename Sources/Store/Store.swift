package import Foundation
package import Postgres
import Synchronization

/// Everything docket keeps: documents, cursors, jobs and results, in PostgreSQL.
///
/// All SQL of docket is in this module, one file a table. Every call is one transaction or one
/// statement, is safe to repeat, and leaves nothing in memory that the database would not say
/// again.
package final class Store: Sendable {
    package let database: Database
    /// Hints that save time, and may be wrong.
    let claimMarks = Mutex(ClaimMarks())
    /// How long what models were asked and answered is kept; nil: it is not.
    let exchangeDuration: Duration?

    /// - Parameters:
    ///   - database: Its connections.
    ///   - exchangeDuration: How long what models were asked and answered is kept; nil: it is not.
    package init(database: Database, exchangeDuration: Duration? = nil) {
        (self.database, self.exchangeDuration) = (database, exchangeDuration)
    }

    /// Lends a connection; whatever goes wrong becomes a ``StoreError``.
    @discardableResult
    func run<Result: Sendable>(
        _ body: @Sendable (borrowing Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        do {
            return try await database.withConnection(body)
        } catch let error as StoreError {
            throw error
        } catch let error as PostgresError {
            throw .database(error)
        } catch {
            throw .cancelled
        }
    }

    /// Lends a connection within a transaction.
    @discardableResult
    func transaction<Result: Sendable>(
        _ body: @Sendable (borrowing Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        try await run { connection in try connection.transaction(body) }
    }

    /// The database's clock, which all daemons share.
    ///
    /// - Throws: ``StoreError/database(_:)``.
    package func now() async throws(StoreError) -> Date {
        try await run { connection in
            guard let row = try connection.run("SELECT now() AS now").first else {
                throw StoreError.unreadable("the clock")
            }
            return try row.get("now")
        }
    }

    /// Lends a connection within a transaction whose statements reach every row by an index.
    ///
    /// Plans are kept for the life of a session, and those made while a table was empty would
    /// read it from end to end long after it has grown.
    ///
    /// - Parameters:
    ///   - isOnDisk: What was done is on the server's disk when this returns; false: it may take a
    ///     moment; nil: as the server is set.
    ///   - body: Its statements.
    /// - Returns: What they return.
    /// - Throws: What they throw, or the database's own error.
    @discardableResult
    func pointTransaction<Result: Sendable>(
        isOnDisk: Bool? = nil, _ body: @Sendable (borrowing Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        let opening = "BEGIN; \(Self.pointSettings(isOnDisk: isOnDisk))"
        return try await run { connection in
            try connection.transaction(opening: opening, body)
        }
    }

    /// The statement that settles, for its transaction, what ``pointTransaction(isOnDisk:_:)`` says.
    ///
    /// The plan is the same whatever the parameters are, as the index is: to plan again for each
    /// page or claim takes longer than to run it.
    static func pointSettings(isOnDisk: Bool? = nil) -> String {
        var settings = [
            "enable_seqscan": "'off'", "enable_hashjoin": "'off'", "enable_mergejoin": "'off'",
            "plan_cache_mode": "'force_generic_plan'",
        ]
        // Says when a commit returns; servers that wait for more than their own disk go on doing so.
        settings["synchronous_commit"] = isOnDisk.map { isOnDisk in
            isOnDisk
                ? "coalesce(nullif(current_setting('synchronous_commit'), 'off'), 'on')" : "'off'"
        }
        let calls = settings.sorted { $0.key < $1.key }
            .map { "set_config('\($0.key)', \($0.value), true)" }
        return "SELECT \(calls.joined(separator: ", "))"
    }
}
