import Postgres
import PostgresTesting
import Testing

@Suite("Pipeline")
struct PipelineTests {
    private func connect() async throws -> Connection {
        let connection = try Connection(await TestCluster.makeDatabase())
        try connection.runScript("CREATE TEMP TABLE numbers (n int PRIMARY KEY)")
        return connection
    }

    private func numbers(_ connection: borrowing Connection) throws -> [Int] {
        try connection.run("SELECT n FROM numbers ORDER BY n").map { try $0.get("n") }
    }

    @Test("statements run together see what those before them did, and each has its rows")
    func together() async throws {
        let connection = try await connect()
        for round in 1...3 {
            let answers = try connection.runTogether([
                "INSERT INTO numbers VALUES (\(round)::int)", "SELECT n FROM numbers ORDER BY n",
                "SELECT 'x' AS x WHERE false",
            ])
            #expect(answers.map(\.count) == [0, round, 0])
            #expect(try answers[1].map { try $0.get("n") } == Array(1...round))
        }
        #expect(try connection.runTogether([]).isEmpty)
    }

    @Test("one that fails takes the others back, says which it was, and the session goes on")
    func failure() async throws {
        let connection = try await connect()
        for _ in 0..<2 {
            #expect {
                try connection.runTogether([
                    "INSERT INTO numbers VALUES (1)", "SELECT 1 / \(0)::int AS quotient",
                    "INSERT INTO numbers VALUES (2)",
                ])
            } throws: { error in
                guard case .server("22012", _, let statement) = error as? PostgresError else {
                    return false
                }
                return statement == "SELECT 1 / $1::int AS quotient"
            }
            let stored = try numbers(connection)
            #expect(stored == [])
        }
        try connection.runTogether(["INSERT INTO numbers VALUES (3)"])
        let stored = try numbers(connection)
        #expect(stored == [3])
    }

    @Test("what cannot be sent leaves nothing half done")
    func unsendable() async throws {
        let connection = try await connect()
        #expect(throws: PostgresError.nulCharacter(statement: "SELECT $1::text AS t")) {
            try connection.runTogether([
                "INSERT INTO numbers VALUES (1)", "SELECT \("\0")::text AS t",
            ])
        }
        #expect(throws: PostgresError.self) {
            try connection.runTogether(["INSERT INTO numbers VALUES (1)", "no statement"])
        }
        let stored = try numbers(connection)
        #expect(stored == [])
    }

    @Test("a commit that the server refuses is an error, and nothing is there")
    func commit() async throws {
        let connection = try await connect()
        try connection.runScript(
            """
            CREATE TEMP TABLE names (n int REFERENCES numbers DEFERRABLE INITIALLY DEFERRED)
            """)
        #expect {
            try connection.runTogether(["INSERT INTO names VALUES (7)"])
        } throws: { error in
            guard case .server("23503", _, "COMMIT") = error as? PostgresError else { return false }
            return true
        }
        #expect(try connection.run("SELECT n FROM names").isEmpty)
        try connection.runTogether(["INSERT INTO numbers VALUES (7)"])
        let stored = try numbers(connection)
        #expect(stored == [7])
    }

    @Test("what is set for the transaction ends with it, and within one it is a part of that")
    func settings() async throws {
        let connection = try await connect()
        let set: SQL = "SELECT set_config('work_mem', '77MB', true)"
        let show: SQL = "SELECT current_setting('work_mem') AS v"
        let inside = try connection.runTogether([set, show])
        #expect(try inside[1].first?.get("v") == "77MB")
        #expect(try connection.run(show).first?.get("v") != "77MB")
        #expect(throws: CancellationError.self) {
            try connection.transaction { connection in
                try connection.runTogether([set, "INSERT INTO numbers VALUES (1)"])
                #expect(try connection.run(show).first?.get("v") == "77MB")
                throw CancellationError()
            }
        }
        let stored = try numbers(connection)
        #expect(stored == [])
    }

    @Test("large statements and large answers pass one another")
    func large() async throws {
        let connection = try await connect()
        let text = String(repeating: "x", count: 4 << 20)
        let answers = try connection.runTogether(
            (0..<4).map { _ in "SELECT \(text)::text AS text" })
        #expect(try answers.allSatisfy { try $0.first?.get("text") == text })
    }

    @Test("a connection that ends meanwhile is lost, and not waited for")
    func lost() async throws {
        let connection = try await connect()
        #expect {
            try connection.runTogether([
                "INSERT INTO numbers VALUES (1)", "SELECT pg_terminate_backend(pg_backend_pid())",
                "SELECT 1 AS one",
            ])
        } throws: { error in
            (error as? PostgresError)?.isTransient == true
        }
        let isAlive = connection.isAlive()
        #expect(!isAlive)
    }
}
