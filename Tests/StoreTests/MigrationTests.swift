import Foundation
import MigrationFiles
import Postgres
import PostgresTesting
import Store
import StoreTesting
import Testing

@Suite("Migrations")
struct MigrationTests {
    private func store() async throws -> Store {
        Store(database: Database(try await TestCluster.makeDatabase(), connections: 8))
    }

    @Test("every file of the directory is listed, in order")
    func files() throws {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "Migrations")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sql") }.sorted()
        #expect(names == MigrationFiles.all.map(\.name))
        #expect(Migration.all.map(\.version) == Array(1...names.count))
        for file in MigrationFiles.all {
            let text = try String(
                contentsOf: folder.appending(path: file.name), encoding: .utf8)
            #expect(file.text == text, "\(file.name) is embedded as it is")
        }
    }

    @Test("fault 34: of eight migrators at once each step is applied by one")
    func concurrent() async throws {
        let store = try await store()
        #expect(try await store.pendingMigrations() == MigrationFiles.all.map(\.name))
        await #expect(throws: StoreError.schemaOlder(pending: MigrationFiles.all.map(\.name))) {
            try await store.checkSchema()
        }
        let applied = try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try await store.migrate() } }
            return try await group.reduce([], +)
        }
        #expect(applied.sorted() == MigrationFiles.all.map(\.name))
        try await store.checkSchema()
        #expect(try await store.migrate() == [])
    }

    @Test("fault 35: an applied file that was edited is refused by its name")
    func edited() async throws {
        let store = try await TestStore.make()
        var migrations = Migration.all
        let first = migrations[0]
        migrations[0] = Migration(
            version: first.version, name: first.name, text: first.text + " ")
        let expected = StoreError.migrationEdited(name: first.name)
        await #expect(throws: expected) { try await store.migrate(migrations) }
        await #expect(throws: expected) { try await store.pendingMigrations(of: migrations) }
        #expect("\(expected)".contains("0001_tables.sql"))
    }

    @Test("fault 33: a database newer than the binary is refused")
    func newer() async throws {
        let store = try await TestStore.make()
        let next = Migration.all + [Migration(version: 99, name: "0099_x.sql", text: "SELECT 1")]
        #expect(try await store.migrate(next) == ["0099_x.sql"])
        await #expect(throws: StoreError.schemaNewer(version: 99, known: Migration.all.count)) {
            try await store.checkSchema()
        }
    }

    @Test("a step that fails leaves nothing, and the steps before it stand")
    func failing() async throws {
        let store = try await TestStore.make()
        let next = [
            Migration(version: 98, name: "0098_a.sql", text: "CREATE TABLE docket.a (n int)"),
            Migration(
                version: 99, name: "0099_b.sql", text: "CREATE TABLE docket.b (n int); SELECT 1/0"),
        ]
        let error = await #expect(throws: StoreError.self) {
            try await store.migrate(Migration.all + next)
        }
        guard case .database(let cause) = error else {
            Issue.record("expected the server's error")
            return
        }
        #expect(cause.sqlState == "22012")
        #expect(try await store.pendingMigrations(of: Migration.all + next) == ["0099_b.sql"])
        let found = try await store.database.withConnection { connection in
            try connection.run("SELECT to_regclass('docket.b') AS name").first?
                .optional("name", as: String.self)
        }
        #expect(found == nil)
    }

    @Test("fault 34: a step waits for a reader only for so long, and then again")
    func lockTimeout() async throws {
        let store = try await TestStore.make()
        let reader = try Connection(store.database.options)
        try reader.run("BEGIN")
        try reader.run("LOCK TABLE docket.jobs IN ACCESS SHARE MODE")
        let step = Migration(
            version: 99, name: "0099_x.sql", text: "ALTER TABLE docket.jobs ADD COLUMN x int")
        struct Waited: Error {}
        let pauses = AsyncStream.makeStream(of: Void.self)
        async let migrated = store.migrate(Migration.all + [step]) {
            pauses.continuation.yield()
        }
        // The first attempt has given way by now.
        for await _ in pauses.stream { break }
        try reader.run("COMMIT")
        #expect(try await migrated == ["0099_x.sql"])
    }

    @Test("a newer database goes on serving the binaries that a step says it does")
    func minReader() async throws {
        let store = try await TestStore.make()
        let known = Migration.all.count
        let step = Migration(
            version: 98, name: "0098_x.sql", text: "-- For old ones too.\n-- min_reader: \(known)\n"
        )
        #expect(step.minReader == known)
        try await store.migrate(Migration.all + [step])
        try await store.checkSchema()
        #expect(try await store.migrate() == [])
        let last = Migration(version: 99, name: "0099_x.sql", text: "-- min_reader: 98\n")
        try await store.migrate(Migration.all + [step, last])
        await #expect(throws: StoreError.schemaNewer(version: 99, known: known)) {
            try await store.checkSchema()
        }
        // A number from a file does not reach beyond its step.
        #expect(Migration(version: 7, name: "x", text: "-- min_reader: 12").minReader == 7)
        #expect(Migration(version: 7, name: "x", text: "SELECT 1").minReader == 7)
    }

    @Test(
        "the printed schema brings any older one up to date, and may be applied again",
        arguments: 1...Migration.all.count)
    func printedOver(_ count: Int) async throws {
        let store = try await store()
        try await store.migrate(Array(Migration.all.prefix(count)))
        for _ in 0..<2 {
            try await store.database.withConnection { try $0.runScript(Store.schemaText()) }
            #expect(try await store.pendingMigrations() == [])
        }
        let steps = try await store.database.withConnection { connection in
            try connection.run("SELECT version FROM docket.migrations ORDER BY 1").map {
                try $0.get("version", as: Int.self)
            }
        }
        #expect(steps == Migration.all.map(\.version))
    }

    @Test("the printed schema refuses a database whose steps are not its own, and changes nothing")
    func printedOverOther() async throws {
        let store = try await store()
        let first = Migration.all[0]
        let other = Migration(version: 1, name: first.name, text: first.text + " ")
        try await store.migrate([other])
        let error = await #expect(throws: PostgresError.self) {
            try await store.database.withConnection { try $0.runScript(Store.schemaText()) }
        }
        #expect("\(error, default: "")".contains("0001_tables.sql differs"))
        #expect(try await store.pendingMigrations(of: [other]) == [])
    }

    @Test("the printed schema is what a migration makes, and counts as one")
    func printed() async throws {
        let store = try await store()
        try await store.database.withConnection { connection in
            try connection.runScript(Store.schemaText())
        }
        #expect(try await store.pendingMigrations() == [])
        let other = try await TestStore.make()
        let columns: SQL = """
            SELECT string_agg(concat_ws(' ', table_schema, table_name, column_name, data_type), ','
                ORDER BY table_schema, table_name, ordinal_position) AS v
            FROM information_schema.columns WHERE table_schema LIKE 'docket%'
            """
        func all(_ store: Store) async throws -> String? {
            try await store.database.withConnection { try $0.run(columns).first?.get("v") }
        }
        #expect(try await all(store) == all(other))
    }
}
