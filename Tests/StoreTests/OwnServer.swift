import Foundation
import Postgres
import Store

/// A server of the test's own, because roles belong to a whole server.
struct OwnServer {
    let cluster: PrivateCluster

    /// Makes one for as long as the body takes, with the printed schema applied or not.
    static func with(
        isMigrated: Bool = true, _ body: (OwnServer) async throws -> Void
    ) async throws {
        var options = ClusterOptions(
            directory: "/tmp/docket-roles-\(UUID().uuidString.prefix(8))", database: "docket",
            user: "docket")
        options.isDurable = false
        let server = OwnServer(cluster: try await PrivateCluster.start(options))
        do {
            if isMigrated { try server.script(Store.schemaText()) }
            try await body(server)
        } catch {
            try? await server.cluster.stop()
            throw error
        }
        try await server.cluster.stop()
    }

    func options(as role: String = "docket") -> ConnectionOptions {
        let url = cluster.url.replacingOccurrences(of: "user='docket'", with: "user='\(role)'")
        return ConnectionOptions(url: url, applicationName: "test")
    }

    func store(as role: String = "docket") -> Store {
        Store(
            database: Database(options(as: role), connections: 2),
            exchangeDuration: .seconds(3600))
    }

    func script(_ text: String, as role: String = "docket") throws {
        try Connection(options(as: role)).runScript(text)
    }

    /// The column `v` of all rows.
    func texts(_ sql: SQL, as role: String) throws -> [String] {
        try Connection(options(as: role)).run(sql).map { try $0.get("v") }
    }

    /// The SQLSTATE with which a script is refused; nil when it is not.
    func refusal(of text: String, as role: String) throws -> String? {
        do {
            try script(text, as: role)
            return nil
        } catch let error as PostgresError {
            return error.sqlState
        }
    }
}
