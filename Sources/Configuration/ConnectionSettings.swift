package import YAML

/// How a connector reaches its source.
package struct ConnectionSettings: Sendable, Equatable {
    /// Every key that is there or has a default, the definition's own and the common ones.
    package let settings: [String: Setting]

    package var baseURL: String? { settings["base_url"]?.text }
    package var tokenURL: String? { settings["token_url"]?.text }
    package var proxy: String? { settings["proxy"]?.text }
    /// Paths of PEM files.
    package var caFile: String? { settings["ca_file"]?.text }
    package var clientCertificate: String? { settings["client_certificate"]?.text }
    package var clientKey: String? { settings["client_key"]?.text }
    /// Whether plain `http://` to other machines is allowed.
    package var isInsecure: Bool { settings["insecure"]?.boolean ?? false }
}

extension ConnectionSettings {
    /// The keys every connector has.
    static let common: [Field<Setting?>] = [
        .setting(
            "base_url", Form<String>.url(["https", "http", "file", "sftp"]).map(Setting.text),
            .optional("the definition's"),
            "Where the source is: a national cloud, a proxy, a test.",
            example: "https://api.example/v1"),
        .setting(
            "token_url", Form<String>.url().map(Setting.text), .optional("the definition's"),
            "Where access tokens come from, for connectors that sign in by OAuth.",
            example: "https://login.example/token"),
        .setting(
            "proxy", Form<String>.url(["http", "https", "socks5", "socks5h"]).map(Setting.text),
            .optional("none"), "A proxy for every request of the connector.",
            example: "http://proxy:3128"),
        .setting(
            "ca_file", Form<String>.path.map(Setting.text), .optional("the system's"),
            "PEM file of the authorities to trust.", example: "/etc/docket/ca.pem"),
        .setting(
            clientCertificateName, Form<String>.path.map(Setting.text), .optional("none"),
            "PEM file of the certificate to present.", example: "/etc/docket/client.pem"),
        .setting(
            clientKeyName, Form<String>.path.map(Setting.text), .optional("none"),
            "PEM file of the certificate's key.", example: "/etc/docket/client.key"),
        insecure,
    ]

    private static let clientCertificateName = "client_certificate"
    private static let clientKeyName = "client_key"

    private static let insecure = Field<Setting?>.setting(
        "insecure", Form<Bool>.boolean.map(Setting.boolean), .defaulted("false"),
        "Allows plain `http://` to other machines; credentials then travel in the open.")

    /// The table for one definition.
    static func section(_ fields: ConnectorFields) -> Section<ConnectionSettings> {
        let own = Set(fields.connection.map(\.name))
        let all = fields.connection + common.filter { !own.contains($0.name) }
        let settings = Section<[String: Setting]>.settings(
            all,
            checks: [
                { checkPlainHTTP(all, $0, &$1) }, { checkCertificate(all, $0, &$1) },
            ] + fields.connectionChecks)
        return Section(settings) { ConnectionSettings(settings: $0) }
    }

    /// The table as far as it is the same for every definition, for explanations.
    static let commonSection = section(ConnectorFields(connection: [], scope: []))

    private static func checkPlainHTTP(
        _ fields: [Field<Setting?>], _ values: Values, _ reader: inout Reader
    ) {
        guard values.find(insecure) != .some(.some(.boolean(true))) else { return }
        // A proxy carries what is encrypted already.
        for field in fields where field.name != "proxy" {
            guard case .url = field.shape, let setting = values.find(field),
                let text = setting?.text,
                let address = Address(text), address.scheme == "http", !address.isLoopback
            else { continue }
            reader.error(
                at: values.location(of: field), "plain `http://` is allowed to loopback only",
                help: "use `https://`, or say `insecure: true` in `connection`")
        }
    }

    private static func checkCertificate(
        _ fields: [Field<Setting?>], _ values: Values, _ reader: inout Reader
    ) {
        guard let certificate = fields.first(where: { $0.name == clientCertificateName }),
            let key = fields.first(where: { $0.name == clientKeyName })
        else { return }
        for (present, missing) in [(certificate, key), (key, certificate)]
        where values.has(present) && !values.has(missing) {
            reader.error(
                at: values.keyLocation(of: present),
                "`\(present.name)` needs `\(missing.name)` beside it")
        }
    }
}
