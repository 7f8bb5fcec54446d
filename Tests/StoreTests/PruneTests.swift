import Postgres
import Store
import StoreTesting
import Testing

@Suite("Pruning")
struct PruneTests {
    @Test("forgets old passes and long dead instances, and keeps the others")
    func prune() async throws {
        let store = try await TestStore.make()
        try await store.database.withConnection { connection in
            try connection.runScript(
                """
                INSERT INTO docket.runs (connector, scope, started_at, finished_at, state)
                VALUES ('mail', 'old', now() - interval '31 days', now(), 'succeeded'),
                    ('mail', 'new', now() - interval '29 days', now(), 'succeeded');
                INSERT INTO docket.instances (instance_id, lease_until, host, version)
                VALUES (gen_random_uuid(), now() - interval '2 days', 'old', '1'),
                    (gen_random_uuid(), now() - interval '1 hour', 'new', '1');
                """)
        }
        try await store.prune()
        let left = try await store.database.withConnection { connection in
            try connection.run(
                """
                SELECT scope AS value FROM docket.runs UNION ALL
                SELECT host FROM docket.instances
                """
            ).map { try $0.get("value", as: String.self) }
        }
        #expect(left == ["new", "new"])
    }
}
