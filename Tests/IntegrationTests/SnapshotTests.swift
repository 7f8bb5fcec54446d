import JSON
import Postgres
import Testing

@Suite("A source that is read whole each time", .timeLimit(.minutes(5)))
struct SnapshotTests {
    @Test("is shown as it is by the pass after a kill, though that ends an older round first")
    func interrupted() async throws {
        let connector = MutatedConnector.odata(4, hasDelta: false)
        try await Installation.with(connector.configured()) { docket in
            try await connector.prepare(docket)
            try await docket.docket("migrate")
            try await docket.tenant.fault([
                "path": "*ProductDescription*", "fault": "delay", "count": "always",
                "milliseconds": 100,
            ])
            let filed: SQL = """
                SELECT source_id AS value FROM docket_v1.documents
                WHERE scope LIKE '%/ProductDescription' ORDER BY document_id
                """
            let child = try docket.start(["run", "--once"])
            try await until("two pages are filed: \(child.errors)") {
                try await docket.texts(filed).count >= 40
            }
            child.stop()
            try await docket.lapseLeases()
            try await docket.tenant.control("DELETE", "faults")

            let id = try #require(try await docket.texts(filed).first)
            let key = id.drop { $0 != "(" }.dropFirst().dropLast()
            try await docket.tenant.control(
                "PATCH", "erp/entities/product/ProductDescription/\(key)",
                ["ProductDescription": "Changed"])
            try await docket.run()
            let titles = try await docket.texts(
                "SELECT title AS value FROM docket_v1.documents WHERE source_id = \(id)")
            #expect(titles == ["Changed"])
        }
    }
}
