package import Domain
package import JSON
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
        try await held(finished).count
    }

    /// As ``finish(_:)``, for those who have to tell each job how it ended.
    ///
    /// - Returns: The numbers of the jobs whose claims were held.
    func held(_ finished: [FinishedJob]) async throws(StoreError) -> Set<Int64> {
        guard !finished.isEmpty else { return [] }
        let jobs = finished.map(\.job)
        let results = finished.map(\.enrichment)
        // The locks come first and in order, so two batches never wait for each other; the rest
        // works on the rows that were held. Only a running job has a claim, so its state is not asked
        // for: the index of running jobs, which a plan made early would read from end to end, keeps
        // an entry of every job that ever ran while a transaction elsewhere stays open.
        let statement: SQL = """
            WITH held AS MATERIALIZED (
                SELECT m.*, j.document_id, j.recipe,
                    j.want = j.took AND j.fingerprint = m.fingerprint AS is_current
                FROM unnest(\(jobs.map(\.id.value)), \(finished.map(\.claim)),
                    \(jobs.map(\.fingerprint)), \(jobs.map(\.contentSHA256)),
                    \(results.map(\.output.form)), \(results.map { $0.output.value.serialized() }),
                    \(results.map(\.language)), \(results.map(\.model)),
                    \(results.map(\.modelSHA256)), \(results.map(\.promptSHA256)),
                    \(results.map { $0.parameters.serialized() }),
                    \(results.map(\.promptTokens)), \(results.map(\.outputTokens)),
                    \(results.map { $0.duration / .seconds(1) })
                ) AS m(job_id, claim, fingerprint, content_sha256, form, output, language, model,
                    model_sha256, prompt_sha256, parameters, prompt_tokens, output_tokens, seconds)
                JOIN docket.jobs j ON j.job_id = m.job_id AND j.claim = m.claim
                    AND j.took = m.content_sha256
                ORDER BY j.job_id FOR UPDATE OF j),
            stored AS (
                INSERT INTO docket.results (document_id, recipe, content_sha256, fingerprint, form,
                    output, language, model, model_sha256, prompt_sha256, parameters,
                    prompt_tokens, output_tokens, duration)
                SELECT document_id, recipe, content_sha256, fingerprint, form, output::jsonb,
                    language, model, model_sha256, prompt_sha256, parameters::jsonb,
                    prompt_tokens, output_tokens, make_interval(secs => seconds)
                FROM held
                ON CONFLICT DO NOTHING),
            done AS (
                DELETE FROM docket.jobs j USING held h
                WHERE j.job_id = h.job_id AND h.is_current),
            again AS (
                UPDATE docket.jobs j SET state = 'available', claim = NULL, instance_id = NULL,
                    took = NULL, attempt = 0, due_at = now()
                FROM held h WHERE j.job_id = h.job_id AND NOT h.is_current)
            SELECT job_id FROM held
            """
        guard exchangeDuration != nil, results.contains(where: { $0.exchange != nil }) else {
            // As the server is set, for when this returns nobody holds the job in memory any more:
            // were the commit lost in a crash, and the claim not, the job would be in no hands
            // until its deadline.
            return try await run { connection in
                let answers = try connection.runTogether([
                    SQL(stringLiteral: Self.pointSettings()), statement,
                ])
                return Set(try answers[1].map { try $0.get("job_id") })
            }
        }
        return try await pointTransaction { connection in
            let held = Set(
                try connection.runPrepared(statement).map { try $0.get("job_id", as: Int64.self) })
            try keepExchanges(of: finished, held: held, connection)
            return held
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

    /// The column `output`.
    package var value: JSON {
        switch self {
        case .text(let text, let method):
            ["text": .string(text), "method": .string(method.rawValue)]
        case .labels(let labels):
            .array(labels.map { ["name": .string($0.name), "score": JSON($0.score)] })
        case .fields(let fields): fields
        }
    }
}
