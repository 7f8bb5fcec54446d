-- What models were asked and answered, where the configuration keeps it, and what people say of
-- results: what a company improves its own models with.

CREATE TABLE docket.exchanges (
    exchange_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_id bigint NOT NULL,
    recipe text NOT NULL,
    content_sha256 bytea NOT NULL,
    fingerprint bytea NOT NULL,
    -- [{"role": ..., "content": ...}, ...]
    messages jsonb NOT NULL,
    output text COMPRESSION lz4 NOT NULL,
    model text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE docket.exchanges IS 'Prompts and answers, kept for as long as was configured then';
CREATE INDEX exchanges_document ON docket.exchanges (document_id);
CREATE INDEX exchanges_expires ON docket.exchanges (expires_at);

CREATE TABLE docket.feedback (
    document_id bigint NOT NULL,
    recipe text NOT NULL,
    content_sha256 bytea NOT NULL,
    fingerprint bytea NOT NULL,
    rating text NOT NULL CHECK (rating IN ('good', 'bad')),
    correction text,
    rated_by name NOT NULL DEFAULT session_user,
    rated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (document_id, recipe, content_sha256, fingerprint)
);
COMMENT ON TABLE docket.feedback IS 'What people say of results; the last word on each';

CREATE OR REPLACE VIEW docket_v1.enrichments AS
SELECT r.document_id, r.recipe, r.output, r.model, r.model_sha256, r.prompt_sha256,
    r.parameters, r.prompt_tokens, r.output_tokens, r.duration, r.created_at,
    f.rating, f.correction
FROM docket.documents d
JOIN docket.results r ON r.document_id = d.document_id
LEFT JOIN docket.feedback f
    ON f.document_id = r.document_id AND f.recipe = r.recipe
        AND f.content_sha256 = r.content_sha256 AND f.fingerprint = r.fingerprint
WHERE d.deleted_at IS NULL
    AND CASE WHEN r.content_sha256 = d.content_sha256 THEN true ELSE false END
    -- Of several fingerprints the last one written counts.
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));
COMMENT ON COLUMN docket_v1.enrichments.rating IS
    'good or bad, where somebody said so';
COMMENT ON COLUMN docket_v1.enrichments.correction IS
    'What it should have been, where somebody said so';

CREATE VIEW docket_v1.exchanges AS
SELECT e.document_id, e.recipe, e.messages, e.output, f.rating, f.correction, e.model,
    e.created_at
FROM docket.exchanges e
JOIN docket.documents d USING (document_id)
LEFT JOIN docket.feedback f
    ON f.document_id = e.document_id AND f.recipe = e.recipe
        AND f.content_sha256 = e.content_sha256 AND f.fingerprint = e.fingerprint
WHERE d.deleted_at IS NULL AND e.expires_at > now();
COMMENT ON VIEW docket_v1.exchanges IS
    'What models were asked about live documents, and answered; empty unless the configuration keeps it';
COMMENT ON COLUMN docket_v1.exchanges.document_id IS
    'Number of the document';
COMMENT ON COLUMN docket_v1.exchanges.recipe IS
    'The recipe''s name';
COMMENT ON COLUMN docket_v1.exchanges.messages IS
    'The prompt: an array of {role, content}';
COMMENT ON COLUMN docket_v1.exchanges.output IS
    'What the model answered, as it did';
COMMENT ON COLUMN docket_v1.exchanges.rating IS
    'good or bad, where somebody said so of the result';
COMMENT ON COLUMN docket_v1.exchanges.correction IS
    'What the result should have been, where somebody said so';
COMMENT ON COLUMN docket_v1.exchanges.model IS
    'The model''s name in the configuration';
COMMENT ON COLUMN docket_v1.exchanges.created_at IS
    'When the result was stored';

CREATE FUNCTION docket.rate_result(
    document_id bigint, recipe text, rating text, correction text, is_restricted bool
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO docket.feedback AS f
        (document_id, recipe, content_sha256, fingerprint, rating, correction)
    SELECT r.document_id, r.recipe, r.content_sha256, r.fingerprint, $3, $4
    FROM docket.documents d
    JOIN docket.results r
        ON r.document_id = d.document_id AND r.content_sha256 = d.content_sha256
    WHERE d.document_id = $1 AND r.recipe = $2 AND d.deleted_at IS NULL
        AND (NOT is_restricted OR EXISTS (SELECT FROM docket.readable_documents x
            WHERE x.document_id = d.document_id))
    ORDER BY r.created_at DESC, r.fingerprint DESC
    LIMIT 1
    ON CONFLICT ON CONSTRAINT feedback_pkey DO UPDATE
    SET rating = excluded.rating, correction = excluded.correction,
        rated_by = excluded.rated_by, rated_at = excluded.rated_at;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'document % has no result of the recipe %', $1, $2
            USING ERRCODE = 'no_data_found';
    END IF;
END
$$;
CREATE FUNCTION docket_v1.rate_result(
    document_id bigint, recipe text, rating text, correction text DEFAULT NULL
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT docket.rate_result($1, $2, $3, $4, false)
$$;
COMMENT ON FUNCTION docket_v1.rate_result(bigint, text, text, text) IS
    'Says of a recipe''s current result of a document that it is good or bad, and what it should have been; the last word counts';
REVOKE ALL ON FUNCTION docket_v1.rate_result(bigint, text, text, text) FROM PUBLIC;
CREATE FUNCTION docket_restricted_v1.rate_result(
    document_id bigint, recipe text, rating text, correction text DEFAULT NULL
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT docket.rate_result($1, $2, $3, $4, true)
$$;
COMMENT ON FUNCTION docket_restricted_v1.rate_result(bigint, text, text, text) IS
    'As docket_v1.rate_result, of documents whose acl names the reader';
REVOKE ALL ON FUNCTION docket_restricted_v1.rate_result(bigint, text, text, text) FROM PUBLIC;
SELECT docket.restrict_views();
SELECT docket.grant_roles();
