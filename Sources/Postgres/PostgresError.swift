/// Why a statement or a connection failed.
///
/// Carries statements, which hold only `$1`, `$2`; never a bound value, never a password.
package enum PostgresError: Error, Equatable, CustomStringConvertible {
    /// The connection string does not parse, or asks for what docket refuses.
    case connectionString(reason: String)
    case connect(reason: String)
    /// The connection was lost, or gave no answer in time: whether the statement took effect is
    /// unknown.
    case connectionLost(reason: String)
    /// `sqlState` is the five-character code of PostgreSQL's Appendix A, e.g. `23505`.
    case server(sqlState: String, message: String, statement: String)
    /// A text with the character NUL, which PostgreSQL can not store.
    case nulCharacter(statement: String)
    /// More parameters than ``Limits`` allows.
    case tooLarge(statement: String)
    /// A column that is absent, NULL where a value must be, or not of the type asked for.
    case column(name: String, expected: String)
    case outOfMemory

    /// True when the same work may succeed on a later attempt.
    ///
    /// Connection lost (08), transaction rolled back (40), resources (53), lock not available
    /// (55P03), operator action (57), a primary that became a standby (25006), an idle
    /// transaction cut off (25P03).
    package var isTransient: Bool {
        switch self {
        case .connect, .connectionLost: true
        case .server(let state, _, _):
            ["08", "40", "53", "57"].contains(state.prefix(2))
                || ["55P03", "25006", "25P03"].contains(state)
        case .connectionString, .nulCharacter, .tooLarge, .column, .outOfMemory: false
        }
    }

    /// True when one of the values is at fault, and not the statement or the server: data
    /// exceptions (22), constraints (23), a value over a limit of the program (54).
    package var isAboutData: Bool {
        switch self {
        case .nulCharacter, .tooLarge: true
        case .server(let state, _, _): ["22", "23", "54"].contains(state.prefix(2))
        default: false
        }
    }

    /// The server's code, where it gave one.
    package var sqlState: String? {
        guard case .server(let state, _, _) = self else { return nil }
        return state
    }

    package var description: String {
        switch self {
        case .connectionString(let reason): "database url: \(reason)"
        case .connect(let reason): "cannot connect to the database: \(reason)"
        case .connectionLost(let reason): "connection to the database lost: \(reason)"
        case .server(let state, let message, let statement):
            "database error \(state): \(message) (in: \(statement.prefix(200)))"
        case .nulCharacter(let statement):
            "a text with a NUL character cannot be stored (in: \(statement.prefix(200)))"
        case .tooLarge(let statement):
            "more than \(Limits.parametersByteCountMax) bytes in one statement "
                + "(in: \(statement.prefix(200)))"
        case .column(let name, let expected): "column \(name) of the result is not \(expected)"
        case .outOfMemory: "libpq is out of memory"
        }
    }
}
