import Configuration
import Foundation
import Lifecycle
import Postgres
import Store
import Telemetry
import YAML

/// The database in use: the configured one, or docket's own cluster, started if need be.
struct OpenDatabase: Sendable {
    let url: String
    let database: Database
    private let cluster: PrivateCluster?

    /// Name of the database and of its owner in docket's own cluster.
    private static let ownName = "docket"
    /// Pages, jobs and heartbeat side by side; more would wait for the two cores anyway.
    private static let connectionsMax = 8
    private static let serverCheckInterval: Duration = .seconds(2)

    /// - Throws: ``CommandFailure``: 69 when there is no database, 78 for its secret.
    init(_ setup: Setup) async throws(CommandFailure) {
        if let settings = setup.configuration.database {
            do {
                url = try settings.url.value(setup.references)
            } catch {
                throw CommandFailure(code: .configuration, message: "\(error)")
            }
            cluster = nil
        } else {
            let directory = "\(setup.configuration.stateDirectory)/postgres"
            do {
                let cluster = try await PrivateCluster.start(
                    ClusterOptions(
                        directory: directory, database: Self.ownName, user: Self.ownName))
                self.cluster = cluster
                url = cluster.url
            } catch {
                throw CommandFailure(code: .unavailable, message: "\(error)")
            }
        }
        database = Database(
            ConnectionOptions(url: url, applicationName: "docket"),
            connections: Self.connectionsMax)
    }

    /// Starts docket's own server again whenever it has died, until cancelled.
    ///
    /// Nobody else would: what uses the database only ever tries to connect again.
    func keepServer(_ log: Log) async {
        guard let cluster else { return }
        while true {
            do { try await Task.sleep(for: Self.serverCheckInterval) } catch { return }
            do {
                try await database.withConnection { _ in }
            } catch {
                guard !Task.isCancelled else { return }
                log.warning("the database server does not answer; starting it again")
                do { try await cluster.revive() } catch { log.error("\(error)") }
            }
        }
    }

    /// Closes the connections, and stops the cluster unless another process uses it.
    func close() async {
        await database.close()
        try? await cluster?.stop()
    }
}

extension Setup {
    /// False before docket's own server was ever started.
    var hasDatabase: Bool {
        configuration.database != nil
            || FileManager.default.fileExists(
                atPath: "\(configuration.stateDirectory)/postgres/data/PG_VERSION")
    }

    /// Lends the database and closes it, whatever the outcome.
    ///
    /// - Parameters:
    ///   - isReady: Refuse a schema that is not this program's.
    ///   - body: What to do with it.
    /// - Returns: What the body gives.
    /// - Throws: ``CommandFailure`` for what the database refuses.
    func withDatabase<Result: Sendable>(
        isReady: Bool = true, _ body: (OpenDatabase, Store) async throws -> Result
    ) async throws -> Result {
        let opened = try await OpenDatabase(self)
        let store = Store(
            database: opened.database, exchangeDuration: configuration.exchangeDuration)
        do {
            if isReady { try await store.checkSchema() }
            let result = try await body(opened, store)
            await opened.close()
            return result
        } catch {
            await opened.close()
            throw CommandFailure(error) ?? error
        }
    }
}

extension CommandFailure {
    /// A store's refusal as a command's; nil for other errors.
    init?(_ error: any Error) {
        guard let error = error as? StoreError else { return nil }
        switch error {
        case .cancelled: self.init(code: .cancelled, message: "cancelled")
        case .schemaNewer, .schemaOlder, .migrationEdited:
            self.init(code: .configuration, message: "\(error)")
        case .schemaForbidden: self.init(code: .permission, message: "\(error)")
        default: self.init(code: .unavailable, message: "\(error)")
        }
    }
}
