-- Folders of streams that have them, files of streams that are listings, and who reads what.

CREATE TABLE docket.containers (
    stream_id bigint NOT NULL,
    container_id text NOT NULL,
    -- NULL for the root, whose name is not part of paths.
    parent_id text,
    name text NOT NULL,
    -- The reading from the beginning that last showed it.
    epoch bigint NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (stream_id, container_id)
);
COMMENT ON TABLE docket.containers IS
    'Folders within streams; a renamed one is told of alone, so paths are made from these';
-- From a folder down to what is in it.
CREATE INDEX containers_parent ON docket.containers (stream_id, parent_id);

CREATE TABLE docket.marks (
    stream_id bigint NOT NULL,
    name text NOT NULL,
    mark text NOT NULL,
    PRIMARY KEY (stream_id, name)
);
COMMENT ON TABLE docket.marks IS
    'Files of a listing that were read, and what they looked like then';

ALTER TABLE docket.documents
    ADD COLUMN container_id text,
    -- Made of the names of the containers around it and its title.
    ADD COLUMN path text;
CREATE INDEX documents_container ON docket.documents (stream_id, container_id)
    WHERE container_id IS NOT NULL;

CREATE OR REPLACE VIEW docket_v1.documents AS
SELECT d.document_id, d.connector, s.name AS stream, s.scope, d.source_id, d.kind, d.title,
    d.author, d.participants, d.language, d.created_at, d.modified_at, d.ingested_at,
    d.source_url, d.body, d.body_characters, d.content_sha256,
    p.document_id AS parent_document_id,
    CASE WHEN d.path IS NULL THEN d.metadata
        ELSE d.metadata || jsonb_build_object('path', d.path) END AS metadata,
    d.acl
FROM docket.documents d
JOIN docket.streams s USING (stream_id)
LEFT JOIN docket.documents p
    ON p.connector = d.connector AND p.source_id = d.parent_source_id
WHERE d.deleted_at IS NULL;
