import FoundationEssentials

extension Authentication {
    /// What the first method needs that the connector gives all values for.
    ///
    /// - Throws: ``ConnectorError/signIn(url:reason:)`` naming what is missing or unreadable.
    func credentials(
        _ values: [String: String], _ settings: Settings
    ) throws(ConnectorError) -> Credentials {
        let method = methods.first { $0.needs.allSatisfy { values[$0]?.isEmpty == false } }
        guard let method else {
            let ways = methods.map { $0.needs.joined(separator: ", ") }
            throw .signIn(
                url: settings.name,
                reason: "connection lacks values; needed is \(ways.joined(separator: ", or "))")
        }
        func value(_ name: String) -> String { values[name] ?? "" }
        func url(_ template: Template) -> String { settings.tokenURL ?? template.expand(values) }
        func text(_ template: Template?) -> String? { template?.expand(values, isEncoded: false) }
        switch method {
        case .none: return .none
        case .basic: return .basic(user: value("user"), password: value("password"))
        case .header(let name): return .header(name: name, value: value("api_key"))
        case .clientCredentials(let tokenURL, let scope, let inHeader):
            return .token(
                url: url(tokenURL),
                .clientCredentials(
                    clientID: value("client_id"), secret: value("client_secret"),
                    scope: text(scope), style: inHeader ? .basic : .body))
        case .clientAssertion(let tokenURL, let scope):
            return .token(
                url: url(tokenURL),
                .clientAssertion(
                    clientID: value("client_id"), certificate: try file("certificate", values),
                    key: try file("private_key", values), scope: text(scope)))
        case .jwtBearer(let tokenURL, let audience):
            return .token(
                url: url(tokenURL),
                .jwtBearer(
                    clientID: value("client_id"), subject: value("username"),
                    audience: text(audience) ?? "", key: try file("private_key", values)))
        }
    }

    /// The content of a PEM file; the name goes into an error, the content never.
    private func file(
        _ name: String, _ values: [String: String]
    ) throws(ConnectorError) -> [UInt8] {
        let path = values[name] ?? ""
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .signIn(url: path, reason: "\(name): the file cannot be read")
        }
        return Array(data)
    }
}
