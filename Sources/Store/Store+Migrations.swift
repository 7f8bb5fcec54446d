import Crypto
import MigrationFiles
import Postgres

/// One step of the schema.
package struct Migration: Sendable, Equatable {
    package let version: Int
    package let name: String
    package let text: String

    package init(version: Int, name: String, text: String) {
        (self.version, self.name, self.text) = (version, name, text)
    }

    /// The steps compiled into this binary, in order.
    package static let all: [Migration] = MigrationFiles.all.map { file in
        Migration(
            version: Int(file.name.prefix { $0 != "_" }) ?? 0, name: file.name, text: file.text)
    }
}

extension Store {
    /// The whole schema as one script, for those who apply it by hand.
    ///
    /// It notes each step as applied, so that docket finds the schema up to date.
    ///
    /// - Throws: ``StoreError/hash(_:)`` where OpenSSL fails.
    package static func schemaText() throws(StoreError) -> String {
        var text = "BEGIN;\nSET LOCAL search_path = pg_catalog;\n" + historyText
        for migration in Migration.all {
            let hash = hexadecimal(try hash(of: migration))
            text += """

                -- \(migration.name)
                \(migration.text)
                INSERT INTO docket.migrations (version, name, sha256)
                VALUES (\(migration.version), '\(migration.name)', '\\x\(hash)');

                """
        }
        return text + "COMMIT;\n"
    }

    private static let historyText = """
        CREATE SCHEMA IF NOT EXISTS docket;
        CREATE SCHEMA IF NOT EXISTS docket_v1;
        CREATE TABLE IF NOT EXISTS docket.migrations (
            version int PRIMARY KEY,
            name text NOT NULL,
            sha256 bytea NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );

        """

    /// Brings the schema up to date, one transaction a step; does nothing when it is.
    ///
    /// Of several at once one works and the others wait for it, by an advisory lock that ends
    /// with the transaction. A step that waits for a table longer than
    /// ``Limits/migrationLockDuration`` gives way and tries again, so that nobody queues behind
    /// it.
    ///
    /// - Parameters:
    ///   - migrations: All steps in order, those of this binary by default.
    ///   - pause: Waits between two attempts.
    /// - Returns: The names of the steps that this call applied.
    /// - Throws: ``StoreError``.
    @discardableResult
    package func migrate(
        _ migrations: [Migration] = Migration.all,
        pause: @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(1)) }
    ) async throws(StoreError) -> [String] {
        var applied: [String] = []
        var attempt = 1
        while true {
            do {
                guard let name = try await applyNext(of: migrations) else { return applied }
                applied.append(name)
                attempt = 1
            } catch .database(let error)
                where error.isTransient && attempt < Limits.migrationAttemptsMax
            {
                attempt += 1
                do { try await pause() } catch { throw StoreError.cancelled }
            }
        }
    }

    /// The names of the steps this database lacks.
    ///
    /// - Parameter migrations: All steps in order, those of this binary by default.
    /// - Returns: Empty when the schema is up to date.
    /// - Throws: ``StoreError/migrationEdited(name:)``, ``StoreError/schemaNewer(version:known:)``.
    package func pendingMigrations(
        of migrations: [Migration] = Migration.all
    ) async throws(StoreError) -> [String] {
        try await run { connection in
            let found = try connection.run("SELECT to_regclass('docket.migrations') AS name")
            guard try found.first?.optional("name", as: String.self) != nil else {
                return migrations.map(\.name)
            }
            return try Self.pending(of: migrations, connection).map(\.name)
        }
    }

    /// Refuses to work on a schema that is not exactly this binary's.
    ///
    /// - Throws: ``StoreError/schemaOlder(pending:)`` and those of ``pendingMigrations(of:)``.
    package func checkSchema() async throws(StoreError) {
        let pending = try await pendingMigrations()
        guard pending.isEmpty else { throw .schemaOlder(pending: pending) }
    }

    private func applyNext(of migrations: [Migration]) async throws(StoreError) -> String? {
        try await transaction { connection in
            // The number means nothing but docket's migrations.
            try connection.run("SELECT pg_advisory_xact_lock(7164082319528211)")
            let milliseconds = Int64(Limits.migrationLockDuration / .milliseconds(1))
            try connection.run(
                """
                SELECT set_config('lock_timeout', \("\(milliseconds)"), true),
                    set_config('search_path', 'pg_catalog', true)
                """)
            try connection.runScript(Self.historyText)
            guard let next = try Self.pending(of: migrations, connection).first else { return nil }
            try connection.runScript(next.text)
            let hash = try Self.hash(of: next)
            try connection.run(
                """
                INSERT INTO docket.migrations (version, name, sha256)
                VALUES (\(next.version)::int, \(next.name), \(bytes: hash))
                """)
            return next.name
        }
    }

    private static func pending(
        of migrations: [Migration], _ connection: borrowing Connection
    ) throws -> [Migration] {
        let rows = try connection.run(
            "SELECT version, sha256 FROM docket.migrations ORDER BY version")
        var applied: [Int: [UInt8]] = [:]
        for row in rows { applied[try row.get("version")] = try row.get("sha256") }
        let known = migrations.map(\.version).max() ?? 0
        if let newest = applied.keys.max(), newest > known {
            throw StoreError.schemaNewer(version: newest, known: known)
        }
        var pending: [Migration] = []
        for migration in migrations {
            guard let found = applied[migration.version] else {
                pending.append(migration)
                continue
            }
            guard try found == hash(of: migration) else {
                throw StoreError.migrationEdited(name: migration.name)
            }
        }
        return pending
    }

    private static func hash(of migration: Migration) throws(StoreError) -> [UInt8] {
        do { return try sha256(migration.text) } catch { throw .hash("\(error)") }
    }
}
