-- More of what a person should look at.

CREATE OR REPLACE VIEW docket_v1.health_findings AS
SELECT 'scope_failing' AS name, 'error' AS level,
    connector || ' ' || scope || coalesce(' ' || stream, '') || ': ' || error AS detail,
    'docket status shows when it is tried again; docket try ' || connector || ' tries now'
        AS remedy
FROM docket_v1.connector_status
WHERE state = 'failing'
UNION ALL
SELECT 'scope_parked', 'warning',
    connector || ' ' || scope || coalesce(' ' || stream, '') || ': the source asked to be left '
        || 'alone until ' || parked_until,
    'see what else uses up the quota there; limits.requests_per_second slows docket down'
FROM docket_v1.connector_status
WHERE parked_until > now() + interval '1 day'
UNION ALL
SELECT 'stream_overdue', 'warning',
    s.connector || ' ' || s.scope || ': ' || count(*) || ' streams are due since '
        || min(s.next_poll_at),
    'docket run reads them; docket plan says whether they are configured still'
FROM docket.streams s
JOIN docket.scopes c USING (connector, scope)
WHERE s.vanished_at IS NULL AND s.token IS NULL AND s.next_poll_at < now() - interval '2 days'
    AND coalesce(greatest(s.parked_until, c.parked_until), '-infinity') < now()
GROUP BY s.connector, s.scope
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
SELECT 'worker_killed', 'error',
    recipe || ': the daemon died while it worked on document '
        || string_agg(document_id::text, ', ' ORDER BY document_id),
    'report it; docket jobs discard puts it out of sight'
FROM (SELECT recipe, document_id, row_number() OVER (PARTITION BY recipe) AS number
    FROM docket.jobs WHERE state = 'dead' AND reason = 'kills_worker') j
WHERE number <= 10
GROUP BY recipe
UNION ALL
SELECT 'backlog_old', 'warning',
    recipe || ': ' || count(*) || ' jobs wait, the oldest since ' || min(created_at),
    'another daemon on this database, or a smaller model, does more an hour'
FROM docket.jobs
WHERE state IN ('available', 'retryable')
GROUP BY recipe
HAVING min(created_at) < now() - interval '1 day'
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
-- A live daemon takes its work over within 40 seconds.
SELECT 'instance_lost', 'error',
    'a daemon on ' || i.host || ' is silent since ' || i.lease_until || ' and holds '
        || held.jobs || ' jobs and ' || held.streams || ' streams',
    'a daemon that runs takes them over: start docket run, and see its log'
FROM docket.instances i
CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM docket.jobs j
            WHERE j.instance_id = i.instance_id AND j.state = 'running') AS jobs,
        (SELECT count(*) FROM docket.streams s WHERE s.instance_id = i.instance_id) AS streams
) held
WHERE i.lease_until < now() - interval '5 minutes' AND held.jobs + held.streams > 0
UNION ALL
-- During an upgrade this is as it should be.
SELECT 'several_versions', 'warning',
    'daemons of versions ' || string_agg(DISTINCT version, ', ' ORDER BY version) || ' run',
    'install the newest everywhere'
FROM docket.instances
WHERE lease_until > now()
HAVING count(DISTINCT version) > 1 AND max(started_at) < now() - interval '1 hour'
UNION ALL
SELECT 'old_transaction', 'warning',
    'a transaction of process ' || pid || ' is open since ' || xact_start,
    'dead rows stay until it ends: see pg_stat_activity'
FROM pg_stat_activity
WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
    AND xact_start < now() - interval '10 minutes'
UNION ALL
-- Claims slow down with them.
SELECT 'dead_rows', 'warning',
    'the table of jobs has ' || n_dead_tup || ' dead rows beside ' || n_live_tup || ' live ones',
    'look for old transactions and for autovacuum; VACUUM docket.jobs removes them'
FROM pg_stat_all_tables
WHERE relid = 'docket.jobs'::regclass AND n_dead_tup > greatest(20000, 2 * n_live_tup);
COMMENT ON COLUMN docket_v1.health_findings.name IS
    'What was found. Of transactions of other roles nothing is seen unless one is a member of pg_read_all_stats';
