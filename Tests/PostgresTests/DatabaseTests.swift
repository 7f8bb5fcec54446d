import Postgres
import PostgresTesting
import Testing

@Suite("Database")
struct DatabaseTests {
    private static func backend(_ connection: borrowing Connection) throws -> Int {
        let rows = try connection.run("SELECT pg_backend_pid() AS pid")
        return try #require(try rows.first?.get("pid"))
    }

    @Test("a connection that the server ended while idle is replaced before it is noticed")
    func reconnects() async throws {
        let database = Database(try await TestCluster.makeDatabase(), connections: 1)
        let killer = Database(try await TestCluster.makeDatabase(), connections: 1)
        let first = try await database.withConnection { try Self.backend($0) }
        #expect(try await database.withConnection { try Self.backend($0) } == first)
        try await killer.withConnection { connection in
            // Waits until the backend is gone.
            try connection.run("SELECT pg_terminate_backend(\(first)::int, 10000)")
        }
        let second = try await database.withConnection { try Self.backend($0) }
        #expect(second != first)
    }

    @Test("a connection lost within a statement is an error once, and then there is another")
    func lostWithin() async throws {
        let database = Database(try await TestCluster.makeDatabase(), connections: 1)
        let error = await #expect(throws: PostgresError.self) {
            try await database.withConnection { connection in
                try connection.run("SELECT pg_terminate_backend(pg_backend_pid())")
            }
        }
        #expect(error?.isTransient == true)
        let count = try await database.withConnection { try $0.run("SELECT 1 AS one").count }
        #expect(count == 1)
    }

    @Test("a transaction left open never reaches the next borrower")
    func openTransaction() async throws {
        let database = Database(try await TestCluster.makeDatabase(), connections: 1)
        let first = try await database.withConnection { connection in
            try connection.run("BEGIN")
            return try Self.backend(connection)
        }
        let second = try await database.withConnection { try Self.backend($0) }
        #expect(first != second)
    }

    @Test("more callers than connections all get an answer")
    func contention() async throws {
        let database = Database(try await TestCluster.makeDatabase(), connections: 3)
        let sum = try await withThrowingTaskGroup { group in
            for number in 1...100 {
                group.addTask {
                    try await database.withConnection { connection in
                        try #require(
                            try connection.run("SELECT \(number)::int AS n").first
                        ).get("n") as Int
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 5050)
    }
}
