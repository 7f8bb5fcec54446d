import FaultProxy
import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite("The fault proxy", .timeLimit(.minutes(2)))
struct FaultProxyTests {
    private struct Way {
        let proxy: FaultProxy
        let options: ConnectionOptions

        init(_ more: String = "") async throws {
            let url = try await TestCluster.makeDatabase().url
            let host = try #require(url.firstMatch(of: /host='([^']*)'/))
            proxy = try FaultProxy(to: .unix("\(host.1)/.s.PGSQL.5432"), .postgres)
            options = ConnectionOptions(
                url: url.replacing(host.0, with: "host='127.0.0.1' port='\(proxy.port)'")
                    + " sslmode=disable gssencmode=disable" + more, applicationName: "test")
        }

        func number(_ sql: SQL) async throws -> Int {
            let database = Database(options, connections: 1)
            return try await database.withConnection { connection in
                guard let row = try connection.run(sql).first else { return -1 }
                return try row.get("value", as: Int.self)
            }
        }
    }

    @Test("forwards, and replaces texts of statements with others of any length")
    func rewriting() async throws {
        let way = try await Way()
        defer { way.proxy.stop() }
        #expect(try await way.number("SELECT \(1)::int8 AS value") == 1)
        way.proxy.rewrite("AS value", to: "+ 41 AS value")
        #expect(try await way.number("SELECT \(1)::int8 AS value") == 42)
        #expect(way.proxy.rewriteCount == 1)
    }

    @Test("runs statements of its own, of which the client learns nothing")
    func inserting() async throws {
        let way = try await Way()
        defer { way.proxy.stop() }
        way.proxy.add(
            StatementRule(.after, "SELECT 1", .insert("CREATE TABLE public.made (n int)")))
        #expect(try await way.number("SELECT 1::int8 AS value") == 1)
        #expect(
            try await way.number(
                "SELECT count(to_regclass('public.made')) AS value") == 1)
    }

    @Test("loses a commit on either side of the server", arguments: [true, false])
    func commits(isDone: Bool) async throws {
        let way = try await Way()
        defer { way.proxy.stop() }
        let rule = way.proxy.add(
            StatementRule(isDone ? .after : .before, "COMMIT", within: "CREATE", .cut))
        let database = Database(way.options, connections: 1)
        let error = await #expect(throws: PostgresError.self) {
            try await database.withConnection { connection in
                try connection.transaction { connection in
                    try connection.run("CREATE TABLE public.made (n int)")
                }
            }
        }
        #expect(error?.isTransient == true)
        #expect(way.proxy.strikes(of: rule) == 1)
        let made = try await way.number("SELECT count(to_regclass('public.made')) AS value")
        #expect(made == (isDone ? 1 : 0))
    }

    @Test("is silent as a dead network: the client finds out by its own time-outs")
    func blackHole() async throws {
        let way = try await Way(" tcp_user_timeout=1000 connect_timeout=2")
        defer { way.proxy.stop() }
        let database = Database(way.options, connections: 1)
        try await database.withConnection { _ in }
        way.proxy.blackHole(true)
        let startedAt = ContinuousClock.now
        for _ in 0..<2 {
            // First the connection that stands, then one that is to be made.
            let error = await #expect(throws: PostgresError.self) {
                try await database.withConnection { try $0.run("SELECT 1") }
            }
            #expect(error?.isTransient == true)
        }
        #expect(ContinuousClock.now - startedAt > .seconds(2))
        way.proxy.blackHole(false)
        try await database.withConnection { try $0.run("SELECT 1") }
    }
}
