-- The contract: views that only ever gain columns. They run with the rights of their owner, so a
-- reader needs none on the private tables.

CREATE VIEW docket_v1.documents AS
SELECT d.document_id, d.connector, s.name AS stream, s.scope, d.source_id, d.kind, d.title,
    d.author, d.participants, d.language, d.created_at, d.modified_at, d.ingested_at,
    d.source_url, d.body, d.body_characters, d.content_sha256,
    p.document_id AS parent_document_id, d.metadata, d.acl
FROM docket.documents d
JOIN docket.streams s USING (stream_id)
LEFT JOIN docket.documents p
    ON p.connector = d.connector AND p.source_id = d.parent_source_id
WHERE d.deleted_at IS NULL;

CREATE VIEW docket_v1.document_history AS
SELECT r.document_id, d.connector, s.name AS stream, d.source_id, r.revision, r.content_sha256,
    r.seen_at, r.deleted_at
FROM docket.revisions r
JOIN docket.documents d USING (document_id)
JOIN docket.streams s ON s.stream_id = r.stream_id;

CREATE VIEW docket_v1.enrichments AS
SELECT r.document_id, r.recipe, r.output, r.model, r.model_sha256, r.prompt_sha256,
    r.parameters, r.prompt_tokens, r.output_tokens, r.duration, r.created_at
FROM docket.documents d
JOIN docket.results r
    ON r.document_id = d.document_id AND r.content_sha256 = d.content_sha256
WHERE d.deleted_at IS NULL
    -- Of several fingerprints the last one written counts.
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));

CREATE VIEW docket_v1.summaries AS
SELECT r.document_id, r.recipe, r.output->>'text' AS summary, r.output->>'method' AS method,
    r.language, r.model, r.prompt_sha256, r.prompt_tokens, r.output_tokens, r.created_at
FROM docket.documents d
JOIN docket.results r
    ON r.document_id = d.document_id AND r.content_sha256 = d.content_sha256
WHERE d.deleted_at IS NULL AND r.form = 'text'
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));

CREATE VIEW docket_v1.tags AS
SELECT r.document_id, r.recipe, r.output->0->>'name' AS tag,
    (r.output->0->>'score')::float8 AS score, r.model, r.created_at
FROM docket.documents d
JOIN docket.results r
    ON r.document_id = d.document_id AND r.content_sha256 = d.content_sha256
WHERE d.deleted_at IS NULL AND r.form = 'labels'
    AND NOT EXISTS (
        SELECT FROM docket.results newer
        WHERE newer.document_id = r.document_id AND newer.recipe = r.recipe
            AND newer.content_sha256 = r.content_sha256
            AND (newer.created_at, newer.fingerprint) > (r.created_at, r.fingerprint));

CREATE VIEW docket_v1.connector_status AS
SELECT s.connector, s.name AS stream, s.scope,
    CASE
        WHEN c.held_at IS NOT NULL THEN 'held'
        WHEN coalesce(greatest(s.parked_until, c.parked_until), '-infinity') > now() THEN 'parked'
        WHEN coalesce(s.error, c.error) IS NOT NULL THEN 'failing'
        WHEN i.instance_id IS NOT NULL THEN 'polling'
        WHEN s.last_success_at IS NULL THEN 'new'
        ELSE 'ok'
    END AS state,
    s.last_success_at, s.next_poll_at, greatest(s.parked_until, c.parked_until) AS parked_until,
    (SELECT count(*) FROM docket.documents d
        WHERE d.stream_id = s.stream_id AND d.removed_at IS NULL) AS documents,
    coalesce(s.error, c.error) AS error
FROM docket.streams s
JOIN docket.scopes c USING (connector, scope)
LEFT JOIN docket.instances i ON i.instance_id = s.instance_id AND i.lease_until > now()
WHERE s.vanished_at IS NULL
UNION ALL
-- A scope in trouble before it had a stream.
SELECT c.connector, NULL, c.scope,
    CASE WHEN coalesce(c.parked_until, '-infinity') > now() THEN 'parked' ELSE 'failing' END,
    NULL, NULL, c.parked_until, 0, c.error
FROM docket.scopes c
WHERE c.error IS NOT NULL AND NOT EXISTS (
    SELECT FROM docket.streams s
    WHERE s.connector = c.connector AND s.scope = c.scope AND s.vanished_at IS NULL);

CREATE VIEW docket_v1.sync_runs AS
SELECT connector, stream, scope, started_at, finished_at, state, pages, read, created, updated,
    unchanged, deleted, failed, error
FROM docket.runs;

CREATE VIEW docket_v1.backlog AS
SELECT recipe, state, count(*) AS jobs, min(created_at) AS oldest_at
FROM docket.jobs
GROUP BY recipe, state;

CREATE VIEW docket_v1.failed_documents AS
SELECT f.connector, s.name AS stream, f.source_id, d.document_id, f.stage, f.reason, f.message,
    f.attempts, f.failed_at
FROM docket.failures f
JOIN docket.streams s USING (stream_id)
LEFT JOIN docket.documents d ON d.connector = f.connector AND d.source_id = f.source_id
UNION ALL
SELECT d.connector, s.name, d.source_id, d.document_id, 'enrich:' || j.recipe, j.reason,
    j.message, j.attempt, j.failed_at
FROM docket.jobs j
JOIN docket.documents d USING (document_id)
JOIN docket.streams s USING (stream_id)
WHERE j.state = 'dead';

CREATE VIEW docket_v1.health_findings AS
SELECT 'scope_failing' AS name, 'error' AS level,
    connector || ' ' || scope || coalesce(' ' || stream, '') || ': ' || error AS detail,
    'docket status shows when it is tried again; docket try ' || connector || ' tries now'
        AS remedy
FROM docket_v1.connector_status
WHERE state = 'failing'
UNION ALL
SELECT 'deletions_held', 'warning',
    connector || ' ' || scope || ': ' || held_documents || ' of ' || held_of
        || ' documents vanished from the source',
    'docket deletions approve ' || connector || ' ' || scope || ', or reject'
FROM docket.scopes
WHERE held_at IS NOT NULL
UNION ALL
SELECT 'dead_letters', 'warning', recipe || ': ' || count(*) || ' jobs used up their attempts',
    'docket jobs list shows why, docket jobs retry tries again'
FROM docket.jobs
WHERE state = 'dead'
GROUP BY recipe
UNION ALL
SELECT 'failed_records', 'warning', connector || ': ' || count(*) || ' records are set aside',
    'docket_v1.failed_documents shows why'
FROM docket.failures
GROUP BY connector
UNION ALL
SELECT 'no_instance', 'error', 'jobs are due and no daemon runs', 'start docket run'
WHERE EXISTS (SELECT FROM docket.jobs WHERE state IN ('available', 'retryable', 'running'))
    AND NOT EXISTS (SELECT FROM docket.instances WHERE lease_until > now())
UNION ALL
SELECT 'old_transaction', 'warning',
    'a transaction of process ' || pid || ' is open since ' || xact_start,
    'dead rows stay until it ends: see pg_stat_activity'
FROM pg_stat_activity
WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
    AND xact_start < now() - interval '10 minutes';

COMMENT ON VIEW docket_v1.documents IS
    'Live documents at their current revision';
COMMENT ON COLUMN docket_v1.documents.document_id IS
    'Number of the document, stable for its life';
COMMENT ON COLUMN docket_v1.documents.connector IS
    'The connector''s name in the configuration';
COMMENT ON COLUMN docket_v1.documents.stream IS
    'Where it was last seen, such as a folder''s name';
COMMENT ON COLUMN docket_v1.documents.scope IS
    'The mailbox, drive, object or entity set it belongs to';
COMMENT ON COLUMN docket_v1.documents.source_id IS
    'The source''s own identifier, unaltered';
COMMENT ON COLUMN docket_v1.documents.kind IS
    'email, attachment, file, record, ...: lower case, singular';
COMMENT ON COLUMN docket_v1.documents.title IS
    'Title; of a mail its subject';
COMMENT ON COLUMN docket_v1.documents.author IS
    'Who wrote it, where the source says';
COMMENT ON COLUMN docket_v1.documents.participants IS
    'Everybody named on it: author and recipients';
COMMENT ON COLUMN docket_v1.documents.language IS
    'ISO 639-1 code of the body''s language; NULL when too short to tell';
COMMENT ON COLUMN docket_v1.documents.created_at IS
    'Creation at the source';
COMMENT ON COLUMN docket_v1.documents.modified_at IS
    'Last change at the source';
COMMENT ON COLUMN docket_v1.documents.ingested_at IS
    'When docket stored the current state';
COMMENT ON COLUMN docket_v1.documents.source_url IS
    'A link to it at the source, for people';
COMMENT ON COLUMN docket_v1.documents.body IS
    'Readable text';
COMMENT ON COLUMN docket_v1.documents.body_characters IS
    'Length of body in characters (code points)';
COMMENT ON COLUMN docket_v1.documents.content_sha256 IS
    'SHA-256 of title, line feed and body: one value is one revision';
COMMENT ON COLUMN docket_v1.documents.parent_document_id IS
    'The document it is attached to or contained in';
COMMENT ON COLUMN docket_v1.documents.metadata IS
    'What else the source said, as an object';
COMMENT ON COLUMN docket_v1.documents.acl IS
    'Who may read it at the source; NULL where that was not asked';

COMMENT ON VIEW docket_v1.document_history IS
    'Every revision that was ever seen, deleted documents included';
COMMENT ON COLUMN docket_v1.document_history.document_id IS
    'Number of the document';
COMMENT ON COLUMN docket_v1.document_history.connector IS
    'The connector''s name';
COMMENT ON COLUMN docket_v1.document_history.stream IS
    'Where this revision was seen';
COMMENT ON COLUMN docket_v1.document_history.source_id IS
    'The source''s own identifier';
COMMENT ON COLUMN docket_v1.document_history.revision IS
    'Counts from 1 within a document';
COMMENT ON COLUMN docket_v1.document_history.content_sha256 IS
    'SHA-256 of title, line feed and body';
COMMENT ON COLUMN docket_v1.document_history.seen_at IS
    'When docket stored this revision';
COMMENT ON COLUMN docket_v1.document_history.deleted_at IS
    'When the document was found deleted at this revision; else NULL';

COMMENT ON VIEW docket_v1.summaries IS
    'Results of recipes whose output is text, of current revisions';
COMMENT ON COLUMN docket_v1.summaries.document_id IS
    'Number of the document';
COMMENT ON COLUMN docket_v1.summaries.recipe IS
    'The recipe''s name';
COMMENT ON COLUMN docket_v1.summaries.summary IS
    'The text';
COMMENT ON COLUMN docket_v1.summaries.method IS
    'generated by a model, or extractive: sentences of the document';
COMMENT ON COLUMN docket_v1.summaries.language IS
    'ISO 639-1 code of the summary''s language';
COMMENT ON COLUMN docket_v1.summaries.model IS
    'The model''s name in the configuration';
COMMENT ON COLUMN docket_v1.summaries.prompt_sha256 IS
    'SHA-256 of the prompt';
COMMENT ON COLUMN docket_v1.summaries.prompt_tokens IS
    'Tokens read';
COMMENT ON COLUMN docket_v1.summaries.output_tokens IS
    'Tokens written';
COMMENT ON COLUMN docket_v1.summaries.created_at IS
    'When the result was stored';

COMMENT ON VIEW docket_v1.tags IS
    'Results of recipes whose output is labels, of current revisions';
COMMENT ON COLUMN docket_v1.tags.document_id IS
    'Number of the document';
COMMENT ON COLUMN docket_v1.tags.recipe IS
    'The recipe''s name';
COMMENT ON COLUMN docket_v1.tags.tag IS
    'The most probable label';
COMMENT ON COLUMN docket_v1.tags.score IS
    'Its probability, 0 to 1';
COMMENT ON COLUMN docket_v1.tags.model IS
    'The model''s name in the configuration';
COMMENT ON COLUMN docket_v1.tags.created_at IS
    'When the result was stored';

COMMENT ON VIEW docket_v1.enrichments IS
    'Every result of current revisions, whole';
COMMENT ON COLUMN docket_v1.enrichments.document_id IS
    'Number of the document';
COMMENT ON COLUMN docket_v1.enrichments.recipe IS
    'The recipe''s name';
COMMENT ON COLUMN docket_v1.enrichments.output IS
    '{text, method}, an array of {name, score}, or an object of fields';
COMMENT ON COLUMN docket_v1.enrichments.model IS
    'The model''s name in the configuration';
COMMENT ON COLUMN docket_v1.enrichments.model_sha256 IS
    'SHA-256 of the model''s file';
COMMENT ON COLUMN docket_v1.enrichments.prompt_sha256 IS
    'SHA-256 of the prompt';
COMMENT ON COLUMN docket_v1.enrichments.parameters IS
    'What else decided the output';
COMMENT ON COLUMN docket_v1.enrichments.prompt_tokens IS
    'Tokens read';
COMMENT ON COLUMN docket_v1.enrichments.output_tokens IS
    'Tokens written';
COMMENT ON COLUMN docket_v1.enrichments.duration IS
    'Time the model took';
COMMENT ON COLUMN docket_v1.enrichments.created_at IS
    'When the result was stored';

COMMENT ON VIEW docket_v1.connector_status IS
    'How each stream stands, and each scope that has none yet';
COMMENT ON COLUMN docket_v1.connector_status.connector IS
    'The connector''s name';
COMMENT ON COLUMN docket_v1.connector_status.stream IS
    'The stream; NULL for a scope as a whole';
COMMENT ON COLUMN docket_v1.connector_status.scope IS
    'The mailbox, drive, object or entity set';
COMMENT ON COLUMN docket_v1.connector_status.state IS
    'ok, new, polling, parked, failing or held (deletions wait for approval)';
COMMENT ON COLUMN docket_v1.connector_status.last_success_at IS
    'End of the last pass that succeeded';
COMMENT ON COLUMN docket_v1.connector_status.next_poll_at IS
    'When it is due again';
COMMENT ON COLUMN docket_v1.connector_status.parked_until IS
    'The source asked to be left alone until then';
COMMENT ON COLUMN docket_v1.connector_status.documents IS
    'Live documents in it';
COMMENT ON COLUMN docket_v1.connector_status.error IS
    'Why the last pass failed';

COMMENT ON VIEW docket_v1.sync_runs IS
    'One row per pass over a stream';
COMMENT ON COLUMN docket_v1.sync_runs.connector IS
    'The connector''s name';
COMMENT ON COLUMN docket_v1.sync_runs.stream IS
    'The stream; NULL for a scope as a whole';
COMMENT ON COLUMN docket_v1.sync_runs.scope IS
    'The mailbox, drive, object or entity set';
COMMENT ON COLUMN docket_v1.sync_runs.started_at IS
    'Begin of the pass';
COMMENT ON COLUMN docket_v1.sync_runs.finished_at IS
    'End of the pass; NULL while it runs';
COMMENT ON COLUMN docket_v1.sync_runs.state IS
    'running, succeeded, parked, failed, or lost with its daemon';
COMMENT ON COLUMN docket_v1.sync_runs.pages IS
    'Pages committed';
COMMENT ON COLUMN docket_v1.sync_runs.read IS
    'Records read';
COMMENT ON COLUMN docket_v1.sync_runs.created IS
    'Documents created';
COMMENT ON COLUMN docket_v1.sync_runs.updated IS
    'Documents changed, moved or restored';
COMMENT ON COLUMN docket_v1.sync_runs.unchanged IS
    'Documents found as they were';
COMMENT ON COLUMN docket_v1.sync_runs.deleted IS
    'Documents gone from the stream';
COMMENT ON COLUMN docket_v1.sync_runs.failed IS
    'Records set aside';
COMMENT ON COLUMN docket_v1.sync_runs.error IS
    'Why it failed';

COMMENT ON VIEW docket_v1.backlog IS
    'Jobs by recipe and state';
COMMENT ON COLUMN docket_v1.backlog.recipe IS
    'The recipe''s name';
COMMENT ON COLUMN docket_v1.backlog.state IS
    'available, running, retryable, cancelled or dead';
COMMENT ON COLUMN docket_v1.backlog.jobs IS
    'Number of jobs';
COMMENT ON COLUMN docket_v1.backlog.oldest_at IS
    'Creation of the oldest';

COMMENT ON VIEW docket_v1.failed_documents IS
    'What could not be stored or enriched, and why';
COMMENT ON COLUMN docket_v1.failed_documents.connector IS
    'The connector''s name';
COMMENT ON COLUMN docket_v1.failed_documents.stream IS
    'Where it was seen';
COMMENT ON COLUMN docket_v1.failed_documents.source_id IS
    'The source''s own identifier';
COMMENT ON COLUMN docket_v1.failed_documents.document_id IS
    'Number of the document; NULL when it never became one';
COMMENT ON COLUMN docket_v1.failed_documents.stage IS
    'normalize, store, or enrich: and the recipe';
COMMENT ON COLUMN docket_v1.failed_documents.reason IS
    'A word to group by';
COMMENT ON COLUMN docket_v1.failed_documents.message IS
    'What happened';
COMMENT ON COLUMN docket_v1.failed_documents.attempts IS
    'Number of attempts';
COMMENT ON COLUMN docket_v1.failed_documents.failed_at IS
    'The last one';

COMMENT ON VIEW docket_v1.health_findings IS
    'What a person should look at';
COMMENT ON COLUMN docket_v1.health_findings.name IS
    'What was found';
COMMENT ON COLUMN docket_v1.health_findings.level IS
    'warning or error';
COMMENT ON COLUMN docket_v1.health_findings.detail IS
    'Where';
COMMENT ON COLUMN docket_v1.health_findings.remedy IS
    'What to do';

-- The role of people and reports. Where the migrator may not make roles, or an administrator made
-- it already, it is used as it is. Roles belong to the whole server, hence the races.
DO $$
BEGIN
    CREATE ROLE docket_reader NOLOGIN;
EXCEPTION
    WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
END
$$;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'docket_reader') THEN
        GRANT USAGE ON SCHEMA docket_v1 TO docket_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA docket_v1 TO docket_reader;
    END IF;
END
$$;
