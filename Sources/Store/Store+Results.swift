import Domain
import JSON
import Postgres

extension Store {
    /// Stores results and takes their jobs out of the queue, in one statement; what models were
    /// asked with it, where that is kept.
    ///
    /// Only claims that are still held count. A result about content that has changed meanwhile
    /// is kept for that revision, and the job becomes available again for the new one.
    ///
    /// - Parameter finished: What was made.
    /// - Returns: How many claims were held; the others came too late, and changed nothing.
    /// - Throws: ``StoreError/database(_:)``.
    @discardableResult
    package func finish(_ finished: [FinishedJob]) async throws(StoreError) -> Int {
        guard !finished.isEmpty else { return 0 }
        let jobs = finished.map(\.job)
        let results = finished.map(\.enrichment)
        return try await pointTransaction { connection in
            // The locks come first and in order, so two batches never wait for each other; the
            // rest works on the rows that were held.
            let rows = try connection.runPrepared(
                """
                WITH made AS (
                    SELECT * FROM unnest(\(jobs.map(\.id.value)), \(finished.map(\.claim)),
                        \(jobs.map(\.fingerprint)), \(jobs.map(\.contentSHA256)),
                        \(results.map(\.output.form)), \(results.map(\.output.json)),
                        \(results.map(\.language)), \(results.map(\.model)),
                        \(results.map(\.modelSHA256)), \(results.map(\.promptSHA256)),
                        \(results.map { $0.parameters.serialized() }),
                        \(results.map(\.promptTokens)), \(results.map(\.outputTokens)),
                        \(results.map { $0.duration / .seconds(1) })
                    ) AS m(job_id, claim, fingerprint, content_sha256, form, output, language,
                        model, model_sha256, prompt_sha256, parameters, prompt_tokens,
                        output_tokens, seconds)),
                held AS MATERIALIZED (
                    SELECT j.job_id, j.document_id, j.recipe,
                        j.want = j.took AND j.fingerprint = m.fingerprint AS is_current
                    FROM made m
                    JOIN docket.jobs j ON j.job_id = m.job_id AND j.claim = m.claim
                        AND j.state = 'running' AND j.took = m.content_sha256
                    ORDER BY j.job_id FOR UPDATE OF j),
                stored AS (
                    INSERT INTO docket.results (document_id, recipe, content_sha256, fingerprint,
                        form, output, language, model, model_sha256, prompt_sha256, parameters,
                        prompt_tokens, output_tokens, duration)
                    SELECT h.document_id, h.recipe, m.content_sha256, m.fingerprint, m.form,
                        m.output::jsonb, m.language, m.model, m.model_sha256, m.prompt_sha256,
                        m.parameters::jsonb, m.prompt_tokens, m.output_tokens,
                        make_interval(secs => m.seconds)
                    FROM held h JOIN made m USING (job_id)
                    ON CONFLICT DO NOTHING),
                done AS (
                    DELETE FROM docket.jobs j USING held h
                    WHERE j.job_id = h.job_id AND h.is_current),
                again AS (
                    UPDATE docket.jobs j SET state = 'available', claim = NULL,
                        instance_id = NULL, took = NULL, attempt = 0, due_at = now()
                    FROM held h WHERE j.job_id = h.job_id AND NOT h.is_current)
                SELECT job_id FROM held
                """)
            let held = try Set(rows.map { try $0.get("job_id", as: Int64.self) })
            try keepExchanges(of: finished, held: held, connection)
            return held.count
        }
    }
}

extension Enrichment.Output {
    /// The column `form`.
    var form: String {
        switch self {
        case .text: "text"
        case .labels: "labels"
        case .fields: "fields"
        }
    }

    /// The column `output`, as text.
    var json: String {
        switch self {
        case .text(let text, let method):
            JSON.object(
                .init([("text", .string(text)), ("method", .string(method.rawValue))])
            ).serialized()
        case .labels(let labels):
            JSON.array(
                labels.map { label in
                    .object(.init([("name", .string(label.name)), ("score", JSON(label.score))]))
                }
            ).serialized()
        case .fields(let fields): fields.serialized()
        }
    }
}
