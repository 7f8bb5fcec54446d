/// Why a private cluster could not be started or stopped.
package enum ClusterError: Error, Equatable, CustomStringConvertible {
    /// No PostgreSQL server programs below `directory`.
    case notInstalled(directory: String)
    /// The data directory was made by another major version than those installed.
    case versionMissing(needed: Int, installed: [Int], dataDirectory: String)
    /// PostgreSQL refuses to run as root, and its usual user does not exist.
    case noAccount(String)
    /// The account that runs the server can not pass through `directory`.
    case notTraversable(directory: String, account: String)
    /// Something exists at `path` that the cluster may not use.
    case notOwned(path: String, account: String)
    case file(path: String, operation: String, reason: String)
    /// A program failed; `log` is where the server says why.
    case program(name: String, reason: String, log: String)
    /// Another process held the cluster's lock for all the time there was.
    case busy(path: String, duration: Duration)
    case database(PostgresError)

    /// True when another attempt may succeed without anybody doing anything.
    package var isTransient: Bool {
        switch self {
        case .busy: true
        case .database(let error): error.isTransient
        default: false
        }
    }

    package var description: String {
        switch self {
        case .notInstalled(let directory):
            "no PostgreSQL server found below \(directory): install the package postgresql, "
                + "or name a server in `database.url`"
        case .versionMissing(let needed, let installed, let dataDirectory):
            "\(dataDirectory) was made by PostgreSQL \(needed), installed is "
                + installed.map(String.init).joined(separator: ", ")
                + ": install postgresql-\(needed), or move the data with pg_upgrade"
        case .noAccount(let name):
            "PostgreSQL does not run as root and there is no user \(name): "
                + "install the package postgresql, or run as another user"
        case .notTraversable(let directory, let account):
            "user \(account), who runs PostgreSQL, cannot pass through \(directory): "
                + "`chmod o+x \(directory)`, or choose another state_dir"
        case .notOwned(let path, let account):
            "\(path) is not a directory of user \(account)'s own: "
                + "remove it, or choose another state_dir"
        case .file(let path, let operation, let reason): "cannot \(operation) \(path): \(reason)"
        case .program(let name, let reason, let log): "\(name) \(reason); see \(log)"
        case .busy(let path, let duration):
            "\(path) was locked by another process for \(duration)"
        case .database(let error): "\(error)"
        }
    }
}
