-- Full-text search in the documents' own languages. The texts are prepared after documents are
-- filed, in small portions: an index on the documents would be paid by every page.

CREATE TABLE docket.search (
    document_id bigint PRIMARY KEY,
    configuration regconfig NOT NULL,
    -- The title counts more than the body (weight A).
    text tsvector NOT NULL
);
COMMENT ON TABLE docket.search IS 'The words of documents, as queries look for them';
CREATE INDEX search_text ON docket.search USING gin (text);

-- No key: a page appends to it, and what stands in it twice is done twice.
CREATE TABLE docket.unindexed (document_id bigint NOT NULL) WITH (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0
);
COMMENT ON TABLE docket.unindexed IS 'Documents whose words are not in docket.search yet, or no longer right';
-- From the key alone, however large the table is.
INSERT INTO docket.unindexed (document_id) SELECT document_id FROM docket.documents;

CREATE FUNCTION docket.search_configuration(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    SELECT CASE language
        WHEN 'ar' THEN 'arabic' WHEN 'ca' THEN 'catalan' WHEN 'da' THEN 'danish'
        WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english'
        WHEN 'es' THEN 'spanish' WHEN 'eu' THEN 'basque' WHEN 'fi' THEN 'finnish'
        WHEN 'fr' THEN 'french' WHEN 'ga' THEN 'irish' WHEN 'hi' THEN 'hindi'
        WHEN 'hu' THEN 'hungarian' WHEN 'hy' THEN 'armenian' WHEN 'id' THEN 'indonesian'
        WHEN 'it' THEN 'italian' WHEN 'lt' THEN 'lithuanian' WHEN 'ne' THEN 'nepali'
        WHEN 'nl' THEN 'dutch' WHEN 'nb' THEN 'norwegian' WHEN 'nn' THEN 'norwegian'
        WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian'
        WHEN 'ru' THEN 'russian' WHEN 'sr' THEN 'serbian' WHEN 'sv' THEN 'swedish'
        WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish' WHEN 'yi' THEN 'yiddish'
        ELSE 'simple' END::regconfig
$$;
COMMENT ON FUNCTION docket.search_configuration(text) IS
    'How the words of a language are found; for an ISO 639-1 code that PostgreSQL 13 and later know no more of, and for NULL, by themselves';

-- A tsvector holds 1 MiB at most; of a longer document the first part is found.
CREATE FUNCTION docket.search_text(configuration regconfig, title text, body text)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    characters int := 1000000;
BEGIN
    LOOP
        BEGIN
            RETURN setweight(to_tsvector(configuration, left(title, characters)), 'A')
                || to_tsvector(configuration, left(body, characters));
        EXCEPTION WHEN program_limit_exceeded THEN
            characters := characters / 2;
        END;
    END LOOP;
END
$$;

CREATE FUNCTION docket.search_documents(
    query text, document_limit int, within_connector text, is_restricted bool
) RETURNS TABLE (
    document_id bigint, connector text, kind text, title text, language text,
    modified_at timestamptz, rank real, excerpt text
) LANGUAGE sql STABLE
-- By the index and from there by the key, whatever the size of the tables was guessed to be.
SET search_path = pg_catalog SET jit = off SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off AS $$
    -- The query as each language reads it; a document is asked in its own.
    WITH queries AS MATERIALIZED (
        SELECT oid AS configuration, websearch_to_tsquery(oid, query) AS terms
        FROM pg_ts_config WHERE cfgnamespace = 'pg_catalog'::regnamespace),
    -- In one look at the index: what any of them finds.
    anyhow AS MATERIALIZED (
        SELECT string_agg(DISTINCT '(' || terms::text || ')', ' | ')::tsquery AS terms
        FROM queries WHERE numnode(terms) > 0),
    found AS (
        SELECT d.document_id, s.configuration, q.terms, ts_rank(s.text, q.terms, 1) AS rank
        FROM docket.search s
        CROSS JOIN LATERAL (SELECT terms FROM queries
            WHERE queries.configuration = s.configuration OFFSET 0) q
        JOIN docket.documents d ON d.document_id = s.document_id
        WHERE d.deleted_at IS NULL AND s.text @@ (SELECT terms FROM anyhow) AND s.text @@ q.terms
            AND (within_connector IS NULL OR d.connector = within_connector)
            AND (NOT is_restricted OR EXISTS (SELECT FROM docket.readable_documents r
                WHERE r.document_id = d.document_id))
        ORDER BY rank DESC, d.document_id DESC
        LIMIT document_limit)
    SELECT d.document_id, d.connector, d.kind, d.title, d.language, d.modified_at, f.rank,
        -- The whole of a very long text would take seconds.
        ts_headline(f.configuration, left(d.title || E'\n' || d.body, 200000), f.terms,
            'MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … ", StartSel="**", StopSel="**"')
    FROM found f JOIN docket.documents d USING (document_id)
    ORDER BY f.rank DESC, f.document_id DESC
$$;

CREATE FUNCTION docket_v1.search_documents(
    query text, document_limit int DEFAULT 50, within_connector text DEFAULT NULL
) RETURNS TABLE (
    document_id bigint, connector text, kind text, title text, language text,
    modified_at timestamptz, rank real, excerpt text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT * FROM docket.search_documents($1, $2, $3, false)
$$;
COMMENT ON FUNCTION docket_v1.search_documents(text, int, text) IS
    'The live documents that best fit a query, best first: document_id, connector, kind, title, language, modified_at, rank (greater is better; comparable within one answer) and excerpt (what was found between **). The query is as for a web search: words that all have to be there in any of their forms, "a phrase", or, -without; each document is asked in its own language. At most document_limit documents, of one connector if within_connector names it. What was filed within the last minutes may be missing';
REVOKE ALL ON FUNCTION docket_v1.search_documents(text, int, text) FROM PUBLIC;
CREATE FUNCTION docket_restricted_v1.search_documents(
    query text, document_limit int DEFAULT 50, within_connector text DEFAULT NULL
) RETURNS TABLE (
    document_id bigint, connector text, kind text, title text, language text,
    modified_at timestamptz, rank real, excerpt text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT * FROM docket.search_documents($1, $2, $3, true)
$$;
COMMENT ON FUNCTION docket_restricted_v1.search_documents(text, int, text) IS
    'As docket_v1.search_documents, of documents whose acl names the reader';
REVOKE ALL ON FUNCTION docket_restricted_v1.search_documents(text, int, text) FROM PUBLIC;
SELECT docket.grant_roles();
