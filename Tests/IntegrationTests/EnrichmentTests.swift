import JSON
import Postgres
import Testing

@Suite("Summaries and tags", .timeLimit(.minutes(10)))
struct EnrichmentTests {
    /// Above the 200 characters from which on documents are summarised.
    static func letter(_ number: Int) -> String {
        """
        Hello, our order \(4000 + number) of twelve gasket sets has not arrived yet. It was \
        promised for Monday, and our line has been standing since then. Please tell us by noon \
        when the parcel will be here, and send the papers for the customs along with it. \
        Kind regards, Ana Ruiz
        """
    }

    static func configured(folder: String) -> Configured {
        var configured = Configured()
        configured.folders = [folder]
        configured.recipes = "[summary, {name: tags, labels: [complaint, order, other]}]"
        configured.model = Programs.model
        return configured
    }

    @Test("are one of each for every mail, and new ones for a mail that changed")
    func results() async throws {
        try await Installation.with(Self.configured(folder: "Trial")) { docket in
            let folder = try await docket.tenant.makeFolder("Trial")
            let long = try await docket.tenant.post("Late", body: Self.letter(1), in: folder)
            try await docket.tenant.post("Other", body: Self.letter(2), in: folder)
            let short = try await docket.tenant.post("Hi", body: "See you.", in: folder)
            try await docket.run()
            try await expectComplete(docket)
            let before = try await Self.summaries(docket)
            #expect(before.count == 2)
            #expect(before[short] == nil)
            let tags = try await docket.texts("SELECT DISTINCT tag AS value FROM docket_v1.tags")
            #expect(Set(tags).isSubset(of: ["complaint", "order", "other"]))
            let scores = try await docket.number(
                "SELECT count(*) AS value FROM docket_v1.tags WHERE score BETWEEN 0 AND 1")
            #expect(scores == 3)

            try await docket.tenant.change(
                long,
                [
                    "body": .string(
                        "Dear Sirs, " + Self.letter(3).replacing("gasket", with: "bearing"))
                ])
            try await docket.run()
            try await expectComplete(docket)
            let after = try await Self.summaries(docket)
            #expect(after.count == 2)
            #expect(after[long] != before[long])
            let unchanged = before.filter { $0.key != long }
            #expect(after.filter { $0.key != long } == unchanged)
            let revisions = try await docket.texts(
                """
                SELECT revision::text AS value FROM docket_v1.document_history
                WHERE source_id = \(long) ORDER BY revision
                """)
            #expect(revisions == ["1", "2"])
        }
    }

    /// Text and time of each summary, by the mail.
    private static func summaries(_ docket: Installation) async throws -> [String: String] {
        let rows = try await docket.rows(
            """
            SELECT source_id, concat_ws(' ', s.created_at, summary) AS summary
            FROM docket_v1.summaries s JOIN docket_v1.documents USING (document_id)
            WHERE summary <> ''
            """)
        return Dictionary(
            uniqueKeysWithValues: try rows.map { (try $0.get("source_id"), try $0.get("summary")) })
    }
}

/// Every live document has its one summary, unless it is short, and its one tag; no job is left.
func expectComplete(
    _ docket: Installation, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let incomplete = try await docket.texts(
        """
        SELECT format('%s: %s summaries, %s tags', title, summaries, tags) AS value
        FROM (SELECT title, body_characters,
            (SELECT count(*) FROM docket_v1.summaries s WHERE s.document_id = d.document_id)
                AS summaries,
            (SELECT count(*) FROM docket_v1.tags t WHERE t.document_id = d.document_id) AS tags
            FROM docket_v1.documents d) counted
        WHERE summaries <> (body_characters >= 200)::int OR tags <> 1
        """)
    #expect(incomplete == [], sourceLocation: sourceLocation)
    let jobs = try await docket.number("SELECT count(*) AS value FROM docket_v1.backlog")
    #expect(jobs == 0, sourceLocation: sourceLocation)
}
