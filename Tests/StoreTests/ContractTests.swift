import Foundation
import Postgres
import Store
import StoreTesting
import Testing

@Suite("docket_v1")
struct ContractTests {
    /// `view.column type`, in order.
    ///
    /// After columns were added, and only then: `DOCKET_RECORD=1 swift test --filter ContractTests`
    /// writes the file anew.
    static let golden = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "docket_v1.txt")

    private func texts(_ store: Store, _ sql: SQL) async throws -> [String] {
        try await store.database.withConnection { connection in
            try connection.run(sql).map { try $0.get("v") }
        }
    }

    @Test("views and columns are the committed ones, in order")
    func columns() async throws {
        let columns = try await texts(
            TestStore.make(),
            """
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) AS v
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'docket_v1'
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY c.relname, a.attnum
            """)
        let text = columns.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["DOCKET_RECORD"] != nil {
            try text.write(to: Self.golden, atomically: true, encoding: .utf8)
        }
        #expect(try text == String(contentsOf: Self.golden, encoding: .utf8))
    }

    @Test("every view and every column has a comment")
    func comments() async throws {
        let missing = try await texts(
            TestStore.make(),
            """
            SELECT c.relname || coalesce('.' || a.attname, '') AS v
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
                AND n.nspname IN ('docket_v1', 'docket_restricted_v1')
            JOIN (SELECT attrelid, attname, attnum FROM pg_attribute WHERE attnum > 0
                UNION ALL SELECT oid, NULL, 0 FROM pg_class) a ON a.attrelid = c.oid
            WHERE coalesce(col_description(c.oid, a.attnum), obj_description(c.oid), '') = ''
                OR (a.attnum > 0 AND coalesce(col_description(c.oid, a.attnum), '') = '')
            """)
        #expect(missing == [])
        let functions = try await texts(
            TestStore.make(),
            """
            SELECT p.proname AS v FROM pg_proc p
            WHERE p.pronamespace::regnamespace::text IN ('docket_v1', 'docket_restricted_v1')
                AND coalesce(obj_description(p.oid, 'pg_proc'), '') = ''
            """)
        #expect(functions == [])
    }

    @Test("functions are the committed ones, run with their owner's rights and nobody's path")
    func functions() async throws {
        let functions = try await texts(
            TestStore.make(),
            """
            SELECT p.oid::regprocedure || ' ' || pg_get_function_result(p.oid) AS v FROM pg_proc p
            WHERE p.pronamespace::regnamespace::text IN ('docket_v1', 'docket_restricted_v1')
                AND p.prosecdef
                AND 'search_path=pg_catalog' = ANY (p.proconfig)
                AND NOT has_function_privilege('public', p.oid, 'EXECUTE')
            ORDER BY p.pronamespace::regnamespace::text DESC, p.proname
            """)
        #expect(
            functions
                == ["docket_v1", "docket_restricted_v1"].flatMap { schema in
                    [
                        "\(schema).rate_result(bigint,text,text,text) void",
                        "\(schema).search_documents(text,integer,text) TABLE(document_id bigint, "
                            + "connector text, kind text, title text, language text, "
                            + "modified_at timestamp with time zone, rank real, excerpt text)",
                    ]
                })
    }

    @Test("every view that tells of documents has the same columns for restricted readers")
    func restricted() async throws {
        func columns(_ schema: String) async throws -> [String] {
            try await texts(
                TestStore.make(),
                """
                SELECT concat_ws(' ', v.table_name, v.column_name, v.data_type) AS v
                FROM information_schema.columns v
                WHERE v.table_schema = \(schema) AND EXISTS (
                    SELECT FROM information_schema.columns d
                    WHERE d.table_schema = v.table_schema AND d.table_name = v.table_name
                        AND d.column_name = 'document_id')
                ORDER BY v.table_name, v.ordinal_position
                """)
        }
        let expected = try await columns("docket_v1")
        #expect(expected.count > 40)
        #expect(try await columns("docket_restricted_v1") == expected)
    }

    @Test("the reader sees the contract and nothing else")
    func reader() async throws {
        let office = try await Office()
        try await office.ensure("Inbox")
        try await office.pass("Inbox", [document("A")])
        try await office.store.database.withConnection { connection in
            try connection.run("SET ROLE docket_reader")
            let views = try connection.run(
                """
                SELECT viewname AS v FROM pg_views WHERE schemaname = 'docket_v1' ORDER BY 1
                """)
            #expect(views.count == 11)
            for view in views {
                let name: String = try view.get("v")
                try connection.runScript("SELECT * FROM docket_v1.\(name)")
            }
            #expect(try connection.run("SELECT title FROM docket_v1.documents").count == 1)
            let refused = #expect(throws: PostgresError.self) {
                try connection.run("SELECT title FROM docket.documents")
            }
            #expect(refused?.sqlState == "42501")
            let written = #expect(throws: PostgresError.self) {
                try connection.run("DELETE FROM docket_v1.sync_runs")
            }
            #expect(written?.sqlState == "42501")
            try connection.run("RESET ROLE")
        }
    }
}
