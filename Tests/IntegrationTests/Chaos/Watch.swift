import Postgres

/// A watch in the database that notes at once what must never happen, whatever comes of it.
///
/// Daemons are told apart by `application_name`; the name outlives the process, the instance does
/// not.
extension Installation {
    /// Begins to watch a migrated database.
    func watch() async throws {
        for statement in Self.watchText { _ = try await rows(statement) }
    }

    private static let watchText: [SQL] = [
        "CREATE SCHEMA chaos",
        """
        CREATE TABLE chaos.broken_rules (
            at timestamptz NOT NULL DEFAULT clock_timestamp(), rule text NOT NULL)
        """,
        "CREATE TABLE chaos.instances (instance_id uuid PRIMARY KEY, daemon text NOT NULL)",
        """
        CREATE TABLE chaos.claims (job_id bigint PRIMARY KEY, claim uuid NOT NULL,
            daemon text NOT NULL)
        """,
        """
        CREATE FUNCTION chaos.note_instance() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog SECURITY DEFINER AS $$
        BEGIN
            INSERT INTO chaos.instances
            VALUES (NEW.instance_id, current_setting('application_name'));
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER chaos AFTER INSERT ON docket.instances
        FOR EACH ROW EXECUTE FUNCTION chaos.note_instance()
        """,
        watchJobText,
        """
        CREATE TRIGGER chaos AFTER UPDATE OR DELETE ON docket.jobs
        FOR EACH ROW EXECUTE FUNCTION chaos.watch_job()
        """,
        watchStreamText,
        """
        CREATE TRIGGER chaos AFTER UPDATE ON docket.streams
        FOR EACH ROW EXECUTE FUNCTION chaos.watch_stream()
        """,
    ]

    /// A claim is ended by who made it, or by a rescue when it is not alive any more.
    private static let watchJobText: SQL = """
        CREATE FUNCTION chaos.watch_job() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog SECURITY DEFINER AS $$
        DECLARE
            here text := current_setting('application_name');
            claimer text;
        BEGIN
            IF TG_OP = 'UPDATE' AND OLD.claim IS NULL AND NEW.claim IS NOT NULL THEN
                INSERT INTO chaos.claims VALUES (NEW.job_id, NEW.claim, here)
                ON CONFLICT (job_id) DO UPDATE SET claim = excluded.claim, daemon = excluded.daemon;
                RETURN NULL;
            END IF;
            IF OLD.claim IS NULL OR TG_OP = 'UPDATE' AND NEW.claim = OLD.claim THEN
                RETURN NULL;
            END IF;
            IF TG_OP = 'UPDATE' AND NEW.rescues > OLD.rescues THEN
                IF OLD.deadline_at > now() AND EXISTS (
                    SELECT FROM docket.instances
                    WHERE instance_id = OLD.instance_id AND lease_until > now())
                THEN
                    INSERT INTO chaos.broken_rules (rule) VALUES (
                        format('job %s was rescued from a live daemon', OLD.job_id));
                END IF;
                RETURN NULL;
            END IF;
            -- Whoever reads the source may drop the job of a document that is gone; then it has
            -- no result.
            IF TG_OP = 'DELETE' AND NOT EXISTS (
                SELECT FROM docket.results WHERE document_id = OLD.document_id
                    AND recipe = OLD.recipe AND content_sha256 = OLD.took)
            THEN RETURN NULL;
            END IF;
            SELECT daemon INTO claimer FROM chaos.claims
            WHERE job_id = OLD.job_id AND claim = OLD.claim;
            IF claimer <> here THEN
                INSERT INTO chaos.broken_rules (rule) VALUES (
                    format('the claim of %s on job %s was ended by %s', claimer, OLD.job_id, here));
            END IF;
            RETURN NULL;
        END $$
        """

    /// The cursor is moved by who holds the stream.
    private static let watchStreamText: SQL = """
        CREATE FUNCTION chaos.watch_stream() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog SECURITY DEFINER AS $$
        DECLARE
            here text := current_setting('application_name');
            holder text;
        BEGIN
            IF NEW.seq = OLD.seq THEN RETURN NULL; END IF;
            SELECT daemon INTO holder FROM chaos.instances WHERE instance_id = OLD.instance_id;
            IF holder <> here THEN
                INSERT INTO chaos.broken_rules (rule) VALUES (
                    format('the cursor of stream %s, held by %s, was moved by %s', OLD.stream_id,
                        holder, here));
            END IF;
            RETURN NULL;
        END $$
        """

    func brokenRules() async throws -> [String] {
        try await texts("SELECT rule AS value FROM chaos.broken_rules ORDER BY at")
    }

    /// Lets the leases of a daemon that is gone lapse: what else takes them thirty seconds.
    func lapse(_ daemon: String) async throws {
        _ = try await rows(
            """
            UPDATE docket.instances SET lease_until = now() - interval '1 second'
            WHERE instance_id IN (SELECT instance_id FROM chaos.instances WHERE daemon = \(daemon))
            """)
    }

    /// Has jobs tried again at once that wait for their next attempt.
    func hurry() async throws {
        _ = try await rows("UPDATE docket.jobs SET due_at = now() WHERE due_at > now()")
    }
}
