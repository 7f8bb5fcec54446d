-- Documents that are removed down to their content, by a person or by age.

ALTER TABLE docket.documents
    -- Nothing is left of it but its id: what the source shows under that id is not filed again.
    ADD COLUMN forgotten_at timestamptz,
    ADD CONSTRAINT documents_forgotten CHECK (
        forgotten_at IS NULL
        OR (deleted_at IS NOT NULL AND title = '' AND body = '' AND record = '')) NOT VALID;
-- NOT VALID: true of every row there is, as the column is new.
