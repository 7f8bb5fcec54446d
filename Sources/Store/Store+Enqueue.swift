package import Domain
import Postgres

extension Store {
    /// Makes the jobs of a page, and drops those its documents have outgrown.
    static func enqueue(
        _ rules: [JobRule], _ stored: Stored, _ stream: PageStream,
        _ connection: borrowing Connection
    ) throws {
        if !stored.updatedIDs.isEmpty {
            try dropOutgrown(rules, stored.updatedIDs, connection)
        }
        let ids = stored.createdIDs + stored.updatedIDs
        try enqueueThreads(
            rules.filter(\.isForThreads), of: ids, connector: stream.connector, connection)
        let rules = RuleColumns(rules.filter { !$0.isForThreads })
        guard !rules.recipes.isEmpty, !ids.isEmpty else { return }
        let restless = Limits.restlessDuration
        // A job says what result is wanted, so one that exists is told of the new content even
        // if that has a result already; a worker might else read one text as another.
        try connection.runPrepared(
            """
            INSERT INTO docket.jobs AS j
                (document_id, connector, recipe, fingerprint, want, due_at)
            SELECT d.document_id, d.connector, r.recipe, r.fingerprint, d.content_sha256,
                CASE WHEN d.revision >= \(Limits.restlessRevisions)::int AND (
                        SELECT count(*) FROM docket.revisions v
                        WHERE v.document_id = d.document_id
                            AND v.seen_at > now() - \(restless)::interval)
                        >= \(Limits.restlessRevisions)::int
                    THEN now() + \(Limits.debounceDuration)::interval ELSE now() END
            FROM unnest(\(ids)) AS n(document_id)
            CROSS JOIN LATERAL (SELECT d.* FROM docket.documents d
                WHERE d.document_id = n.document_id OFFSET 0) d
            CROSS JOIN unnest(\(rules.recipes), \(rules.fingerprints), \(rules.kinds),
                \(rules.charactersMin)) AS r(recipe, fingerprint, kinds, characters_min)
            LEFT JOIN LATERAL (SELECT true AS exists FROM docket.results e
                WHERE e.document_id = d.document_id AND e.recipe = r.recipe
                    AND e.content_sha256 = d.content_sha256
                    AND e.fingerprint = r.fingerprint OFFSET 0) e ON true
            LEFT JOIN LATERAL (SELECT true AS exists FROM docket.jobs w
                WHERE w.document_id = d.document_id AND w.recipe = r.recipe OFFSET 0) w ON true
            WHERE d.removed_at IS NULL
                AND (r.kinds = '{}' OR d.kind = ANY (r.kinds::text[]))
                AND d.body_characters >= r.characters_min
                AND (e.exists IS NULL OR w.exists)
            ORDER BY d.document_id, r.recipe
            ON CONFLICT (document_id, recipe) DO UPDATE SET
                want = excluded.want, fingerprint = excluded.fingerprint,
                state = CASE j.state WHEN 'running' THEN 'running' ELSE 'available' END,
                due_at = CASE j.state WHEN 'running' THEN j.due_at ELSE least(excluded.due_at,
                    greatest(j.created_at + \(restless)::interval, now())) END,
                attempt = CASE j.state WHEN 'running' THEN j.attempt ELSE 0 END,
                rescues = CASE j.state WHEN 'running' THEN j.rescues ELSE 0 END
            WHERE (j.want, j.fingerprint) IS DISTINCT FROM (excluded.want, excluded.fingerprint)
            """)
    }

    private func dropOutgrown(
        _ rules: [JobRule], _ connector: String
    ) async throws(StoreError) {
        try await run { connection in
            let rules = RuleColumns(rules)
            try connection.run(
                """
                DELETE FROM docket.jobs j USING docket.documents d
                WHERE j.connector = \(connector) AND d.document_id = j.document_id
                    AND NOT EXISTS (
                        SELECT FROM unnest(\(rules.recipes), \(rules.kinds),
                            \(rules.charactersMin)) AS r(recipe, kinds, characters_min)
                        WHERE r.recipe = j.recipe AND d.body_characters >= r.characters_min
                            AND (r.kinds = '{}' OR d.kind = ANY (r.kinds::text[])))
                """)
        }
    }

    private static func dropOutgrown(
        _ rules: [JobRule], _ ids: [Int64], _ connection: borrowing Connection
    ) throws {
        let rules = RuleColumns(rules)
        try connection.runPrepared(
            """
            DELETE FROM docket.jobs j
            USING unnest(\(ids)) AS n(document_id)
            CROSS JOIN LATERAL (SELECT d.* FROM docket.documents d
                WHERE d.document_id = n.document_id OFFSET 0) d
            WHERE j.document_id = n.document_id
                AND NOT EXISTS (
                    SELECT FROM unnest(\(rules.recipes), \(rules.kinds), \(rules.charactersMin))
                        AS r(recipe, kinds, characters_min)
                    WHERE r.recipe = j.recipe AND d.body_characters >= r.characters_min
                        AND (r.kinds = '{}' OR d.kind = ANY (r.kinds::text[])))
            """)
    }

    /// Makes the jobs that a connector's recipes lack, and drops those of recipes it no longer
    /// has: what follows a change of the configuration.
    ///
    /// Works in portions of ``Limits/enqueuedMax``, each its own transaction.
    ///
    /// - Parameters:
    ///   - connector: Its name.
    ///   - rules: All recipes of the connector, as configured now.
    /// - Returns: How many jobs were made or changed.
    /// - Throws: ``StoreError/database(_:)``.
    @discardableResult
    package func enqueueMissing(
        connector: String, rules: [JobRule]
    ) async throws(StoreError) -> Int {
        try await dropOutgrown(rules, connector)
        var (count, last) = (0, Int64(0))
        for rule in rules where rule.isForThreads {
            count += try await enqueueMissingThreads(rule, connector: connector)
        }
        let rules = rules.filter { !$0.isForThreads }
        while !rules.isEmpty {
            let after = last
            let found = try await run { connection in
                try Self.missing(rules, connector, after: after, connection)
            }
            guard let newest = found.last else { break }
            last = newest
            count += try await transaction { connection in
                var stored = Stored()
                stored.updatedIDs = found
                let before = try Self.jobVersions(of: found, connection)
                let stream = PageStream(id: 0, connector: connector, isReadAgain: false)
                try Self.enqueue(rules, stored, stream, connection)
                return try Self.jobVersions(of: found, connection).subtracting(before).count
            }
        }
        return count
    }

    /// How many jobs ``enqueueMissing(connector:rules:)`` would make or change.
    ///
    /// - Parameters:
    ///   - connector: Its name.
    ///   - rules: All recipes of the connector, as configured now.
    /// - Returns: A number of documents for each recipe that reads documents; those without any
    ///   are left out.
    /// - Throws: ``StoreError/database(_:)``.
    package func countMissing(
        connector: String, rules: [JobRule]
    ) async throws(StoreError) -> [String: Int] {
        try await run { connection in
            let columns = RuleColumns(rules.filter { !$0.isForThreads })
            let rows = try connection.run(
                """
                SELECT r.recipe, count(*) AS count
                FROM docket.documents d
                CROSS JOIN unnest(\(columns.recipes), \(columns.fingerprints), \(columns.kinds),
                    \(columns.charactersMin)) AS r(recipe, fingerprint, kinds, characters_min)
                WHERE d.connector = \(connector) AND d.removed_at IS NULL
                    AND (r.kinds = '{}' OR d.kind = ANY (r.kinds::text[]))
                    AND d.body_characters >= r.characters_min
                    AND NOT EXISTS (SELECT FROM docket.results e
                        WHERE e.document_id = d.document_id AND e.recipe = r.recipe
                            AND e.content_sha256 = d.content_sha256
                            AND e.fingerprint = r.fingerprint)
                    AND NOT EXISTS (SELECT FROM docket.jobs j
                        WHERE j.document_id = d.document_id AND j.recipe = r.recipe
                            AND j.want = d.content_sha256 AND j.fingerprint = r.fingerprint)
                GROUP BY r.recipe
                """)
            var counts: [String: Int] = [:]
            for row in rows { counts[try row.get("recipe")] = try row.get("count") }
            return counts
        }
    }

    /// The next documents that lack both a result and a job of some rule, in order.
    private static func missing(
        _ rules: [JobRule], _ connector: String, after: Int64, _ connection: borrowing Connection
    ) throws -> [Int64] {
        let columns = RuleColumns(rules)
        let rows = try connection.run(
            """
            SELECT d.document_id FROM docket.documents d
            WHERE d.connector = \(connector) AND d.removed_at IS NULL
                AND d.document_id > \(after)::bigint
                AND EXISTS (
                    SELECT FROM unnest(\(columns.recipes), \(columns.fingerprints),
                        \(columns.kinds), \(columns.charactersMin))
                        AS r(recipe, fingerprint, kinds, characters_min)
                    WHERE (r.kinds = '{}' OR d.kind = ANY (r.kinds::text[]))
                        AND d.body_characters >= r.characters_min
                        AND NOT EXISTS (SELECT FROM docket.results e
                            WHERE e.document_id = d.document_id AND e.recipe = r.recipe
                                AND e.content_sha256 = d.content_sha256
                                AND e.fingerprint = r.fingerprint)
                        AND NOT EXISTS (SELECT FROM docket.jobs j
                            WHERE j.document_id = d.document_id AND j.recipe = r.recipe
                                AND j.want = d.content_sha256
                                AND j.fingerprint = r.fingerprint))
            ORDER BY d.document_id LIMIT \(Limits.enqueuedMax)::int
            """)
        return try rows.map { try $0.get("document_id") }
    }

    private static func jobVersions(
        of documents: [Int64], _ connection: borrowing Connection
    ) throws -> Set<String> {
        let rows = try connection.run(
            """
            SELECT job_id || ' ' || encode(want || fingerprint, 'hex') AS version
            FROM docket.jobs WHERE document_id = ANY (\(documents))
            """)
        return Set(try rows.map { try $0.get("version", as: String.self) })
    }
}

/// Rules as columns.
private struct RuleColumns {
    let recipes: [String]
    let fingerprints: [[UInt8]]
    let kinds: [String]
    let charactersMin: [Int]

    init(_ rules: [JobRule]) {
        recipes = rules.map(\.recipe)
        fingerprints = rules.map(\.fingerprint)
        kinds = rules.map { arrayText($0.kinds.sorted()) }
        // A conversation is not too short because its latest message is.
        charactersMin = rules.map { $0.isForThreads ? 0 : $0.charactersMin }
    }
}
