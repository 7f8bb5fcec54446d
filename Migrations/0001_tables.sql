-- The private tables. Everything a guarantee hangs on is here: who may write what (tokens and
-- leases), what is unique, and which states exist. Times are the database's own clock.
--
-- No foreign keys towards documents: rows are never deleted from it, and a check for each job
-- and revision would cost a fifth of a page's commit.

CREATE TABLE docket.instances (
    instance_id uuid PRIMARY KEY,
    lease_until timestamptz NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    host text NOT NULL,
    version text NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE docket.instances IS
    'One row per process incarnation; what it claimed is its own while lease_until lies ahead';

CREATE TABLE docket.scopes (
    scope_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connector text NOT NULL,
    scope text NOT NULL,
    -- Of the scope as a whole, such as a mailbox that does not exist.
    parked_until timestamptz,
    error text,
    failures int NOT NULL DEFAULT 0,
    -- Deletions that wait for a person: how many, of how many, since when.
    held_documents bigint,
    held_of bigint,
    held_at timestamptz,
    -- A person said yes: the next settlement may delete up to this many.
    approved_documents bigint,
    UNIQUE (connector, scope)
);
COMMENT ON TABLE docket.scopes IS 'The unit of failure, and of deletions: a mailbox, a drive';

CREATE TABLE docket.streams (
    stream_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connector text NOT NULL,
    scope text NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    variables jsonb NOT NULL,
    -- The checkpoint. It moves by one in seq with each page, and never without its documents.
    cursor_kind text NOT NULL DEFAULT 'start' CHECK (cursor_kind IN ('start', 'next', 'delta')),
    cursor text NOT NULL DEFAULT '',
    seq bigint NOT NULL DEFAULT 0,
    -- Goes up with every reading from the beginning; what was not seen in it is gone.
    epoch bigint NOT NULL DEFAULT 1,
    epoch_completed bigint NOT NULL DEFAULT 0,
    round_completed_at timestamptz,
    -- The single-writer lease: the token is made by the claimer, for one claim.
    token uuid,
    instance_id uuid,
    -- Goes on with every page. Past it the stream is free though its instance lives: the answer
    -- to a claim may have been lost, and nobody knows of holding it.
    lease_until timestamptz,
    run_id bigint,
    next_poll_at timestamptz NOT NULL DEFAULT now(),
    parked_until timestamptz,
    last_success_at timestamptz,
    failures int NOT NULL DEFAULT 0,
    error text,
    -- A complete listing of the scope no longer had it, or the configuration.
    vanished_at timestamptz,
    UNIQUE (connector, scope, key),
    CHECK ((token IS NULL) = (instance_id IS NULL)),
    CHECK (token IS NULL OR lease_until IS NOT NULL)
) WITH (fillfactor = 50);
COMMENT ON TABLE docket.streams IS 'One collection a connector reads: cursor and lease in one row';

CREATE TABLE docket.documents (
    document_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connector text NOT NULL,
    source_id text NOT NULL,
    -- Where it was last seen, and where else: it lives while it is somewhere.
    stream_id bigint NOT NULL,
    other_streams bigint[] NOT NULL DEFAULT '{}',
    revision int NOT NULL DEFAULT 1 CHECK (revision >= 1),
    content_sha256 bytea NOT NULL CHECK (octet_length(content_sha256) = 32),
    -- Of every column and the record: equal means there is nothing to write.
    row_sha256 bytea NOT NULL CHECK (octet_length(row_sha256) = 32),
    kind text NOT NULL,
    title text NOT NULL,
    author text,
    participants text[] NOT NULL,
    language text,
    created_at timestamptz,
    modified_at timestamptz,
    ingested_at timestamptz NOT NULL DEFAULT now(),
    source_url text,
    body text COMPRESSION lz4 NOT NULL,
    body_characters int NOT NULL CHECK (body_characters >= 0),
    parent_source_id text,
    metadata jsonb NOT NULL,
    acl jsonb,
    -- As the endpoint gave it; later partial updates are merged into it.
    record text COMPRESSION lz4 NOT NULL,
    -- Gone from its streams, not yet known whether it turns up in another one.
    removed_at timestamptz,
    -- A tombstone.
    deleted_at timestamptz,
    CONSTRAINT documents_identity UNIQUE (connector, source_id),
    CHECK (deleted_at IS NULL OR removed_at IS NOT NULL)
);
COMMENT ON TABLE docket.documents IS 'Every document at its last revision, tombstones included';
-- The sweep at the end of an epoch, and the counts of a stream.
CREATE INDEX documents_stream ON docket.documents (stream_id) WHERE removed_at IS NULL;
-- Children go with their parents.
CREATE INDEX documents_parent ON docket.documents (connector, parent_source_id)
    WHERE parent_source_id IS NOT NULL;
-- Settling looks only at what is marked.
CREATE INDEX documents_removed ON docket.documents (stream_id)
    WHERE removed_at IS NOT NULL AND deleted_at IS NULL;
-- Few documents are in two streams; this finds them when a stream goes.
CREATE INDEX documents_elsewhere ON docket.documents USING gin (other_streams)
    WHERE other_streams <> '{}';

CREATE TABLE docket.seen (
    stream_id bigint NOT NULL,
    document_id bigint NOT NULL,
    PRIMARY KEY (stream_id, document_id)
);
COMMENT ON TABLE docket.seen IS
    'What a stream that is read again from the beginning has shown so far; empty otherwise';

CREATE TABLE docket.revisions (
    document_id bigint NOT NULL,
    revision int NOT NULL,
    content_sha256 bytea NOT NULL,
    stream_id bigint NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    PRIMARY KEY (document_id, revision)
);
COMMENT ON TABLE docket.revisions IS 'One row per revision that was ever seen';

CREATE TABLE docket.jobs (
    job_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_id bigint NOT NULL,
    connector text NOT NULL,
    recipe text NOT NULL,
    fingerprint bytea NOT NULL,
    -- Level-triggered: the content the result has to be about, and what a worker took away.
    want bytea NOT NULL,
    took bytea,
    state text NOT NULL DEFAULT 'available'
        CHECK (state IN ('available', 'running', 'retryable', 'cancelled', 'dead')),
    created_at timestamptz NOT NULL DEFAULT now(),
    due_at timestamptz NOT NULL DEFAULT now(),
    attempt int NOT NULL DEFAULT 0,
    -- Times it was taken from an instance that died with it.
    rescues int NOT NULL DEFAULT 0,
    claim uuid,
    instance_id uuid,
    -- Past it the job is rescued though its instance lives: it hangs, or does not know of it.
    deadline_at timestamptz,
    failed_at timestamptz,
    reason text,
    message text,
    -- The last ten failures, oldest first.
    errors jsonb NOT NULL DEFAULT '[]',
    UNIQUE (document_id, recipe),
    CHECK ((state = 'running') = (claim IS NOT NULL)),
    CHECK ((claim IS NULL) = (instance_id IS NULL)),
    CHECK (claim IS NULL OR took IS NOT NULL AND deadline_at IS NOT NULL)
) WITH (
    fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0
);
COMMENT ON TABLE docket.jobs IS 'Work to do; what is done leaves the table';
-- The claim goes through the connectors in turn, so one with a long backlog starves nobody.
CREATE INDEX jobs_due ON docket.jobs (connector, due_at, job_id)
    WHERE state IN ('available', 'retryable');
-- The rescue looks only at what is claimed.
CREATE INDEX jobs_running ON docket.jobs (instance_id) WHERE state = 'running';

CREATE TABLE docket.results (
    document_id bigint NOT NULL,
    recipe text NOT NULL,
    content_sha256 bytea NOT NULL,
    fingerprint bytea NOT NULL,
    form text NOT NULL CHECK (form IN ('text', 'labels', 'fields')),
    -- {"text": ..., "method": ...}, [{"name": ..., "score": ...}, ...], or the object itself.
    output jsonb NOT NULL,
    language text,
    model text NOT NULL,
    model_sha256 bytea NOT NULL,
    prompt_sha256 bytea NOT NULL,
    parameters jsonb NOT NULL,
    prompt_tokens int NOT NULL,
    output_tokens int NOT NULL,
    duration interval NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (document_id, recipe, content_sha256, fingerprint)
);
COMMENT ON TABLE docket.results IS 'What recipes made of revisions';

CREATE TABLE docket.runs (
    run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connector text NOT NULL,
    stream text,
    scope text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    state text NOT NULL DEFAULT 'running'
        CHECK (state IN ('running', 'succeeded', 'parked', 'failed', 'lost')),
    pages bigint NOT NULL DEFAULT 0,
    read bigint NOT NULL DEFAULT 0,
    created bigint NOT NULL DEFAULT 0,
    updated bigint NOT NULL DEFAULT 0,
    unchanged bigint NOT NULL DEFAULT 0,
    deleted bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    error text,
    CHECK ((state = 'running') = (finished_at IS NULL))
) WITH (fillfactor = 70);
COMMENT ON TABLE docket.runs IS 'One row per pass over a stream, or over a scope that failed whole';
-- Old rows are dropped by age.
CREATE INDEX runs_started ON docket.runs (started_at);

CREATE TABLE docket.failures (
    connector text NOT NULL,
    source_id text NOT NULL,
    stream_id bigint NOT NULL,
    stage text NOT NULL,
    reason text NOT NULL,
    message text NOT NULL,
    attempts int NOT NULL DEFAULT 1,
    failed_at timestamptz NOT NULL DEFAULT now(),
    record text COMPRESSION lz4,
    PRIMARY KEY (connector, source_id)
);
COMMENT ON TABLE docket.failures IS 'Records that could not become documents; the next success clears one';
