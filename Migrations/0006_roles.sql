-- Who may do what. `docket_writer` is the running daemon: it changes rows and never the schema.
-- `docket_reader` reads the contract; `docket_restricted_reader` reads of it what the source lets
-- the person read. Where the migrator may not make roles, or an administrator made them already,
-- they are used as they are. Roles belong to the whole server, hence the races.
DO $$
DECLARE
    role name;
BEGIN
    FOREACH role IN ARRAY ARRAY['docket_reader', 'docket_restricted_reader', 'docket_writer']
    LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        EXCEPTION
            WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;

CREATE TABLE docket.reader_principals (
    reader name NOT NULL,
    kind text NOT NULL CHECK (kind = lower(kind)),
    name text NOT NULL,
    -- '' for every scope.
    scope text NOT NULL DEFAULT '',
    PRIMARY KEY (reader, kind, name, scope),
    -- Another site has a group of the same number.
    CHECK (kind <> 'site_group' OR scope <> '')
);
COMMENT ON TABLE docket.reader_principals IS
    'Who the roles that are members of docket_restricted_reader are at the sources. A document is shown to one whose acl has the name in the list of the kind, such as (anna, user, anna@contoso.com) or (anna, group, the group''s id); a document without an acl to none of them. Only the schema''s owner may write here';
COMMENT ON COLUMN docket.reader_principals.reader IS
    'The role that connects; SET ROLE does not change who a session is';
COMMENT ON COLUMN docket.reader_principals.kind IS
    'A key of acl: user, user_id, group, site_group, link, as the connector names them';
COMMENT ON COLUMN docket.reader_principals.name IS
    'One value of that key''s list; case does not count';
COMMENT ON COLUMN docket.reader_principals.scope IS
    'Only for documents of this scope, which groups of a site need; empty: wherever';

CREATE TABLE docket.audit (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    done_at timestamptz NOT NULL DEFAULT now(),
    who text NOT NULL,
    role name NOT NULL DEFAULT session_user,
    action text NOT NULL,
    document_ids bigint[] NOT NULL
);
COMMENT ON TABLE docket.audit IS
    'Who removed which documents, and when; nothing of what was in them. The daemon can only add';

-- Members of docket_restricted_reader are restricted whatever else they are members of; the owner
-- of the schema and superusers can read the tables anyway.
CREATE VIEW docket.reader AS
SELECT r.rolsuper OR n.nspowner = r.oid OR NOT EXISTS (
    SELECT FROM pg_catalog.pg_roles restricted
    WHERE restricted.rolname = 'docket_restricted_reader'
        AND pg_has_role(r.oid, restricted.oid, 'MEMBER')) AS sees_all
FROM pg_catalog.pg_roles r, pg_catalog.pg_namespace n
WHERE r.rolname = session_user AND n.nspname = 'docket';
COMMENT ON VIEW docket.reader IS 'Whether the session''s role sees every document';

CREATE VIEW docket.readable_documents AS
SELECT d.*
FROM docket.documents d
WHERE (SELECT sees_all FROM docket.reader)
    OR EXISTS (
        -- The document's own acl, or that of the nearest it is attached to.
        WITH RECURSIVE family AS (
            SELECT d.acl, d.parent_source_id, 0 AS depth
            UNION ALL
            SELECT p.acl, p.parent_source_id, f.depth + 1
            FROM family f
            JOIN docket.documents p
                ON p.connector = d.connector AND p.source_id = f.parent_source_id
            WHERE f.acl IS NULL AND f.depth < 8)
        SELECT FROM family f
        JOIN docket.streams s ON s.stream_id = d.stream_id
        JOIN docket.reader_principals p
            ON p.reader = session_user AND p.scope IN ('', s.scope)
        WHERE lower(f.acl::text)::jsonb
            @> jsonb_build_object(p.kind, jsonb_build_array(lower(p.name))));
COMMENT ON VIEW docket.readable_documents IS
    'The documents that the session''s role may see, tombstones included: what the contract is made of';

-- As before, of the documents that may be seen. Barriers: no condition of a query, which may be
-- a function of the reader's own, gets to see a row before that is decided.

CREATE OR REPLACE VIEW docket_v1.documents WITH (security_barrier) AS
SELECT d.document_id, d.connector, s.name AS stream, s.scope, d.source_id, d.kind, d.title,
    d.author, d.participants, d.language, d.created_at, d.modified_at, d.ingested_at,
    d.source_url, d.body, d.body_characters, d.content_sha256,
    p.document_id AS parent_document_id,
    CASE WHEN d.path IS NULL THEN d.metadata
        ELSE d.metadata || jsonb_build_object('path', d.path) END AS metadata,
    d.acl
FROM docket.readable_documents d
JOIN docket.streams s USING (stream_id)
LEFT JOIN docket.documents p
    ON p.connector = d.connector AND p.source_id = d.parent_source_id
WHERE d.deleted_at IS NULL;

CREATE OR REPLACE VIEW docket_v1.document_history WITH (security_barrier) AS
SELECT r.document_id, d.connector, s.name AS stream, d.source_id, r.revision, r.content_sha256,
    r.seen_at, r.deleted_at
FROM docket.revisions r
JOIN docket.readable_documents d USING (document_id)
JOIN docket.streams s ON s.stream_id = r.stream_id;

CREATE OR REPLACE VIEW docket_v1.enrichments WITH (security_barrier) AS
SELECT r.document_id, r.recipe, r.output, r.model, r.model_sha256, r.prompt_sha256,
    r.parameters, r.prompt_tokens, r.output_tokens, r.duration, r.created_at
FROM docket.readable_documents d
JOIN docket.results r
    ON r.document_id = d.document_id AND r.content_sha256 = d.content_sha256
WHERE d.deleted_at IS NULL
    -- Of several fingerprints the last one written counts.
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));

CREATE OR REPLACE VIEW docket_v1.summaries WITH (security_barrier) AS
SELECT r.document_id, r.recipe, r.output->>'text' AS summary, r.output->>'method' AS method,
    r.language, r.model, r.prompt_sha256, r.prompt_tokens, r.output_tokens, r.created_at
FROM docket.readable_documents d
JOIN docket.results r
    ON r.document_id = d.document_id AND r.content_sha256 = d.content_sha256
WHERE d.deleted_at IS NULL AND r.form = 'text'
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));

CREATE OR REPLACE VIEW docket_v1.tags WITH (security_barrier) AS
SELECT r.document_id, r.recipe, r.output->0->>'name' AS tag,
    (r.output->0->>'score')::float8 AS score, r.model, r.created_at
FROM docket.readable_documents d
JOIN docket.results r
    ON r.document_id = d.document_id AND r.content_sha256 = d.content_sha256
WHERE d.deleted_at IS NULL AND r.form = 'labels'
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));

CREATE OR REPLACE VIEW docket_v1.failed_documents WITH (security_barrier) AS
SELECT f.connector, s.name AS stream, f.source_id, d.document_id, f.stage, f.reason, f.message,
    f.attempts, f.failed_at
FROM docket.failures f
JOIN docket.streams s USING (stream_id)
LEFT JOIN docket.readable_documents d
    ON d.connector = f.connector AND d.source_id = f.source_id
-- Of a record that became no document nobody knows who may read it.
WHERE d.document_id IS NOT NULL OR (SELECT sees_all FROM docket.reader)
UNION ALL
SELECT d.connector, s.name, d.source_id, d.document_id, 'enrich:' || j.recipe, j.reason,
    j.message, j.attempt, j.failed_at
FROM docket.jobs j
JOIN docket.readable_documents d USING (document_id)
JOIN docket.streams s USING (stream_id)
WHERE j.state = 'dead';

COMMENT ON COLUMN docket_v1.documents.acl IS
    'Who may read it at the source: lists of names by kind, such as {"user": ["anna@contoso.com"], "group": [...]}; NULL where that was not asked. Roles that are members of docket_restricted_reader see the documents whose acl names them (docket.reader_principals says what they are called), with all that was made of them, and no others';

CREATE FUNCTION docket.grant_roles() RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
DECLARE
    roles CONSTANT name[] := ARRAY(SELECT rolname FROM pg_roles);
BEGIN
    IF 'docket_reader' = ANY (roles) THEN
        GRANT USAGE ON SCHEMA docket_v1 TO docket_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA docket_v1 TO docket_reader;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA docket_v1 TO docket_reader;
    END IF;
    IF 'docket_restricted_reader' = ANY (roles) THEN
        -- What is filtered, and not how the connectors and their errors stand.
        GRANT USAGE ON SCHEMA docket_v1 TO docket_restricted_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA docket_v1 TO docket_restricted_reader;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA docket_v1 TO docket_restricted_reader;
        REVOKE SELECT ON docket_v1.connector_status, docket_v1.sync_runs, docket_v1.backlog,
            docket_v1.health_findings FROM docket_restricted_reader;
    END IF;
    IF 'docket_writer' = ANY (roles) THEN
        GRANT USAGE ON SCHEMA docket, docket_v1 TO docket_writer;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA docket TO docket_writer;
        REVOKE INSERT, UPDATE, DELETE ON docket.migrations, docket.reader_principals
            FROM docket_writer;
        REVOKE UPDATE, DELETE ON docket.audit FROM docket_writer;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA docket TO docket_writer;
        GRANT SELECT ON ALL TABLES IN SCHEMA docket_v1 TO docket_writer;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA docket, docket_v1 TO docket_writer;
    END IF;
END
$$;
COMMENT ON FUNCTION docket.grant_roles() IS
    'Gives docket''s roles their rights; for roles that were made after the schema';
REVOKE ALL ON FUNCTION docket.grant_roles() FROM PUBLIC;
SELECT docket.grant_roles();
