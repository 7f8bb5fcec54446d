import Domain
package import YAML

extension Authentication {
    private enum Kind: String, CaseIterable {
        case clientCredentials = "oauth2_client_credentials"
    }

    static let section = Section([kindField, tokenURLField, scopeField]) { values, _ in
        switch values[kindField] {
        case .clientCredentials:
            Authentication.clientCredentials(
                tokenURL: values[tokenURLField], scope: values[scopeField])
        }
    }

    private static let kindField = Field("kind", .cases(Kind.self), "The protocol.")
    private static let tokenURLField = Field(
        "token_url", .template, "Where tokens come from, unless a connector says otherwise.")
    private static let scopeField = Field("scope", .template, "What the token is asked for.")
}

extension ErrorTable {
    package static let section = Section([codesField, messageField, rulesField]) { values, _ in
        ErrorTable(
            rules: values[rulesField], codePaths: values[codesField],
            messagePath: values[messageField])
    }

    private static let codesField = Field(
        "codes", .list(of: .jsonPath), default: "[]", "Where a body names its error codes.")
    private static let messageField = Field(
        optional: "message", .jsonPath, "Where a body explains itself to people.")
    private static let rulesField = Field(
        "rules", .list(of: .section(Rule.section)), "The first that fits decides.")
}

extension ErrorTable.Rule {
    static let section = Section([statusField, codeField, actionField]) { values, _ in
        ErrorTable.Rule(
            statuses: Set(values[statusField]),
            codes: Set(values[codeField].map { $0.lowercased() }), action: values[actionField])
    }

    private static let statusField = Field(
        "status", .list(of: .integer(100...599)), default: "[]", "Any of these; empty: any.")
    private static let codeField = Field(
        "code", .list(of: .text), default: "[]", "Any of these, whatever their case; empty: any.")
    private static let actionField = Field(
        "action", .cases(ErrorTable.Action.self),
        "renew the token, retry later, reset the cursor, forbid, skip what is gone, or fail.")
}
