import CPostgres

/// The answer to one statement, cleared when it goes out of scope.
struct ResultSet: ~Copyable {
    private let raw: OpaquePointer

    init(_ raw: OpaquePointer) { self.raw = raw }

    deinit { PQclear(raw) }

    var isSuccess: Bool {
        switch PQresultStatus(raw) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: true
        default: false
        }
    }

    /// The statements sent together have all been answered.
    var isEndOfPipeline: Bool { PQresultStatus(raw) == PGRES_PIPELINE_SYNC }

    /// The server waits for rows.
    var isCopyIn: Bool { PQresultStatus(raw) == PGRES_COPY_IN }

    /// The server's primary message; of a data exception (22) without the value it quotes.
    var message: String {
        guard let field = PQresultErrorField(raw, docket_pg_diag_message_primary) else {
            return String(cString: PQresultErrorMessage(raw))
        }
        let message = String(cString: field)
        guard sqlState.hasPrefix("22"), let quote = message.firstIndex(of: "\"") else {
            return message
        }
        return String(message[..<quote]) + "…"
    }

    /// Five-character SQLSTATE, `?????` when the failure happened before the server saw it.
    var sqlState: String {
        guard let field = PQresultErrorField(raw, docket_pg_diag_sqlstate) else {
            return "?????"
        }
        return String(cString: field)
    }

    func rows() -> [Row] {
        let (rowCount, columnCount) = (PQntuples(raw), PQnfields(raw))
        guard rowCount > 0 else { return [] }
        var columns: [String: Int] = [:]
        for column in 0..<columnCount {
            guard let name = PQfname(raw, column) else { continue }
            columns[String(cString: name)] = Int(column)
        }
        return (0..<rowCount).map { row in
            Row(
                columns: columns,
                values: (0..<columnCount).map { column in
                    guard PQgetisnull(raw, row, column) == 0 else { return nil }
                    let bytes = UnsafeRawBufferPointer(
                        start: PQgetvalue(raw, row, column),
                        count: Int(PQgetlength(raw, row, column)))
                    return String(decoding: bytes, as: UTF8.self)
                })
        }
    }
}
