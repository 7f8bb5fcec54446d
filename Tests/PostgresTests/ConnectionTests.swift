import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite("Connection")
struct ConnectionTests {
    private func connect() async throws -> Connection {
        try Connection(ConnectionOptions(url: await TestCluster.url(), applicationName: "test"))
    }

    @Test("values come back as they went, whatever characters they hold")
    func roundTrip() async throws {
        let connection = try await connect()
        let text = "a'b\"c\\d{},NULL é 日本 🇩🇪\n\t"
        let texts = ["", "a,b", "{}", "NULL", "\\", "\"", text]
        let date = Date(timeIntervalSince1970: 1_795_468_304.25)
        let early = Date(timeIntervalSince1970: -62_135_596_800)
        let bytes: [UInt8] = [0, 1, 127, 128, 255]
        let id = UUID()
        let rows = try connection.run(
            """
            SELECT \(text)::text AS text, \(texts) AS texts, \(date) AS date, \(early) AS early,
                \(bytes: bytes) AS bytes, \(true)::bool AS bool, \(Int64.min)::bigint AS number,
                \(0.1)::float8 AS double, \(id)::uuid AS id, \(Int?.none)::int AS nothing,
                \([Int64.max, -1]) AS numbers, (\([date, nil]))[1] AS element,
                cardinality(\([String]())) AS none, (\([bytes]))[1] AS hash, \([true, false]) AS flags
            """)
        let row = try #require(rows.first)
        #expect(rows.count == 1)
        #expect(try row.get("text") == text)
        #expect(try row.get("texts") == texts)
        #expect(try row.get("date") == date)
        #expect(try row.get("early") == early)
        #expect(try row.get("element") == date)
        #expect(try row.get("bytes") == bytes)
        #expect(try row.get("hash") == bytes)
        #expect(try row.get("bool") == true)
        #expect(try row.get("number") == Int64.min)
        #expect(try row.get("double") == 0.1)
        #expect(try row.get("id") == id)
        #expect(try row.optional("nothing", as: Int.self) == nil)
        #expect(try row.get("numbers", as: String.self) == "{9223372036854775807,-1}")
        #expect(try row.get("flags", as: String.self) == "{t,f}")
        #expect(try row.get("none") == 0)
    }

    @Test("a column that is absent, NULL or of another type is an error that names it")
    func columns() async throws {
        let connection = try await connect()
        let row = try #require(try connection.run("SELECT NULL AS a, 'x' AS b").first)
        #expect(throws: PostgresError.column(name: "c", expected: "present")) {
            try row.optional("c", as: Int.self)
        }
        #expect(throws: PostgresError.column(name: "a", expected: "Int")) {
            try row.get("a", as: Int.self)
        }
        #expect(throws: PostgresError.column(name: "b", expected: "Int")) {
            try row.get("b", as: Int.self)
        }
    }

    @Test("a failing statement reports its SQLSTATE, and not the value")
    func serverError() async throws {
        let connection = try await connect()
        let expected = PostgresError.server(
            sqlState: "22P02", message: "invalid input syntax for type integer: …",
            statement: "SELECT $1::int")
        #expect(throws: expected) { try connection.run("SELECT \("secret")::int") }
        #expect(expected.isTransient == false)
        #expect(try connection.run("SELECT 1 AS one").count == 1)
    }

    @Test("a NUL character is refused before it could cut the text off")
    func nul() async throws {
        let connection = try await connect()
        #expect(throws: PostgresError.nulCharacter(statement: "SELECT $1::text")) {
            try connection.run("SELECT \("a\0b")::text")
        }
        let error = #expect(throws: PostgresError.self) {
            try connection.run("SELECT \(["a\0b"])::text[]")
        }
        #expect(error?.isAboutData == true)
        #expect(throws: PostgresError.self) {
            try connection.run("SELECT \(Date(timeIntervalSince1970: 1e300))")
        }
    }

    @Test("what a transaction did before it threw is undone, and a savepoint only its own part")
    func transactions() async throws {
        struct Stop: Error {}
        let connection = try await connect()
        try connection.runScript("CREATE TEMPORARY TABLE t (n int)")
        #expect(throws: Stop.self) {
            try connection.transaction { connection in
                try connection.run("INSERT INTO pg_temp.t VALUES (1)")
                throw Stop()
            }
        }
        try connection.transaction { connection in
            try connection.run("INSERT INTO pg_temp.t VALUES (2)")
            #expect(throws: PostgresError.self) {
                try connection.savepoint { connection in
                    try connection.run("INSERT INTO pg_temp.t VALUES (3)")
                    try connection.run("SELECT 1 / 0")
                }
            }
        }
        let rows = try connection.run("SELECT n FROM pg_temp.t")
        #expect(try rows.map { try $0.get("n", as: Int.self) } == [2])
    }

    @Test("an error that a transaction ignored does not pass for a commit")
    func ignoredError() async throws {
        let connection = try await connect()
        let error = #expect(throws: PostgresError.self) {
            try connection.transaction { connection in
                _ = try? connection.run("SELECT 1 / 0")
            }
        }
        #expect(error?.sqlState == "25P02")
        #expect(try connection.run("SELECT 1 AS one").count == 1)
    }

    @Test("a prepared statement gives what the same one unprepared gives, again and again")
    func prepared() async throws {
        let connection = try await connect()
        for number in 0..<3 {
            let rows = try connection.runPrepared(
                "SELECT sum(n) AS s FROM unnest(\([number, 1])) n")
            #expect(try rows.first?.get("s") == number + 1)
        }
    }

    @Test("rows that are copied arrive as they went, many of them too, and none after a bad one")
    func copy() async throws {
        let connection = try await connect()
        try connection.run(
            "CREATE TEMP TABLE t (n int, id bigint, a text, b text[], c jsonb, d timestamptz)")
        let text = String(repeating: "\u{E9}\n\t\\", count: 100)
        func copy(_ indices: Range<Int>, bad: Int? = nil) throws {
            try connection.copy(
                into: "pg_temp.t (n, id, a, b, c, d)", columnCount: 6, indices
            ) { index, row in
                row.append(int32: Int32(index))
                row.append(Int64(index))
                row.append(index == bad ? "\u{0}" : text)
                row.append(array: ["a\"", "", "\u{E9}"])
                row.append(jsonb: index == 1 ? nil : "{\"a\": 1}")
                row.append(Date(timeIntervalSince1970: 0))
            }
        }
        try copy(0..<0)
        try copy(0..<2000)
        let error = #expect(throws: PostgresError.self) { try copy(2000..<4000, bad: 2001) }
        #expect(error?.isAboutData == true)
        let missing = #expect(throws: PostgresError.self) {
            try connection.copy(into: "pg_temp.absent", columnCount: 1, 0..<1) { $1.append("") }
        }
        #expect(missing?.sqlState == "42P01")
        let rows = try connection.run(
            """
            SELECT count(*) AS rows, sum(n + id) AS sum, count(c->'a') AS c,
                bool_and(a = \(text)) AS a, bool_and(b = \(["a\"", "", "\u{E9}"])) AS b,
                bool_and(d = 'epoch') AS d
            FROM pg_temp.t
            """)
        let row = try #require(rows.first)
        #expect(try row.get("rows", as: Int.self) == 2000 && row.get("c", as: Int.self) == 1999)
        #expect(try row.get("sum", as: Int.self) == 1999 * 2000)
        for name in ["a", "b", "d"] { #expect(try row.get(name, as: Bool.self), "\(name)") }
    }

    @Test("a text is as long as the server says")
    func length() async throws {
        let connection = try await connect()
        let long = String(repeating: "a\u{E9}", count: 99)
        for text in ["", "abc", "\u{E9}\u{20AC}\u{1F600}", long] {
            let rows = try connection.run("SELECT length(\(text)) AS length")
            #expect(try rows.first?.get("length") == text.databaseLength)
        }
    }

    @Test("a large parameter and a large answer pass")
    func large() async throws {
        let connection = try await connect()
        let text = String(repeating: "0123456789abcdef", count: 1 << 20)
        let rows = try connection.run("SELECT \(text)::text AS text, \([text]) AS texts")
        #expect(try rows.first?.get("text") == text)
    }

    @Test("the server ends a statement that takes too long, and that is transient")
    func statementDeadline() async throws {
        var options = ConnectionOptions(url: try await TestCluster.url(), applicationName: "test")
        options.statementDuration = .milliseconds(20)
        let connection = try Connection(options)
        let error = #expect(throws: PostgresError.self) {
            try connection.run("SELECT pg_sleep(30)")
        }
        #expect(error?.sqlState == "57014")
        #expect(error?.isTransient == true)
    }

    @Test(
        "an error about the connection string holds neither the string nor its password",
        arguments: [
            "postgresql://u:hunter2@%zz/db", "host=/nowhere password=hunter2",
            "postgresql://u:hunter2@127.0.0.1:1/db?connect_timeout=2", "hunter2",
        ])
    func secrecy(_ url: String) throws {
        do {
            _ = try Connection(ConnectionOptions(url: url, applicationName: "test"))
            Issue.record("connected to nowhere")
        } catch {
            #expect(!"\(error)".contains("hunter2"))
            #expect(!String(reflecting: error).contains("hunter2"))
        }
    }
}
