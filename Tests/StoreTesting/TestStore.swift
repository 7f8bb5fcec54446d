import Foundation
package import Postgres
import PostgresTesting
package import Store

/// A migrated database of the caller's own.
package enum TestStore {
    private static let template = Task { () throws -> String in
        let name = "docket_template_\(UUID().uuidString.prefix(8))"
        let options = try await TestCluster.makeDatabase(named: name)
        let database = Database(options, connections: 1)
        try await Store(database: database).migrate()
        // A template may have no connections while it is copied.
        await database.close()
        return name
    }

    /// A store over an empty, migrated database.
    package static func make(connections: Int = 4) async throws -> Store {
        Store(database: Database(try await options(), connections: connections))
    }

    /// How to connect to an empty, migrated database, for tests with several stores over one.
    package static func options() async throws -> ConnectionOptions {
        try await TestCluster.makeDatabase(template: template.value)
    }
}
