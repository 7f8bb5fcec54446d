package import Domain
import Postgres

extension Store {
    /// The marks of all files of a stream that have been read, by name.
    ///
    /// - Throws: ``StoreError/database(_:)``.
    package func marks(of stream: Domain.Stream.ID) async throws(StoreError) -> [String: String] {
        try await run { connection in
            let rows = try connection.run(
                "SELECT name, mark FROM docket.marks WHERE stream_id = \(stream.value)::bigint")
            var marks: [String: String] = [:]
            for row in rows { marks[try row.get("name")] = try row.get("mark") }
            return marks
        }
    }

    /// Notes the files that a page has read to their ends.
    static func store(
        _ marks: [Page.Mark], _ stream: PageStream, _ connection: borrowing Connection
    ) throws {
        guard !marks.isEmpty else { return }
        let ordered = marks.sorted { $0.name < $1.name }
        try connection.runPrepared(
            """
            INSERT INTO docket.marks AS m (stream_id, name, mark)
            SELECT \(stream.id)::bigint, n.name, n.mark
            FROM unnest(\(ordered.map(\.name)), \(ordered.map(\.text))) AS n(name, mark)
            ON CONFLICT (stream_id, name) DO UPDATE SET mark = excluded.mark
            """)
    }
}
