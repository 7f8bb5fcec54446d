import CPostgres

extension Connection {
    /// Runs statements that do not need each other's answers, as one transaction and in one trip
    /// to the server and back.
    ///
    /// All of them take effect or none. Their plans are kept as those of ``runPrepared(_:)``; what
    /// one sets for the transaction holds for those behind it. Within a transaction of the
    /// caller's they are a part of that one.
    ///
    /// Source: PostgreSQL, "libpq: Pipeline Mode".
    ///
    /// - Parameter statements: In their order; no `COPY`, and nothing that ends a transaction.
    /// - Returns: The rows of each.
    /// - Throws: ``PostgresError``, of the first that failed.
    @discardableResult
    package borrowing func runTogether(_ statements: [SQL]) throws(PostgresError) -> [[Row]] {
        // What cannot be sent is found before the first of them is.
        for sql in statements { _ = try Parameters.byteCount(of: sql) }
        var names: [String?] = []
        for sql in statements { names.append(try prepare(sql)) }
        guard PQenterPipelineMode(raw) == 1 else { throw lost() }
        for (sql, name) in zip(statements, names) {
            try send(sql, preparedAs: name)
        }
        guard PQpipelineSync(raw) == 1 else { throw lost() }
        let answers = try answers(to: statements)
        guard PQexitPipelineMode(raw) == 1 else { throw lost() }
        return try answers.get()
    }

    /// Reads to the end of the pipeline, whatever became of the statements, so that the session
    /// can be used again.
    ///
    /// - Returns: The rows of each, or the server's error.
    /// - Throws: Where the session can not be used again.
    private borrowing func answers(
        to statements: [SQL]
    ) throws(PostgresError) -> Result<[[Row]], PostgresError> {
        let deadline = ContinuousClock.now + answerDuration
        try flush(until: deadline)
        var rows: [[Row]] = []
        var failure: PostgresError?
        // A result and the mark of its end for each, an error of the commit, and the end of all.
        for _ in 0..<(2 * statements.count + 3) {
            try waitForResult(until: deadline)
            guard let result = PQgetResult(raw).map(ResultSet.init) else { continue }
            guard PQstatus(raw) == CONNECTION_OK else { throw lost() }
            if result.isEndOfPipeline {
                return failure.map { .failure($0) } ?? .success(rows)
            }
            if result.isSuccess {
                rows.append(result.rows())
            } else if failure == nil {
                let isInside = statements.indices.contains(rows.count)
                failure = .server(
                    sqlState: result.sqlState, message: result.message,
                    statement: isInside ? statements[rows.count].text : "COMMIT")
            }
        }
        throw lost()
    }
}
