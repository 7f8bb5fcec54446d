import CPostgres

extension Connection {
    /// Appends rows to a table, which costs the server half of what an `INSERT` does.
    ///
    /// - Parameters:
    ///   - table: Its name and the columns, as in `a.b (c, d)`; from a trusted source only.
    ///   - columnCount: Values of each row.
    ///   - indices: What to make rows of.
    ///   - row: Appends the values of one of them.
    /// - Throws: ``PostgresError``; within a transaction it is over then.
    package borrowing func copy(
        into table: String, columnCount: Int, _ indices: some Sequence<Int>,
        _ row: (Int, inout CopyFields) -> Void
    ) throws(PostgresError) {
        let statement = "COPY \(table) FROM STDIN (FORMAT binary)"
        try beginCopy(statement)
        let head = withUnsafeBytes(of: Int16(clamping: columnCount).bigEndian) { Array($0) }
        var piece = CopyFields()
        // A signature, flags, and the length of an extension: none of both.
        piece.append(raw: Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A])
        piece.append(raw: Array(repeating: 0, count: 9))
        for index in indices {
            piece.append(raw: head)
            row(index, &piece)
            guard piece.bytes.count >= Limits.copyPieceByteCount else { continue }
            try send(piece)
            piece.removeAll()
        }
        // A row of -1 values is the end.
        piece.append(raw: [0xFF, 0xFF])
        try send(piece)
        guard PQputCopyEnd(raw, nil) == 1 else { throw lost() }
        _ = try answer(to: statement)
    }

    private borrowing func beginCopy(_ statement: String) throws(PostgresError) {
        guard PQsendQuery(raw, statement) == 1 else { throw lost() }
        let deadline = ContinuousClock.now + answerDuration
        try flush(until: deadline)
        try waitForResult(until: deadline)
        guard let result = PQgetResult(raw).map(ResultSet.init) else { throw lost() }
        guard !result.isCopyIn else { return }
        let failure = PostgresError.server(
            sqlState: result.sqlState, message: result.message, statement: statement)
        while let more = PQgetResult(raw).map(ResultSet.init) { _ = consume more }
        throw failure
    }

    /// Where the server has refused a row already it drops what comes, and says so at the end.
    private borrowing func send(_ piece: borrowing CopyFields) throws(PostgresError) {
        let isQueued = piece.bytes.withUnsafeBytes { bytes in
            let start = bytes.assumingMemoryBound(to: CChar.self)
            return CInt(exactly: start.count).map {
                PQputCopyData(raw, start.baseAddress, $0) == 1
            }
        }
        guard isQueued == true else { throw lost() }
        // At once, so that libpq does not hold all pieces.
        try flush(until: .now + answerDuration)
    }
}
