import JSON
import Testing

/// A connector under random change: how it is configured, and which system of the sandbox it
/// reads.
struct MutatedConnector: Sendable, CustomTestStringConvertible {
    let name: String
    /// As the sandbox calls it in its control paths.
    let system: String
    /// The tenant's secret that this connector's file reads from `connector-secret`; nil: none.
    var secret: String?
    /// Some deletions are told late, or found by a reading from the beginning alone.
    var hidesDeletions = false
    /// What the system is told before it is read, below its control path: small pages mean many
    /// requests, each of which can fail.
    var orders: [String: JSON] = [:]
    /// Scopes of the truth that the file below names; nil: all.
    var scopes: Set<String>?
    /// The file below `limits` and `schedule`.
    let file: @Sendable (Tenant) -> String

    var testDescription: String { name }

    func configured() -> Configured {
        let (name, file) = (name, file)
        var configured = Configured()
        configured.connectors = { tenant in
            [
                "\(name)": """
                name: \(name)
                schedule: 1s
                limits: {requests_per_second: 1000}
                deletions: {hold_above: 100%}
                \(file(tenant))

                """
            ]
        }
        return configured
    }

    /// Writes the secret and gives the orders that the connector needs.
    func prepare(_ docket: Installation) async throws {
        if let secret {
            try docket.write(docket.tenant.fact(secret), to: "connector-secret", mode: 0o600)
        }
        for (name, order) in orders {
            try await docket.tenant.control("POST", "\(system)/\(name)", order)
        }
    }

    static let all = [
        outlook, onedrive, salesforce, odata(2, hasDelta: true), odata(4, hasDelta: true),
        odata(2, hasDelta: false), odata(4, hasDelta: false), idoc,
    ]

    static let outlook = MutatedConnector(name: "outlook", system: "mail") { tenant in
        """
        connector: outlook
        \(graph(tenant))
        scope: {mailboxes: \(tenant.fact("mailboxes")), attachments: true}
        """
    }

    static let onedrive = MutatedConnector(
        name: "onedrive", system: "drives", orders: ["page-size": ["items": 10]]
    ) { tenant in
        let groups = list(tenant.fact("drive_groups")).map { "groups/\($0)" }
        let users = list(tenant.fact("drive_users")).map { "users/\($0)" }
        let sites = list(tenant.fact("drive_sites")).map { "\"sites/\($0)\"" }
        return """
            connector: onedrive
            \(graph(tenant))
            scope: {drives: [\((users + sites + groups).joined(separator: ", "))], permissions: true}
            """
    }

    /// Records that never were in the bin are told of by a list that is asked every five minutes.
    static let salesforce = MutatedConnector(
        name: "salesforce", system: "crm", secret: "crm_client_secret", hidesDeletions: true,
        orders: ["switches": ["page_size": 200]]
    ) { tenant in
        """
        connector: salesforce
        connection:
          login_url: \(tenant.fact("crm_login_url"))
          client_id: \(tenant.fact("crm_client_id"))
          client_secret: ${file:../connector-secret}
          api_version: "\(tenant.fact("crm_api_version"))"
        scope:
          objects: [Account, Contact, Case, CaseComment, EmailMessage, FeedItem, Knowledge__kav,
            Task, {name: Project__c, title: Name}]
          files: true
        """
    }

    static func graph(_ tenant: Tenant) -> String {
        """
        connection:
          base_url: \(tenant.fact("base_url"))
          token_url: \(tenant.fact("token_url"))
          tenant: \(tenant.fact("tenant"))
          client_id: \(tenant.fact("client_id"))
          client_secret: ${file:../secret}
        """
    }

    /// The elements of a list such as `[a, b]`.
    private static func list(_ text: String) -> [String] {
        text.dropFirst().dropLast().split(separator: ", ").map(String.init)
    }
}
