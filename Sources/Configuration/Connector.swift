package import YAML

/// What an operator enabled: a definition with its connection, scope and schedule.
package struct Connector: Sendable, Equatable {
    package let name: String
    package let location: Location
    /// The definition's name.
    package let definition: String
    package let isEnabled: Bool
    package let schedule: Schedule
    package let connection: ConnectionSettings
    package let scope: [String: Setting]
    package let limits: ConnectorLimits
    /// Share of a scope, 0 to 1: more than this vanishing in one pass waits for approval.
    package let holdAbove: Double
    /// How long documents are kept; nil: for good.
    package let retention: Duration?
    /// Nil: the configuration's own list.
    package let recipes: [RecipeUse]?
}

extension Connector {
    static let name = Field(
        "name", Names.form.located(), "What the connector is called everywhere; unique.",
        example: "sales-mail")
    static let definition = Field(
        "connector", Form<String>.text.named("definition"),
        "The definition it follows: a shipped one, or one of your own.")
    private static let isEnabled = Field(
        "enabled", .boolean, default: "true", "Whether it is read at all.")
    private static let schedule = Field(
        "schedule", Schedule.form, default: "5m",
        "How often it is read: an interval, or a systemd calendar expression.",
        example: "\"Mon..Fri 08..18:00/10\"")
    private static let limits = Field(
        "limits", .section(ConnectorLimits.section), default: "{}", "How hard it may pull.")
    private static let deletions = Field(
        "deletions", .section(holdSection), default: "{}", "What happens when much vanishes.")
    static let retention = Field(
        optional: "retention", .duration(Limits.keeping), otherwise: "they are kept",
        "Documents whose last change at the source, or creation, is longer ago are removed with all "
            + "that was made of them, and not filed again.", example: "365d")
    static let recipes = Field(
        optional: "recipes", RecipeUse.list, otherwise: "the list of the main file",
        "Recipes its documents go through: names, or a name and its labels; `[]` only files.",
        example: "[summary, {name: tags, labels: [complaint, order, other]}]")

    private static let holdAbove = Field(
        "hold_above", .percentage, default: "20%",
        "More of a scope than this, and 25 documents at least, vanishing in one pass waits for "
            + "approval.")
    private static let holdSection = Section<Double>([holdAbove]) { values, _ in
        values[holdAbove]
    }

    /// The table for one definition.
    static func section(_ fields: ConnectorFields) -> Section<Connector> {
        let connection = part(
            "connection", ConnectionSettings.section(fields),
            "How the source is reached; the definition adds keys of its own.")
        let scope = part(
            "scope", .settings(fields.scope, checks: fields.scopeChecks),
            "What is read; the definition says which keys there are.")
        return Section(
            [
                name, definition, isEnabled, schedule, connection, scope, limits, deletions,
                retention, recipes,
            ],
            checks: [
                { values, reader in
                    guard let uses = values.find(recipes) else { return }
                    RecipeUse.checkRepeats(uses ?? [], &reader)
                }
            ]
        ) { values, _ in
            Connector(
                name: values[name].value, location: values[name].location,
                definition: values[definition], isEnabled: values[isEnabled],
                schedule: values[schedule], connection: values[connection], scope: values[scope],
                limits: values[limits], holdAbove: values[deletions],
                retention: values[retention], recipes: values[recipes])
        }
    }

    /// A section that may be left out when nothing in it is required.
    private static func part<Part>(
        _ name: String, _ section: Section<Part>, _ description: String
    ) -> Field<Part> {
        let isRequired = section.fields.contains { $0.presence == .required }
        return isRequired
            ? Field(name, .section(section), description)
            : Field(name, .section(section), default: "{}", description)
    }

    /// The table where the definition is not known: the rest is checked all the same.
    static let sectionWithoutDefinition: Section<Void> = {
        let connection = Field(optional: "connection", .any, "Not checked.")
        let scope = Field(optional: "scope", .any, "Not checked.")
        let fields: [any DeclaredField] = [
            name, definition, isEnabled, schedule, connection, scope, limits, deletions,
            retention, recipes,
        ]
        return Section(fields) { _, _ in () }
    }()
}
