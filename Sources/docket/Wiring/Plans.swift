import Configuration
import Connectors
import Domain
import Enrich
import FoundationEssentials
import HTTPClient
import Ingest
import JSON
import YAML

extension Setup {
    /// What to read for a connector, with its secrets resolved.
    ///
    /// - Parameters:
    ///   - connector: One of the configuration's.
    ///   - rules: Which jobs its documents get.
    ///   - spoolDirectory: Where contents lie meanwhile; nil: in the state directory.
    /// - Returns: The plan.
    /// - Throws: ``CommandFailure`` with ``ExitCode/configuration``.
    func plan(
        for connector: Connector, rules: [JobRule], spoolDirectory: String? = nil
    ) throws(CommandFailure) -> ConnectorPlan {
        guard let definition = definitions[connector.definition] else {
            throw CommandFailure(
                code: .configuration,
                message: "\(connector.location): no definition `\(connector.definition)`")
        }
        guard
            connector.connection.baseURL != nil || definition.baseURL != nil
                || definition.authentication.namesService
        else {
            throw CommandFailure(
                code: .configuration,
                message: "\(connector.location): `connection.base_url` is missing")
        }
        guard case .interval(let interval) = connector.schedule else {
            throw CommandFailure(
                code: .configuration,
                message: "\(connector.location): calendar schedules are not supported by this "
                    + "version; use an interval such as `5m`")
        }
        let spool = if let spoolDirectory { spoolDirectory } else { try self.spoolDirectory() }
        let settings = Settings(
            name: connector.name, baseURL: connector.connection.baseURL,
            tokenURL: connector.connection.tokenURL,
            connection: try texts(of: connector.connection.settings),
            scope: .object(connector.scope), requestsPerSecond: connector.limits.requestsPerSecond,
            concurrency: connector.limits.concurrency,
            contentBytesMax: connector.limits.contentBytes,
            budgetShare: connector.limits.budgetShare, spoolDirectory: spool)
        do {
            let client = try HTTPClient(options(of: connector, definition.pace))
            let reader = try ConnectorReader(
                definition: definition, settings: settings, client: client)
            return ConnectorPlan(
                name: connector.name, reader: reader, rules: rules, interval: interval,
                holdAbove: connector.holdAbove)
        } catch {
            throw CommandFailure(
                code: .configuration, message: "\(connector.location): \(error)")
        }
    }

    private func texts(of settings: [String: Setting]) throws(CommandFailure) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, setting) in settings {
            do throws(SecretError) {
                if let secret = setting.secret {
                    texts[name] = try secret.value(references)
                } else {
                    texts[name] = setting.text ?? setting.integer.map(String.init)
                }
            } catch {
                throw CommandFailure(
                    code: .configuration, message: error.diagnostic.rendered())
            }
        }
        return texts
    }

    private func options(of connector: Connector, _ pace: Pace) -> HTTPClientOptions {
        var options = HTTPClientOptions()
        options.idleTimeout = pace.patience
        options.totalTimeout += pace.patience
        options.proxy = connector.connection.proxy
        options.caFile = connector.connection.caFile
        options.clientCertificate = connector.connection.clientCertificate
        options.clientKey = connector.connection.clientKey
        options.userAgent = "docket/\(Version.number)"
        // Some systems open a session for each request that shows no cookie of an earlier one.
        options.keepsCookies = true
        return options
    }

    private func spoolDirectory() throws(CommandFailure) -> String {
        let path = "\(configuration.stateDirectory)/spool"
        do { return try Spool.directory(in: path) } catch {
            throw CommandFailure(
                code: .configuration, message: "state_dir: \(path) cannot be made: \(error)")
        }
    }
}

extension JSON {
    /// A connector's `scope` as it is written.
    fileprivate static func object(_ settings: [String: Setting]) -> JSON {
        .object(
            Members(
                settings.sorted { $0.key < $1.key }.map { (name: $0.key, value: JSON($0.value)) }))
    }

    private init(_ setting: Setting) {
        switch setting {
        case .text(let text): self = .string(text)
        case .integer(let number): self = JSON(number)
        case .number(let number): self = JSON(number)
        case .boolean(let value): self = .bool(value)
        case .duration(let duration): self = JSON(duration / .seconds(1))
        case .day(let day): self = .string("\(day)")
        case .list(let items): self = .array(items.map(JSON.init))
        case .mapping(let members): self = .object(members)
        // A scope has none.
        case .secret: self = .null
        }
    }
}
