/// What a test writes into docket's configuration, beside what the tenant announces.
struct Configured {
    var mailboxes: [String] = [.sales]
    /// Empty: all that the definition reads by itself.
    var folders: [String] = []
    var hasAttachments = false
    /// A day, from which on mails are read.
    var since: String?
    /// Flow form, as in `[summary, tags]`.
    var recipes = "[]"
    var model: String?
    /// The base URL of a remote model, whose key is the tenant's secret too.
    var remoteModel: String?
    /// More keys of it, a line each.
    var remoteModelKeys = ["sequences: 2"]
    var baseURL: String?
    var tokenURL: String?
    var secretReference = "${file:../secret}"
    var schedule = "5m"
    /// Instead of a database of the shared server: docket's own server in its state_dir.
    var hasOwnServer = false
    /// The connector's name, and that of its key `schedule`, for those who cannot spell.
    var scheduleKey = "schedule"
    /// Other connector files by name, for a tenant that has started; nil: one that reads its mail.
    var connectors: (@Sendable (Tenant) -> [String: String])?

    func main(stateDirectory: String, databaseURL: String) -> String {
        var lines = [
            "state_dir: \(stateDirectory)", #"admin: {listen: "127.0.0.1:0"}"#,
            "recipes: \(recipes)",
        ]
        if !hasOwnServer { lines.append("database: {url: \"\(databaseURL)\"}") }
        if let model {
            lines += [
                "models:", "  - name: default", "    file: \(model)", "    context_length: 1024",
                "    sequences: 8",
            ]
        }
        if let remoteModel {
            lines += [
                "models:", "  - name: cluster", "    url: \(remoteModel)", "    model: m-1",
                "    api_key: ${file:secret}",
            ]
            lines += remoteModelKeys.map { "    \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The files of `connectors.d` by name.
    func connectors(of tenant: Tenant) -> [String: String] {
        connectors?(tenant) ?? ["mail": connector(of: tenant)]
    }

    private func connector(of tenant: Tenant) -> String {
        """
        name: mail
        connector: outlook
        \(scheduleKey): \(schedule)
        connection:
          base_url: \(baseURL ?? tenant.fact("base_url"))
          token_url: \(tokenURL ?? tenant.fact("token_url"))
          tenant: \(tenant.fact("tenant"))
          client_id: \(tenant.fact("client_id"))
          client_secret: \(secretReference)
        scope:
          mailboxes: [\(mailboxes.joined(separator: ", "))]
          folders: [\(folders.joined(separator: ", "))]
          attachments: \(hasAttachments)
          \(since.map { "since: \($0)" } ?? "")
        limits: {requests_per_second: 1000}

        """
    }
}
