package import YAML

extension ErrorTable {
    package static let section = Section([codesField, messageField, rulesField]) { values, _ in
        ErrorTable(
            rules: values[rulesField], codePaths: values[codesField],
            messagePaths: values[messageField])
    }

    private static let codesField = Field(
        "codes", .list(of: .jsonPath), default: "[]", "Where a body names its error codes.")
    private static let messageField = Field(
        "message", .oneOrMore(.jsonPath), default: "[]", "Where a body explains itself to people.")
    private static let rulesField = Field(
        "rules", .list(of: .section(Rule.section)), "The first that fits decides.")
}

extension ErrorTable.Rule {
    static let section = Section(
        [
            statusField, codeField, messageField, actionField, extentField, durationField,
            remedyField,
        ]
    ) { values, _ in
        ErrorTable.Rule(
            statuses: Set(values[statusField]),
            codes: Set(values[codeField].map { $0.lowercased() }), message: values[messageField],
            action: values[actionField], extent: values[extentField],
            duration: values[durationField], remedy: values[remedyField])
    }

    private static let statusField = Field(
        "status", .list(of: .integer(100...599)), default: "[]", "Any of these; empty: any.")
    private static let codeField = Field(
        "code", .list(of: .text), default: "[]", "Any of these, whatever their case; empty: any.")
    private static let messageField = Field(
        optional: "says", .text, "A part of the explanation, whatever its case.")
    private static let actionField = Field(
        "action", .cases(ErrorTable.Action.self), "What happens then.")
    private static let extentField = Field(
        "extent", .cases(ErrorTable.Extent.self), default: "scope",
        "Whether it holds for the scope or for all of the connector's.")
    private static let durationField = Field(
        "for", .duration(.seconds(1)...(.seconds(7 * 86_400))), default: "5m",
        "How long to park where the endpoint does not say.")
    private static let remedyField = Field(
        optional: "remedy", .text, "What a person can do, without a full stop.")
}
