import Foundation
package import Postgres

/// One PostgreSQL for all tests of a process, started by the first that asks.
///
/// It goes with the process, whatever ends that; nothing has to be stopped.
package enum TestCluster {
    private static let started = Task { () throws -> PrivateCluster in
        let name = "docket-test-\(UUID().uuidString.prefix(8))"
        var options = ClusterOptions(directory: "/tmp/\(name)", database: "docket", user: "docket")
        options.isDurable = false
        return try await PrivateCluster.start(options)
    }

    /// The cluster's own database, as its superuser.
    package static func url() async throws -> String { try await started.value.url }

    /// An empty database of the caller's own, or a copy of `template`.
    ///
    /// - Returns: How to connect to it as the superuser.
    package static func makeDatabase(
        named name: String? = nil, template: String = "template0"
    ) async throws -> ConnectionOptions {
        let name = name ?? "test_\(UUID().uuidString.lowercased().prefix(12))"
        let admin = try await url()
        let database = Database(
            ConnectionOptions(url: admin, applicationName: "test"), connections: 1)
        try await database.withConnection { connection in
            try connection.runScript("CREATE DATABASE \"\(name)\" TEMPLATE \"\(template)\"")
        }
        await database.close()
        let url = admin.replacingOccurrences(of: "dbname='docket'", with: "dbname='\(name)'")
        return ConnectionOptions(url: url, applicationName: "test")
    }
}
