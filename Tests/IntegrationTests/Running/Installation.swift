import Foundation
import Postgres
import PostgresTesting
import Testing

/// docket as an administrator has it: a configuration, a database, and a tenant to read.
struct Installation: Sendable {
    let folder: String
    let tenant: Tenant
    /// As it stands in a configuration.
    let databaseURL: String
    let connectionOptions: ConnectionOptions
    private let database: Database

    /// Makes one for as long as the body takes; nothing of it is left then.
    ///
    /// - Parameters:
    ///   - configured: What docket is told.
    ///   - sandbox: Arguments of the tenant.
    ///   - database: An empty one; nil: one of the shared server.
    ///   - body: What to do with it.
    /// - Throws: What the body throws, or what is missing for it.
    static func with(
        _ configured: Configured = Configured(), sandbox: [String] = [],
        database: ConnectionOptions? = nil, _ body: (Installation) async throws -> Void
    ) async throws {
        await Slots.shared.take()
        do {
            try await withoutSlot(configured, sandbox, database, body)
        } catch {
            await Slots.shared.giveBack()
            throw error
        }
        await Slots.shared.giveBack()
    }

    private static func withoutSlot(
        _ configured: Configured, _ sandbox: [String], _ database: ConnectionOptions?,
        _ body: (Installation) async throws -> Void
    ) async throws {
        let folder = "/tmp/docket-it-\(UUID().uuidString.prefix(8))"
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder + "/connectors.d", withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: folder) }
        let tenant = try await Tenant.start(sandbox, in: folder)
        defer { tenant.stop() }
        let options: ConnectionOptions
        if let database {
            options = database
        } else {
            options = try await TestCluster.makeDatabase()
        }
        let installation = Installation(
            folder: folder, tenant: tenant, databaseURL: try webForm(options.url),
            connectionOptions: options, database: Database(options, connections: 1))
        try installation.write(tenant.secret, to: "secret", mode: 0o600)
        try installation.configure(configured)
        do {
            try await body(installation)
        } catch {
            await installation.end()
            throw error
        }
        await installation.end()
    }

    private func end() async {
        await database.close()
        // A server of its own writes into the folder until the end.
        try? await until(within: .seconds(20), "its processes end") { processes().isEmpty }
    }

    // Files

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ text: String, to name: String, mode: Int = 0o644) throws {
        let path = path(name)
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    func configure(_ configured: Configured) throws {
        try write(
            configured.main(stateDirectory: folder, databaseURL: databaseURL), to: "docket.yaml")
        for (name, text) in configured.connectors(of: tenant) {
            try write(text, to: "connectors.d/\(name).yaml")
        }
    }

    // Programs

    /// Starts docket; whoever starts it stops it.
    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Child {
        var variables = Programs.environment.merging(environment) { $1 }
        variables["DOCKET_CONFIG"] = path("docket.yaml")
        return try Child(Programs.docket, arguments, environment: variables, in: folder)
    }

    /// Runs docket to its end, and makes sure that it kept the secret.
    @discardableResult
    func docket(
        _ arguments: String..., environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Outcome {
        let outcome = try await start(arguments, environment: environment).end()
        expectSecrecy(outcome.output + outcome.errors, sourceLocation)
        return outcome
    }

    func expectSecrecy(_ text: String, _ sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(!tenant.secret.isEmpty, sourceLocation: sourceLocation)
        for name in Tenant.secrets {
            let secret = tenant.fact(name)
            #expect(
                secret.isEmpty || !text.contains(secret), "it tells \(name)",
                sourceLocation: sourceLocation)
        }
    }

    /// `docket run --once`, which has to succeed.
    func run(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let outcome = try await docket("run", "--once", sourceLocation: sourceLocation)
        try #require(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    }

    // The database, as a report reads it

    func rows(_ sql: SQL) async throws -> [Row] {
        try await database.withConnection { try $0.run(sql) }
    }

    /// The column `value` of all rows.
    func texts(_ sql: SQL) async throws -> [String] {
        try await rows(sql).map { try $0.get("value") }
    }

    /// The column `value` of the only row.
    func number(_ sql: SQL) async throws -> Int {
        try #require(try await rows(sql).first).get("value")
    }

    /// From `host='...' dbname='...' user='...'` to the form that a configuration takes.
    private static func webForm(_ url: String) throws -> String {
        var parts: [String: String] = [:]
        for match in url.matches(of: /(\w+)='([^']*)'/) { parts["\(match.1)"] = "\(match.2)" }
        let name = try #require(parts["dbname"])
        return "postgresql:///\(name)?host=\(parts["host", default: ""])"
            + "&user=\(parts["user", default: ""])"
    }
}
