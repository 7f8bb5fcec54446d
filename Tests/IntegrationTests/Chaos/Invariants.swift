import Postgres

extension Installation {
    /// What is not as it has to be when nobody is at work any more, by the invariants I1 to I5.
    ///
    /// - Parameters:
    ///   - connector: What is read; the tenant says what there is.
    ///   - deadLetters: Reasons for which jobs may have been given up.
    /// - Returns: A line each.
    /// - Throws: What the database or the tenant says.
    func violations(
        of connector: MutatedConnector, deadLetters: [String]
    ) async throws -> [String] {
        // I1, and I2: what a cursor has passed without storing it is missing for good.
        let truth = try await Truth.of(connector, at: tenant)
        let documents = try await truth.differences(from: self).map { "I1: \($0)" }
        return try await documents + unansweredRecipes() + texts(Self.strangeResults)
            + texts(Self.lostClaims) + leftovers() + unexpected(deadLetters)
    }

    /// I3: of each recipe each document has one result for what it says now, or a dead letter.
    private func unansweredRecipes() async throws -> [String] {
        try await texts(
            """
            SELECT format('I3: %s of %s (%s): %s results, %s dead letters, %s jobs', recipe,
                d.document_id, d.title, results, dead, jobs) AS value
            FROM docket_v1.documents d
            CROSS JOIN (VALUES ('summary', 200), ('tags', 1)) AS r(recipe, characters_min)
            CROSS JOIN LATERAL (
                SELECT count(*) AS results FROM docket.results e
                WHERE e.document_id = d.document_id AND e.recipe = r.recipe
                    AND e.content_sha256 = d.content_sha256) e
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE state = 'dead') AS dead,
                    count(*) FILTER (WHERE state <> 'dead') AS jobs
                FROM docket.jobs j
                WHERE j.document_id = d.document_id AND j.recipe = r.recipe) j
            WHERE jobs > 0 OR d.body_characters >= characters_min AND results + dead <> 1
            """)
    }

    /// I4: a result is about the text it is filed for.
    private static let strangeResults: SQL = """
        SELECT format('I4: %s of %s is about %s', r.recipe, d.title, r.output->>'text') AS value
        FROM docket.results r JOIN docket_v1.documents d USING (document_id)
        WHERE r.content_sha256 = d.content_sha256 AND r.recipe = 'summary'
            AND r.output->>'method' = 'generated'
            AND substring(r.output->>'text' FROM 'R-\\d+-\\d+')
                IS DISTINCT FROM substring(d.body FROM 'R-\\d+-\\d+')
        UNION ALL
        SELECT format('I4: %s of document %s is for a text it never had', recipe, document_id)
        FROM docket.results r
        WHERE NOT EXISTS (SELECT FROM docket.revisions v
            WHERE v.document_id = r.document_id AND v.content_sha256 = r.content_sha256)
        """

    /// I5: nothing is held by who is not alive.
    private static let lostClaims: SQL = """
        SELECT format('I5: job %s is held by nobody', job_id) AS value FROM docket.jobs j
        WHERE state = 'running' AND NOT EXISTS (SELECT FROM docket.instances i
            WHERE i.instance_id = j.instance_id AND i.lease_until > now())
        """

    private func unexpected(_ deadLetters: [String]) async throws -> [String] {
        try await texts(
            """
            SELECT format('dead letter: %s: %s', reason, message) AS value FROM docket.jobs
            WHERE state = 'dead' AND reason <> ALL (\(deadLetters))
            """)
    }
}
