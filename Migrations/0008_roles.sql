-- Who may do what. `docket_writer` is the running daemon: it changes rows and never the schema.
-- `docket_reader` reads the contract; `docket_restricted_reader` reads of it, in a schema of its
-- own, what the source lets the person read. Where the migrator may not make roles, or an
-- administrator made them already, they are used as they are. Roles belong to the whole server,
-- hence the races.
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
    'Who the roles that are members of docket_restricted_reader are at the sources. A document is shown to those for whom its acl has the name in the list of the kind, such as (anna, user, anna@contoso.com) or (anna, group, the group''s id); a document without an acl to none of them. Only the schema''s owner may write here';
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

-- A schema of its own, and not conditions in docket_v1: those would have to be barriers, behind
-- which the planner reads whole tables for what all other readers join by a key.
CREATE SCHEMA docket_restricted_v1;
COMMENT ON SCHEMA docket_restricted_v1 IS
    'The contract for members of docket_restricted_reader, who are to be members of docket_reader no more: the views of docket_v1 that tell of documents, with the documents whose acl names the session''s role by docket.reader_principals, and what was made of these. SET search_path lets queries run here that name no schema';

CREATE VIEW docket.readable_documents AS
SELECT d.document_id
FROM docket.documents d
WHERE EXISTS (
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
    'The documents whose acl names the session''s role; SET ROLE does not change who that is';

-- As before; the content in a CASE, for the planner takes it for independent of the document, and
-- reads other views once for each of the few rows that it expects then.
CREATE OR REPLACE VIEW docket_v1.summaries AS
SELECT r.document_id, r.recipe, r.output->>'text' AS summary, r.output->>'method' AS method,
    r.language, r.model, r.prompt_sha256, r.prompt_tokens, r.output_tokens, r.created_at
FROM docket.documents d
JOIN docket.results r ON r.document_id = d.document_id
WHERE d.deleted_at IS NULL AND r.form = 'text'
    AND CASE WHEN r.content_sha256 = d.content_sha256 THEN true ELSE false END
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));

CREATE OR REPLACE VIEW docket_v1.tags AS
SELECT r.document_id, r.recipe, r.output->0->>'name' AS tag,
    (r.output->0->>'score')::float8 AS score, r.model, r.created_at
FROM docket.documents d
JOIN docket.results r ON r.document_id = d.document_id
WHERE d.deleted_at IS NULL AND r.form = 'labels'
    AND CASE WHEN r.content_sha256 = d.content_sha256 THEN true ELSE false END
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));

-- Barriers: no condition of a query, which may be a function of the reader's own, gets to see a
-- row before it is decided that it may be seen.
CREATE FUNCTION docket.restrict_views() RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
DECLARE
    view record;
    part record;
BEGIN
    FOR view IN
        SELECT c.oid, c.relname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'document_id'
        WHERE c.relnamespace = 'docket_v1'::regnamespace AND c.relkind = 'v'
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE VIEW docket_restricted_v1.%1$I WITH (security_barrier) AS
            SELECT v.* FROM docket_v1.%1$I v WHERE EXISTS (
                SELECT FROM docket.readable_documents r WHERE r.document_id = v.document_id)',
            view.relname);
        EXECUTE format('COMMENT ON VIEW docket_restricted_v1.%I IS %L', view.relname,
            obj_description(view.oid, 'pg_class') || '; of documents whose acl names the reader');
        FOR part IN
            SELECT attname, col_description(attrelid, attnum) AS comment FROM pg_attribute
            WHERE attrelid = view.oid AND attnum > 0
        LOOP
            EXECUTE format('COMMENT ON COLUMN docket_restricted_v1.%I.%I IS %L', view.relname,
                part.attname, part.comment);
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON FUNCTION docket.restrict_views() IS
    'Makes docket_restricted_v1 follow docket_v1; the last word of a step that changes views';
REVOKE ALL ON FUNCTION docket.restrict_views() FROM PUBLIC;
SELECT docket.restrict_views();

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
        GRANT USAGE ON SCHEMA docket_restricted_v1 TO docket_restricted_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA docket_restricted_v1 TO docket_restricted_reader;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA docket_restricted_v1
            TO docket_restricted_reader;
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
