package import Postgres

/// Why the store could not do what was asked.
package enum StoreError: Error, Equatable, CustomStringConvertible {
    case database(PostgresError)
    /// Another instance holds the stream by now, or it vanished: abandon what was read.
    case leaseLost
    /// The instance's own lease lapsed: abandon everything in flight and register anew.
    case instanceLost
    /// The file of an applied migration is not what was applied.
    case migrationEdited(name: String)
    /// The database was migrated by a newer docket.
    case schemaNewer(version: Int, known: Int)
    /// `docket migrate` has to run first.
    case schemaOlder(pending: [String])
    /// Steps are missing, and the role in use may not change the schema.
    case schemaForbidden(pending: [String])
    /// A stored value that docket did not write.
    case unreadable(String)
    case hash(String)
    case cancelled

    /// True when the same call may succeed on a later attempt.
    package var isTransient: Bool {
        if case .database(let error) = self { error.isTransient } else { false }
    }

    package var description: String {
        switch self {
        case .database(let error): "\(error)"
        case .leaseLost: "another daemon holds this stream by now"
        case .instanceLost: "this daemon was silent for \(Limits.leaseDuration) and lost its leases"
        case .migrationEdited(let name):
            "migration \(name) differs from what was applied to this database: "
                + "restore the file, and put changes into a new one"
        case .schemaNewer(let version, let known):
            "the database is at schema version \(version), this docket knows \(known): "
                + "install the newer docket"
        case .schemaOlder(let pending):
            "the database lacks \(pending.joined(separator: ", ")): run docket migrate"
        case .schemaForbidden(let pending):
            "the database lacks \(pending.joined(separator: ", ")), and this role may not change "
                + "its schema: have the schema's owner run docket migrate, or apply what docket "
                + "migrate --print prints"
        case .unreadable(let what): "unreadable in the database: \(what)"
        case .hash(let reason): "cannot hash: \(reason)"
        case .cancelled: "cancelled"
        }
    }
}
