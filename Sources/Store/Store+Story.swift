package import Domain
package import Foundation
import Postgres

/// One thing that happened to a document, or that is known of it.
package struct StoryEntry: Sendable, Equatable {
    /// `document`, `revision`, `removed`, `acl`, `search`, `job`, `attempt`, `result`, `failure` or
    /// `audit`.
    package let step: String
    package let at: Date?
    /// What it is about, such as a recipe.
    package let name: String?
    package let detail: String

    package init(step: String, at: Date?, name: String?, detail: String) {
        (self.step, self.at, self.name, self.detail) = (step, at, name, detail)
    }
}

extension Store {
    /// Everything that is known of how a document came to be as it is, step by step.
    ///
    /// - Returns: Empty when there is no document of that number.
    package func story(of id: Document.ID) async throws(StoreError) -> [StoryEntry] {
        try await run { connection in
            let rows =
                try connection.run(Self.filing(of: id)) + connection.run(Self.visibility(of: id))
                + connection.run(Self.enriching(of: id)) + connection.run(Self.removal(of: id))
            return try rows.map { row in
                try StoryEntry(
                    step: row.get("step"), at: row.optional("at"), name: row.optional("name"),
                    detail: row.get("detail"))
            }
        }
    }

    private static func filing(of id: Document.ID) -> SQL {
        """
        SELECT step, at, name, detail FROM (
            SELECT 1 AS place, 'document' AS step, d.ingested_at AS at, d.kind AS name,
                concat_ws('; ', d.connector || ', ' || s.scope || ', ' || s.name,
                    'source id ' || d.source_id, d.body_characters || ' characters',
                    'language ' || coalesce(d.language, 'unknown'),
                    'part of ' || d.parent_source_id,
                    CASE WHEN d.other_streams <> '{}'
                        THEN 'also in ' || cardinality(d.other_streams) || ' other streams' END
                ) AS detail
            FROM docket.documents d JOIN docket.streams s USING (stream_id)
            WHERE d.document_id = \(id.value)::bigint
            UNION ALL
            SELECT 2, 'revision', r.seen_at, r.revision::text,
                concat_ws('; ', 'shown by ' || s.scope || ', ' || s.name,
                    coalesce('in run ' || n.run_id || ' from ' || n.started_at || ' ('
                        || n.pages || ' pages, ' || n.read || ' records)',
                        'its run is not listed any more'),
                    'content ' || left(encode(r.content_sha256, 'hex'), 12))
            FROM docket.revisions r
            JOIN docket.streams s USING (stream_id)
            LEFT JOIN LATERAL (
                SELECT n.* FROM docket.runs n
                WHERE n.connector = s.connector AND n.scope = s.scope AND n.stream = s.name
                    AND r.seen_at BETWEEN n.started_at AND coalesce(n.finished_at, 'infinity')
                ORDER BY n.started_at DESC LIMIT 1) n ON true
            WHERE r.document_id = \(id.value)::bigint
            UNION ALL
            SELECT 3, 'failure', f.failed_at, f.stage,
                f.reason || ': ' || f.message || '; ' || f.attempts || ' times'
            FROM docket.failures f
            JOIN docket.documents d ON d.connector = f.connector AND d.source_id = f.source_id
            WHERE d.document_id = \(id.value)::bigint) t
        ORDER BY place, at
        """
    }

    private static func visibility(of id: Document.ID) -> SQL {
        """
        SELECT step, at, name, detail FROM (
            SELECT 1 AS place, 'acl' AS step, NULL::timestamptz AS at, NULL AS name,
                coalesce(d.acl::text,
                    'not asked for at the source; restricted readers do not see it') AS detail
            FROM docket.documents d WHERE d.document_id = \(id.value)::bigint
            UNION ALL
            SELECT 2, 'search', NULL, s.configuration::text,
                CASE WHEN s.document_id IS NULL THEN 'its words are not noted yet'
                    WHEN EXISTS (SELECT FROM docket.unindexed u
                        WHERE u.document_id = d.document_id)
                    THEN 'its words are noted as they were before the last change'
                    ELSE 'found by its words' END
            FROM docket.documents d LEFT JOIN docket.search s USING (document_id)
            WHERE d.document_id = \(id.value)::bigint AND d.deleted_at IS NULL) t
        ORDER BY place
        """
    }

    private static func enriching(of id: Document.ID) -> SQL {
        """
        SELECT step, at, name, detail FROM (
            SELECT 'job' AS step, j.created_at AS at, j.recipe AS name,
                concat_ws('; ', j.state, 'attempt ' || j.attempt, 'due ' || j.due_at,
                    'taken from ' || nullif(j.rescues, 0) || ' instances that died',
                    CASE WHEN j.want <> d.content_sha256 THEN 'for an older revision' END,
                    j.reason || ': ' || j.message) AS detail
            FROM docket.jobs j JOIN docket.documents d USING (document_id)
            WHERE j.document_id = \(id.value)::bigint
            UNION ALL
            SELECT 'attempt', (e->>'at')::timestamptz, j.recipe,
                concat_ws('; ', 'attempt ' || (e->>'attempt'),
                    (e->>'reason') || ': ' || (e->>'message'))
            FROM docket.jobs j CROSS JOIN LATERAL jsonb_array_elements(j.errors) AS e
            WHERE j.document_id = \(id.value)::bigint
            UNION ALL
            SELECT 'result', r.created_at, r.recipe,
                concat_ws('; ', r.output->>'method',
                    'model ' || r.model || ' ' || left(encode(r.model_sha256, 'hex'), 12),
                    'prompt ' || left(encode(r.prompt_sha256, 'hex'), 12),
                    r.prompt_tokens || ' + ' || r.output_tokens || ' tokens',
                    'refused: ' || (r.parameters->>'refused'),
                    CASE WHEN r.content_sha256 <> d.content_sha256
                        THEN 'of an older revision' END,
                    'rated ' || f.rating)
            FROM docket.results r
            JOIN docket.documents d USING (document_id)
            LEFT JOIN docket.feedback f
                ON f.document_id = r.document_id AND f.recipe = r.recipe
                    AND f.content_sha256 = r.content_sha256 AND f.fingerprint = r.fingerprint
            WHERE r.document_id = \(id.value)::bigint) t
        ORDER BY name, at
        """
    }

    private static func removal(of id: Document.ID) -> SQL {
        """
        SELECT step, at, name, detail FROM (
            SELECT 'removed' AS step, d.removed_at AS at, NULL AS name,
                CASE WHEN d.forgotten_at IS NOT NULL THEN 'forgotten; it is not filed again'
                    WHEN d.deleted_at IS NOT NULL THEN 'deleted at the source'
                    ELSE 'gone from its streams; the end of the scope''s pass says whether it moved'
                    END AS detail
            FROM docket.documents d
            WHERE d.document_id = \(id.value)::bigint AND d.removed_at IS NOT NULL
            UNION ALL
            SELECT 'audit', a.done_at, a.action, 'by ' || a.who
            FROM docket.audit a WHERE \(id.value)::bigint = ANY (a.document_ids)) t
        ORDER BY at
        """
    }
}
