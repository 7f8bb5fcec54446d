package import Foundation
package import Postgres

/// Everything docket keeps: documents, cursors, jobs and results, in PostgreSQL.
///
/// All SQL of docket is in this module, one file a table. Every call is one transaction or one
/// statement, is safe to repeat, and leaves nothing in memory that the database would not say
/// again.
package final class Store: Sendable {
    package let database: Database
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
        let opening = """
            BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;
            SET LOCAL enable_mergejoin = off\(isOnDisk.map(Self.durability) ?? "")
            """
        return try await run { connection in
            try connection.transaction(opening: opening, body)
        }
    }

    /// Statements that say when a commit returns; servers that wait for more than their own disk
    /// go on doing so.
    private static func durability(isOnDisk: Bool) -> String {
        guard isOnDisk else { return "; SET LOCAL synchronous_commit = off" }
        return """
            ; SELECT set_config('synchronous_commit', 'on', true)
            WHERE current_setting('synchronous_commit') = 'off'
            """
    }
}
