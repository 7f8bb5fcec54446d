package import Domain
import Postgres

// Folders: an endpoint tells of a renamed one alone, so the paths of all that is below it are
// made anew here, and what is in one that is gone at the end of a round goes with it.

extension Store {
    /// Files what a page says of containers.
    ///
    /// - Returns: The ids of those that are new, or that another path leads to now.
    static func store(
        _ containers: [Container], _ stream: PageStream, _ connection: borrowing Connection
    ) throws -> [String] {
        guard !containers.isEmpty else { return [] }
        var last: [String: Container] = [:]
        for container in containers { last[container.id] = container }
        let ordered = last.values.sorted { $0.id < $1.id }
        let rows = try connection.runPrepared(
            """
            WITH known AS (
                SELECT c.container_id, c.parent_id, c.name FROM docket.containers c
                WHERE c.stream_id = \(stream.id)::bigint
                    AND c.container_id = ANY (\(ordered.map(\.id)))),
            stored AS (
                INSERT INTO docket.containers AS c
                    (stream_id, container_id, parent_id, name, epoch, removed_at)
                SELECT \(stream.id)::bigint, n.id, n.parent, n.name, s.epoch,
                    CASE WHEN n.is_removed THEN now() END
                FROM unnest(\(ordered.map(\.id)), \(ordered.map(\.parentID)),
                    \(ordered.map(\.name)), \(ordered.map(\.isRemoved)))
                    AS n(id, parent, name, is_removed)
                JOIN docket.streams s ON s.stream_id = \(stream.id)::bigint
                ON CONFLICT (stream_id, container_id) DO UPDATE SET
                    -- A removal need not say where or what it was.
                    parent_id = CASE WHEN excluded.removed_at IS NULL THEN excluded.parent_id
                        ELSE c.parent_id END,
                    name = CASE WHEN excluded.removed_at IS NULL THEN excluded.name
                        ELSE c.name END,
                    epoch = excluded.epoch, removed_at = excluded.removed_at
                RETURNING c.container_id, c.parent_id, c.name)
            SELECT stored.container_id FROM stored
            LEFT JOIN known USING (container_id)
            WHERE (stored.parent_id, stored.name) IS DISTINCT FROM (known.parent_id, known.name)
            """)
        return try rows.map { try $0.get("container_id") }
    }

    /// Makes the paths of documents anew: of these, and of all in or below these containers.
    ///
    /// A document keeps its path while the way to the root is not known.
    static func makePaths(
        of documents: [Int64], below containers: [String], _ stream: PageStream,
        _ connection: borrowing Connection
    ) throws {
        try connection.runPrepared(
            """
            WITH RECURSIVE changed AS (
                SELECT id AS container_id, 0 AS depth FROM unnest(\(containers)) AS id
                UNION
                SELECT c.container_id, changed.depth + 1 FROM changed
                JOIN docket.containers c ON c.stream_id = \(stream.id)::bigint
                    AND c.parent_id = changed.container_id
                WHERE changed.depth < \(Limits.containerDepthMax)::int),
            moved AS (
                SELECT d.document_id, d.container_id, d.title FROM docket.documents d
                WHERE d.stream_id = \(stream.id)::bigint
                    AND d.container_id = ANY (ARRAY(SELECT container_id FROM changed))
                UNION
                SELECT d.document_id, d.container_id, d.title FROM docket.documents d
                WHERE d.document_id = ANY (\(documents)) AND d.container_id IS NOT NULL),
            up AS (
                SELECT c.container_id AS leaf, c.parent_id, c.name AS path, 0 AS depth
                FROM (SELECT DISTINCT container_id FROM moved) m
                JOIN docket.containers c ON c.stream_id = \(stream.id)::bigint
                    AND c.container_id = m.container_id
                UNION ALL
                SELECT up.leaf, c.parent_id,
                    CASE WHEN c.parent_id IS NULL THEN up.path ELSE c.name || '/' || up.path END,
                    up.depth + 1
                FROM up JOIN docket.containers c ON c.stream_id = \(stream.id)::bigint
                    AND c.container_id = up.parent_id
                WHERE up.depth < \(Limits.containerDepthMax)::int)
            UPDATE docket.documents d
            SET path = CASE up.path WHEN '' THEN '/' ELSE '/' || up.path || '/' END || m.title
            FROM moved m JOIN up ON up.leaf = m.container_id AND up.parent_id IS NULL
            WHERE d.document_id = m.document_id
                AND d.path IS DISTINCT FROM
                    CASE up.path WHEN '' THEN '/' ELSE '/' || up.path || '/' END || m.title
            """)
    }

    /// At the end of a round: marks what is still in a container that is gone.
    ///
    /// Not earlier, for what was moved out of it may be told of after it.
    ///
    /// - Returns: How many documents were marked.
    static func leaveRemovedContainers(
        _ stream: PageStream, _ connection: borrowing Connection
    ) throws -> Int {
        if stream.isReadAgain {
            // What a reading from the beginning did not show is not there.
            try connection.run(
                """
                UPDATE docket.containers c SET removed_at = now()
                FROM docket.streams s
                WHERE c.stream_id = \(stream.id)::bigint AND s.stream_id = c.stream_id
                    AND c.epoch < s.epoch AND c.removed_at IS NULL
                """)
        }
        let roots = try connection.runPrepared(
            """
            WITH RECURSIVE gone AS (
                SELECT c.container_id, 0 AS depth FROM docket.containers c
                WHERE c.stream_id = \(stream.id)::bigint AND c.removed_at IS NOT NULL
                UNION
                SELECT c.container_id, gone.depth + 1 FROM gone
                JOIN docket.containers c ON c.stream_id = \(stream.id)::bigint
                    AND c.parent_id = gone.container_id
                WHERE gone.depth < \(Limits.containerDepthMax)::int)
            SELECT d.document_id FROM docket.documents d
            WHERE d.stream_id = \(stream.id)::bigint AND d.removed_at IS NULL
                AND d.container_id = ANY (ARRAY(SELECT container_id FROM gone))
            """)
        let count = try leave(stream.id, roots: roots, connection)
        try connection.runPrepared(
            """
            WITH RECURSIVE gone AS (
                SELECT c.container_id, 0 AS depth FROM docket.containers c
                WHERE c.stream_id = \(stream.id)::bigint AND c.removed_at IS NOT NULL
                UNION
                SELECT c.container_id, gone.depth + 1 FROM gone
                JOIN docket.containers c ON c.stream_id = \(stream.id)::bigint
                    AND c.parent_id = gone.container_id
                WHERE gone.depth < \(Limits.containerDepthMax)::int)
            DELETE FROM docket.containers c USING gone
            WHERE c.stream_id = \(stream.id)::bigint AND c.container_id = gone.container_id
            """)
        return count
    }

    /// Containers and those around them up to the root, for paths that must be known before
    /// anything is filed.
    ///
    /// - Parameters:
    ///   - ids: Where to begin; unknown ones are left out.
    ///   - stream: Whose they are.
    /// - Returns: Each once, in no order.
    /// - Throws: ``StoreError/database(_:)``.
    package func containers(
        around ids: [String], in stream: Domain.Stream.ID
    ) async throws(StoreError) -> [Container] {
        guard !ids.isEmpty else { return [] }
        return try await pointTransaction { connection in
            let rows = try connection.runPrepared(
                """
                WITH RECURSIVE up AS (
                    SELECT c.container_id, c.parent_id, c.name, 0 AS depth
                    FROM docket.containers c
                    WHERE c.stream_id = \(stream.value)::bigint AND c.container_id = ANY (\(ids))
                    UNION
                    SELECT c.container_id, c.parent_id, c.name, up.depth + 1
                    FROM up JOIN docket.containers c ON c.stream_id = \(stream.value)::bigint
                        AND c.container_id = up.parent_id
                    WHERE up.depth < \(Limits.containerDepthMax)::int)
                SELECT DISTINCT container_id, parent_id, name FROM up
                """)
            return try rows.map { row in
                Container(
                    id: try row.get("container_id"), parentID: try row.optional("parent_id"),
                    name: try row.get("name"), isRemoved: false)
            }
        }
    }
}
