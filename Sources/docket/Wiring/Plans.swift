import Configuration
import Connectors
import Domain
import Enrich
import FoundationEssentials
import HTTPClient
import Ingest
import YAML

extension Setup {
    /// Pages asked for side by side where a connector does not say.
    private static let concurrencyDefault = 4
    private static let requestsPerSecondDefault = 20.0

    /// What to read for a connector, with its secrets resolved.
    ///
    /// - Parameters:
    ///   - connector: One of the configuration's.
    ///   - rules: Which jobs its documents get.
    /// - Returns: The plan.
    /// - Throws: ``CommandFailure`` with ``ExitCode/configuration``.
    func plan(for connector: Connector, rules: [JobRule]) throws(CommandFailure) -> ConnectorPlan {
        guard let definition = definitions[connector.definition] else {
            throw CommandFailure(
                code: .configuration,
                message: "\(connector.location): no definition `\(connector.definition)`")
        }
        guard let baseURL = connector.connection.baseURL ?? definition.baseURL else {
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
        let settings = Settings(
            name: connector.name, baseURL: baseURL, tokenURL: connector.connection.tokenURL,
            connection: try texts(of: connector.connection.settings),
            lists: connector.scope.compactMapValues(\.texts),
            dates: connector.scope.compactMapValues { setting in
                if case .day(let day) = setting { Timestamp("\(day)")?.date } else { nil }
            },
            requestsPerSecond: connector.limits.requestsPerSecond
                ?? Self.requestsPerSecondDefault)
        do {
            let client = try HTTPClient(options(of: connector))
            let reader = try ConnectorReader(
                definition: definition, settings: settings, client: client)
            return ConnectorPlan(
                name: connector.name, reader: reader, rules: rules, interval: interval,
                concurrency: connector.limits.concurrency ?? Self.concurrencyDefault,
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
                    texts[name] = setting.text
                }
            } catch {
                throw CommandFailure(
                    code: .configuration, message: error.diagnostic.rendered())
            }
        }
        return texts
    }

    private func options(of connector: Connector) -> HTTPClientOptions {
        var options = HTTPClientOptions()
        options.proxy = connector.connection.proxy
        options.caFile = connector.connection.caFile
        options.clientCertificate = connector.connection.clientCertificate
        options.clientKey = connector.connection.clientKey
        options.userAgent = "docket/\(Version.number)"
        return options
    }
}
