package import YAML

/// The database docket files into.
package struct DatabaseSettings: Sendable, Equatable {
    /// A libpq URL.
    package let url: Secret
}

extension DatabaseSettings {
    private static let url = Field(
        "url", .secretText, "A PostgreSQL connection URL; its password comes by reference.",
        example: "postgresql://docket:${credential:db}@db.example/docket")

    static let section = Section<DatabaseSettings>(
        [url],
        checks: [
            { values, reader in
                guard let prefix = values.find(url)?.literalPrefix, !prefix.isEmpty else { return }
                let isPostgres = ["postgresql://", "postgres://"].contains { prefix.hasPrefix($0) }
                guard isPostgres else {
                    reader.error(
                        at: values.location(of: url),
                        "a database URL begins with `postgresql://`", mask: .place)
                    return
                }
                guard hasPassword(prefix) else { return }
                reader.warning(
                    at: values.location(of: url), "the URL holds a password in plain text",
                    help: "write the password as `${credential:NAME}`", mask: .place)
            }
        ]
    ) { values, _ in DatabaseSettings(url: values[url]) }

    /// Whether `user:password@` stands in the literal beginning of a URL.
    private static func hasPassword(_ prefix: String) -> Bool {
        guard let start = prefix.firstRange(of: "://")?.upperBound,
            let end = prefix[start...].firstIndex(of: "@")
        else { return false }
        let user = prefix[start..<end]
        guard let colon = user.firstIndex(of: ":") else { return false }
        return prefix.index(after: colon) < end
    }
}
