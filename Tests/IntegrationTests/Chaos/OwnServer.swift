import Foundation
import Postgres

/// A PostgreSQL of one test's own, to be killed and starved.
struct OwnServer: Sendable {
    private let cluster: PrivateCluster
    private let directory: String

    /// Runs one for as long as the body takes.
    ///
    /// - Parameters:
    ///   - directory: Where; nil: a new one, which goes with it.
    ///   - body: What to do with it.
    /// - Throws: Where it cannot be had, and what the body throws.
    static func with(
        in directory: String? = nil, _ body: (OwnServer) async throws -> Void
    ) async throws {
        let directory = directory ?? "/tmp/docket-own-\(UUID().uuidString.prefix(8))"
        var options = ClusterOptions(directory: directory, database: "docket", user: "docket")
        options.isDurable = false
        let server = OwnServer(
            cluster: try await PrivateCluster.start(options), directory: directory)
        do {
            try await body(server)
        } catch {
            try? await server.cluster.stop()
            throw error
        }
        try await server.cluster.stop()
    }

    /// How to connect to its empty database.
    var options: ConnectionOptions {
        ConnectionOptions(url: cluster.url, applicationName: "test")
    }

    var isRunning: Bool { processID.map { kill($0, 0) == 0 } ?? false }

    /// `pg_ctl stop -m immediate`: no farewell, and a recovery at the next start.
    func crash() async throws {
        guard let processID else { return }
        kill(processID, SIGQUIT)
        try await until("the server is gone") { kill(processID, 0) != 0 }
    }

    func startAgain() async throws { try await cluster.revive() }

    private var processID: pid_t? {
        let text = try? String(contentsOfFile: directory + "/data/postmaster.pid", encoding: .utf8)
        return text?.split(separator: "\n").first.flatMap { pid_t($0) }
    }
}
