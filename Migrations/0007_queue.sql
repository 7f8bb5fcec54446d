-- A claim finds its next job by one look, however many others wait: those of other recipes, of
-- other models, or of a version of the recipe that no daemon has any more.
DROP INDEX docket.jobs_due;
CREATE INDEX jobs_due ON docket.jobs (fingerprint, connector, due_at, job_id)
    WHERE state IN ('available', 'retryable');
