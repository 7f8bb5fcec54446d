import CPostgres
import Glibc

/// One libpq connection, owned by exactly one place at a time.
///
/// The type is `~Copyable`, so the compiler guarantees what libpq only documents: a `PGconn`
/// is finished once, and never used by two threads at the same time. Its calls block, each with
/// a deadline.
package struct Connection: ~Copyable {
    let raw: OpaquePointer
    let answerDuration: Duration
    private let statements: StatementCache

    /// Connects, and sets the session up.
    ///
    /// Of several hosts the first that takes writes is chosen; a standby is refused.
    ///
    /// - Parameter options: Where to, and how the session behaves.
    /// - Throws: ``PostgresError/connectionString(reason:)``, ``PostgresError/connect(reason:)``.
    package init(_ options: ConnectionOptions) throws(PostgresError) {
        self = try Self.open(options)
    }

    private init(raw: OpaquePointer, answerDuration: Duration) {
        (self.raw, self.answerDuration) = (raw, answerDuration)
        statements = StatementCache()
    }

    private static func open(_ options: ConnectionOptions) throws(PostgresError) -> Connection {
        let parameters = try ConnectionParameters(options)
        guard let raw = parameters.connect() else { throw .outOfMemory }
        guard PQstatus(raw) == CONNECTION_OK else {
            let reason = parameters.redacted(String(cString: PQerrorMessage(raw)))
            PQfinish(raw)
            throw .connect(reason: reason)
        }
        PQsetnonblocking(raw, 1)
        PQsetNoticeProcessor(raw, { _, _ in }, nil)
        let connection = Connection(
            raw: raw, answerDuration: options.statementDuration + Limits.answerMargin)
        try connection.configure(options)
        return connection
    }

    deinit { PQfinish(raw) }

    private borrowing func configure(_ options: ConnectionOptions) throws(PostgresError) {
        func milliseconds(_ duration: Duration) -> String {
            String(Int64(duration / .milliseconds(1)))
        }
        _ = try run(
            """
            SELECT pg_catalog.set_config('statement_timeout', \
            \(milliseconds(options.statementDuration)), false),
                pg_catalog.set_config('lock_timeout', \(milliseconds(options.lockDuration)), false),
                pg_catalog.set_config('idle_in_transaction_session_timeout', \
            \(milliseconds(options.idleTransactionDuration)), false),
                pg_catalog.set_config('search_path', \(options.searchPath), false),
                pg_catalog.set_config('client_min_messages', 'warning', false),
                pg_catalog.set_config('DateStyle', 'ISO', false),
                pg_catalog.set_config('TimeZone', 'UTC', false),
                pg_catalog.set_config('bytea_output', 'hex', false),
                pg_catalog.set_config('extra_float_digits', '1', false),
                pg_catalog.set_config('jit', 'off', false)
            """)
    }

    /// Runs one statement.
    ///
    /// - Parameter sql: The statement and its parameters.
    /// - Returns: Its rows.
    /// - Throws: ``PostgresError``.
    @discardableResult
    package borrowing func run(_ sql: SQL) throws(PostgresError) -> [Row] {
        try send(sql)
        return try answer(to: sql.text).rows()
    }

    /// Runs one statement through a plan that the session keeps: for those that come often.
    ///
    /// - Parameter sql: The statement; its text is what identifies the plan.
    /// - Returns: Its rows.
    /// - Throws: ``PostgresError``.
    @discardableResult
    package borrowing func runPrepared(_ sql: SQL) throws(PostgresError) -> [Row] {
        try send(sql, preparedAs: prepare(sql))
        return try answer(to: sql.text).rows()
    }

    /// Has the server keep a plan of a statement, unless it does.
    ///
    /// - Returns: The plan's name; nil where there is no room for more.
    borrowing func prepare(_ sql: SQL) throws(PostgresError) -> String? {
        switch statements.name(of: sql.text) {
        case .known(let known): return known
        case .full: return nil
        case .new(let new):
            let sent = try Parameters(sql).withPointers { types, _, _, _ in
                PQsendPrepare(raw, new, sql.text, CInt(sql.binds.count), types)
            }
            guard sent == 1 else { throw lost() }
            _ = try answer(to: sql.text)
            statements.add(new, for: sql.text)
            return new
        }
    }

    /// Queues a statement to be sent, by its plan where it has one.
    borrowing func send(_ sql: SQL, preparedAs name: String? = nil) throws(PostgresError) {
        let sent = try Parameters(sql).withPointers { types, values, lengths, formats in
            let count = CInt(sql.binds.count)
            guard let name else {
                return PQsendQueryParams(
                    raw, sql.text, count, types, values, lengths, formats, 0)
            }
            return PQsendQueryPrepared(raw, name, count, values, lengths, formats, 0)
        }
        guard sent == 1 else { throw lost() }
    }

    /// Runs a text of several statements, without parameters; the rows are dropped.
    ///
    /// Several statements in one text are one transaction, unless the text has its own.
    ///
    /// - Parameter text: From a trusted source only.
    /// - Throws: ``PostgresError``.
    package borrowing func runScript(_ text: String) throws(PostgresError) {
        guard PQsendQuery(raw, text) == 1 else { throw lost() }
        _ = try answer(to: text)
    }

    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// A connection lost while committing leaves the outcome unknown; what is written has to be
    /// safe to write again.
    ///
    /// - Parameters:
    ///   - opening: `BEGIN`, and any `SET LOCAL` that is to go with it in the same message.
    ///   - body: What to do; gets this connection.
    /// - Returns: What `body` returned.
    /// - Throws: ``PostgresError``, and what `body` threw.
    package borrowing func transaction<Result>(
        opening: String = "BEGIN", _ body: (borrowing Connection) throws -> Result
    ) throws -> Result {
        try runScript(opening)
        do {
            let result = try body(self)
            // The server answers such a COMMIT with a rollback, and calls that success.
            guard PQtransactionStatus(raw) != PQTRANS_INERROR else {
                throw PostgresError.server(
                    sqlState: "25P02", message: "an error within the transaction was ignored",
                    statement: "COMMIT")
            }
            try run("COMMIT")
            return result
        } catch {
            // Where the connection is lost this fails too, and the server rolls back by itself.
            if isAlive() { _ = try? run("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body`, and where it throws takes back what it did, so the transaction may go on.
    package borrowing func savepoint<Result>(
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result {
        try run("SAVEPOINT docket")
        do {
            let result = try body(self)
            try run("RELEASE SAVEPOINT docket")
            return result
        } catch {
            try run("ROLLBACK TO SAVEPOINT docket")
            try run("RELEASE SAVEPOINT docket")
            throw error
        }
    }

    /// No transaction is open and the connection stands, as far as libpq knows.
    var isIdle: Bool {
        PQstatus(raw) == CONNECTION_OK && PQtransactionStatus(raw) == PQTRANS_IDLE
            && PQpipelineStatus(raw) == PQ_PIPELINE_OFF
    }

    /// Whether the connection stands; sees what the server sent since the last statement, such
    /// as its farewell.
    package borrowing func isAlive() -> Bool {
        guard PQstatus(raw) == CONNECTION_OK else { return false }
        var descriptor = pollfd(fd: PQsocket(raw), events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, 0) != 0 else { return true }
        return PQconsumeInput(raw) == 1 && PQstatus(raw) == CONNECTION_OK
            && descriptor.revents & Int16(POLLHUP | POLLERR) == 0
    }

    borrowing func lost() -> PostgresError {
        let message = String(cString: PQerrorMessage(raw))
        return .connectionLost(reason: message.split(separator: "\n").first.map(String.init) ?? "")
    }

    /// Sends what is left to send and waits for the last result of a statement.
    borrowing func answer(to statement: String) throws(PostgresError) -> ResultSet {
        let deadline = ContinuousClock.now + answerDuration
        try flush(until: deadline)
        var answer: ResultSet?
        // A script has a result for each statement; an error ends it.
        while true {
            try waitForResult(until: deadline)
            guard let next = PQgetResult(raw) else { break }
            answer = ResultSet(next)
        }
        guard let answer = answer.take() else { throw lost() }
        guard answer.isSuccess else {
            guard PQstatus(raw) == CONNECTION_OK else { throw lost() }
            throw .server(
                sqlState: answer.sqlState, message: answer.message, statement: statement)
        }
        return answer
    }

    /// Sends what is left to send, and takes in what comes meanwhile.
    borrowing func flush(until deadline: ContinuousClock.Instant) throws(PostgresError) {
        while true {
            let left = PQflush(raw)
            guard left >= 0 else { throw lost() }
            guard left == 1 else { return }
            try wait(for: Int16(POLLIN | POLLOUT), until: deadline)
            guard PQconsumeInput(raw) == 1 else { throw lost() }
        }
    }

    borrowing func waitForResult(until deadline: ContinuousClock.Instant) throws(PostgresError) {
        while PQisBusy(raw) == 1 {
            try wait(for: Int16(POLLIN), until: deadline)
            guard PQconsumeInput(raw) == 1 else { throw lost() }
        }
    }

    private borrowing func wait(
        for events: Int16, until deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        let left = deadline - .now
        guard left > .zero else {
            throw .connectionLost(reason: "no answer within \(answerDuration)")
        }
        var descriptor = pollfd(fd: PQsocket(raw), events: events, revents: 0)
        let milliseconds = Int32(min(left / .milliseconds(1) + 1, 60_000))
        guard poll(&descriptor, 1, milliseconds) >= 0 || errno == EINTR else { throw lost() }
    }
}
