/// Where a database is and how a session behaves.
package struct ConnectionOptions: Sendable {
    /// A libpq connection string, as a URL or as `host=... dbname=...`.
    ///
    /// May hold a password, so it is never printed.
    package var url: String
    /// Shown in `pg_stat_activity`.
    package var applicationName: String
    package var connectDuration: Duration = .seconds(10)
    /// The server ends a statement that takes longer.
    package var statementDuration: Duration = .seconds(120)
    package var lockDuration: Duration = .seconds(5)
    /// The server ends a session that leaves a transaction idle for longer.
    package var idleTransactionDuration: Duration = .seconds(30)
    /// Unacknowledged data breaks a TCP connection after this.
    package var silenceDuration: Duration = .seconds(30)
    /// Schemas searched for unqualified names.
    package var searchPath = "pg_catalog"

    package init(url: String, applicationName: String) {
        (self.url, self.applicationName) = (url, applicationName)
    }
}
