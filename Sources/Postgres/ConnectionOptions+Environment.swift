import CPostgres

extension ConnectionOptions {
    /// The connection string as the variables that psql and every other libpq program reads.
    ///
    /// A password in it is then not among a program's arguments, which are everybody's to read.
    ///
    /// Source: PostgreSQL, "libpq: Environment Variables".
    ///
    /// - Returns: Names such as `PGHOST` and their values.
    /// - Throws: ``PostgresError/connectionString(reason:)``.
    package func environment() throws(PostgresError) -> [String: String] {
        // libpq quotes the string in its complaint, and with it perhaps the password.
        guard let parsed = PQconninfoParse(url, nil) else {
            throw .connectionString(
                reason: "not a connection string such as postgresql://user@host/database")
        }
        defer { PQconninfoFree(parsed) }
        var variables: [String: String] = [:]
        var option = parsed
        while option.pointee.keyword != nil {
            if let name = option.pointee.envvar, let value = option.pointee.val {
                variables[String(cString: name)] = String(cString: value)
            }
            option += 1
        }
        return variables
    }
}
