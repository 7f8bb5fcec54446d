import Configuration
import YAML

/// Definitions in the manner of the shipped ones, declared by hand.
enum SampleDefinitions {
    static let all = Definitions(
        connectors: ["outlook": mail, "sap-idoc": folder], recipes: ["summary", "tags"])

    private static let mail = ConnectorFields(
        connection: [
            .setting("tenant", text, .required, "The directory."),
            .setting("client_id", text, .required, "The registered application."),
            .setting("client_secret", form("secret"), .optional(nil), "Its secret."),
            .setting("certificate", form("path"), .optional(nil), "Its certificate."),
            .setting("private_key", form("path"), .optional(nil), "Its key."),
        ],
        scope: [
            .setting(
                "mailboxes", .settings(listOf: text, count: 1...1000), .required, "Addresses."),
            .setting(
                "folders", .settings(listOf: text), .optional("all but junk"),
                "Well-known names or paths.", example: "[inbox, archive]"),
            .setting("since", form("date"), .optional(nil), "The first day."),
            .setting("attachments", form("boolean"), .defaulted("true"), "Whether to read them."),
        ])

    private static let folder = ConnectorFields(
        connection: [
            .setting(
                "base_url", Form<String>.url(["file", "sftp"]).map(Setting.text), .required,
                "The folder.", example: "sftp://host/dir/"),
            .setting("user", text, .optional(nil), "Who signs in."),
            .setting("password", form("secret"), .optional(nil), "With what."),
        ],
        scope: [
            .setting("types", .settings(listOf: text), .required, "Message types.")
        ])

    private static let text = Form<String>.text.map(Setting.text)

    private static func form(_ type: String) -> Form<Setting> {
        guard let form = Form<Setting>(type: type) else {
            preconditionFailure("there is no type \(type)")
        }
        return form
    }
}
