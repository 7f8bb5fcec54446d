/// Where a private cluster lives and what is in it.
package struct ClusterOptions: Sendable {
    /// Holds everything of the cluster; an absolute path, made when absent.
    package var directory: String
    /// The database to make, and the superuser who owns it.
    package var database: String
    package var user: String
    /// False, for tests: no fsync, and the directory is removed after its last user.
    package var isDurable = true
    /// Where Debian keeps server programs, one directory a major version.
    package var programsDirectory = "/usr/lib/postgresql"

    package init(directory: String, database: String, user: String) {
        (self.directory, self.database, self.user) = (directory, database, user)
    }

    /// Server settings, beyond those of `initdb`.
    var settings: [(name: String, value: String)] {
        let common = [
            ("listen_addresses", ""), ("unix_socket_permissions", "0700"),
            ("max_connections", "64"), ("shared_buffers", "256MB"), ("jit", "off"),
            // lz4: 2.5 times the rows a second of the default for documents of 4 kB.
            ("default_toast_compression", "lz4"), ("wal_compression", "lz4"),
            ("max_wal_size", "2GB"), ("checkpoint_timeout", "15min"),
            ("log_min_messages", "warning"), ("log_checkpoints", "off"),
            ("timezone", "UTC"), ("log_timezone", "UTC"),
        ]
        guard !isDurable else { return common }
        return common + [
            ("max_connections", "500"), ("fsync", "off"), ("synchronous_commit", "off"),
            ("full_page_writes", "off"),
        ]
    }
}
