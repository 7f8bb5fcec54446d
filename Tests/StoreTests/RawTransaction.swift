import Domain
import Foundation
import JSON
import Postgres
import Store

/// What PostgreSQL itself does with documents, jobs and a cursor in one transaction: the plainest
/// tables and statements that could serve, sent over docket's own connections.
///
/// A page's commit is held against it. It keeps a body, a hash and a little metadata, and no
/// record, no history, no leases and no counts.
struct RawTransaction {
    let database: Database

    func makeTables() async throws {
        try await database.withConnection { connection in
            try connection.runScript(
                """
                CREATE TABLE public.documents (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source_id text UNIQUE,
                    hash bytea NOT NULL, body text COMPRESSION lz4 NOT NULL, metadata jsonb NOT NULL);
                CREATE TABLE public.jobs (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, document_id bigint UNIQUE,
                    want bytea NOT NULL, state text NOT NULL DEFAULT 'available',
                    due_at timestamptz NOT NULL DEFAULT now());
                CREATE INDEX ON public.jobs (due_at, id) WHERE state = 'available';
                CREATE TABLE public.cursors (stream text PRIMARY KEY, seq bigint NOT NULL);
                INSERT INTO public.cursors VALUES ('Inbox', 0), ('Archive', 0);
                """)
        }
    }

    func commit(_ page: [Document], stream: String) async throws {
        try await database.withConnection { connection in
            try connection.transaction { connection in
                try connection.runPrepared(
                    "UPDATE public.cursors SET seq = seq + 1 WHERE stream = \(stream)")
                try connection.runPrepared(
                    """
                    WITH stored AS (
                        INSERT INTO public.documents AS d (source_id, hash, body, metadata)
                        SELECT source_id, hash, body, metadata::jsonb
                        FROM unnest(\(page.map(\.sourceID)), \(page.map(\.contentSHA256)),
                            \(page.map(\.body)), \(page.map { $0.metadata.serialized() })
                        ) AS n(source_id, hash, body, metadata)
                        ON CONFLICT (source_id) DO UPDATE
                        SET hash = excluded.hash, body = excluded.body, metadata = excluded.metadata
                        WHERE d.hash IS DISTINCT FROM excluded.hash
                        RETURNING id, hash)
                    INSERT INTO public.jobs AS j (document_id, want)
                    SELECT id, hash FROM stored
                    ON CONFLICT (document_id) DO UPDATE SET want = excluded.want
                    """)
            }
        }
    }
}
