import Crypto
import MigrationFiles
import Postgres

/// One step of the schema.
package struct Migration: Sendable, Equatable {
    package let version: Int
    package let name: String
    package let text: String
    /// The oldest version of the schema that a program may know and go on working beside this
    /// step: as a line `-- min_reader: N` says; else this step's own.
    package let minReader: Int

    package init(version: Int, name: String, text: String) {
        (self.version, self.name, self.text) = (version, name, text)
        let line = text.split(separator: "\n").first { $0.hasPrefix(Self.minReaderMark) }
        let number = line.flatMap { Int($0.dropFirst(Self.minReaderMark.count)) }
        minReader = number.map { min($0, version) } ?? version
    }

    private static let minReaderMark = "-- min_reader: "

    /// The steps compiled into this binary, in order.
    package static let all: [Migration] = MigrationFiles.all.map { file in
        Migration(
            version: Int(file.name.prefix { $0 != "_" }) ?? 0, name: file.name, text: file.text)
    }
}

extension Store {
    /// The whole schema as one script, for those who apply it by hand.
    ///
    /// It applies what a database lacks, as one transaction, and notes each step, so that docket
    /// finds the schema up to date. It may be run again.
    ///
    /// - Throws: ``StoreError/hash(_:)`` where OpenSSL fails.
    package static func schemaText() throws(StoreError) -> String {
        var text = """
            -- The schema of docket, with the rights of its roles. May be applied again, and to a
            -- database that has an older one. Whoever applies it owns the schema, and needs the
            -- rights to create schemas and roles. The daemon's role is made a member by
            -- GRANT docket_writer TO ..., people's and reports' by GRANT docket_reader TO ...
            BEGIN;
            SET LOCAL client_min_messages = warning;
            SET LOCAL search_path = pg_catalog;
            SELECT pg_advisory_xact_lock(\(lockNumber));
            \(historyText)
            """
        for migration in Migration.all {
            let hash = hexadecimal(try hash(of: migration))
            text += """

                DO $docket_step$
                BEGIN
                IF EXISTS (SELECT FROM docket.migrations
                    WHERE version = \(migration.version) AND sha256 <> '\\x\(hash)')
                THEN
                    RAISE EXCEPTION '\(migration.name) differs from what was applied';
                ELSIF NOT EXISTS (
                    SELECT FROM docket.migrations WHERE version = \(migration.version))
                THEN
                EXECUTE $docket_text$
                -- \(migration.name)
                \(migration.text)
                $docket_text$;
                INSERT INTO docket.migrations (version, name, sha256, min_reader)
                VALUES (\(migration.version), '\(migration.name)', '\\x\(hash)',
                    \(migration.minReader));
                END IF;
                END
                $docket_step$;

                """
        }
        return text + "COMMIT;\n"
    }

    /// Means nothing but docket's migrations.
    private static let lockNumber = 7_164_082_319_528_211

    private static let historyText = """
        CREATE SCHEMA IF NOT EXISTS docket;
        CREATE SCHEMA IF NOT EXISTS docket_v1;
        CREATE TABLE IF NOT EXISTS docket.migrations (
            version int PRIMARY KEY,
            name text NOT NULL,
            sha256 bytea NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        ALTER TABLE docket.migrations ADD COLUMN IF NOT EXISTS min_reader int;

        """

    /// Brings the schema up to date, one transaction a step; does nothing when it is.
    ///
    /// Of several at once one works and the others wait for it, by an advisory lock that ends
    /// with the transaction. A step that waits for a table longer than
    /// ``Limits/migrationLockDuration`` gives way and tries again, so that nobody queues behind
    /// it. A role that may not change the schema can call this where there is nothing to do.
    ///
    /// - Parameters:
    ///   - migrations: All steps in order, those of this binary by default.
    ///   - pause: Waits between two attempts.
    /// - Returns: The names of the steps that this call applied.
    /// - Throws: ``StoreError``; ``StoreError/schemaForbidden(pending:)`` where the role may not.
    @discardableResult
    package func migrate(
        _ migrations: [Migration] = Migration.all,
        pause: @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(1)) }
    ) async throws(StoreError) -> [String] {
        var applied: [String] = []
        var attempt = 1
        while true {
            do {
                guard try await !pendingMigrations(of: migrations).isEmpty else { return applied }
                guard let name = try await applyNext(of: migrations) else { return applied }
                applied.append(name)
                attempt = 1
            } catch .database(let error)
                where error.isTransient && attempt < Limits.migrationAttemptsMax
            {
                attempt += 1
                do { try await pause() } catch { throw StoreError.cancelled }
            } catch .database(let error) where error.sqlState == "42501" {
                // A role that may not even look is told of all of them.
                let pending = try? await pendingMigrations(of: migrations)
                throw .schemaForbidden(pending: pending ?? migrations.map(\.name))
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
            try connection.run("SELECT pg_advisory_xact_lock(\(Self.lockNumber)::bigint)")
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
                INSERT INTO docket.migrations (version, name, sha256, min_reader)
                VALUES (\(next.version)::int, \(next.name), \(bytes: hash),
                    \(next.minReader)::int)
                """)
            return next.name
        }
    }

    private static func pending(
        of migrations: [Migration], _ connection: borrowing Connection
    ) throws -> [Migration] {
        // As JSON, for databases that are older than the column.
        let rows = try connection.run(
            """
            SELECT version, sha256,
                coalesce((to_jsonb(m)->>'min_reader')::int, version) AS min_reader
            FROM docket.migrations m ORDER BY version
            """)
        let known = migrations.map(\.version).max() ?? 0
        var applied: [Int: [UInt8]] = [:]
        for row in rows {
            let version: Int = try row.get("version")
            applied[version] = try row.get("sha256")
            if version > known, try row.get("min_reader", as: Int.self) > known {
                throw StoreError.schemaNewer(version: version, known: known)
            }
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
