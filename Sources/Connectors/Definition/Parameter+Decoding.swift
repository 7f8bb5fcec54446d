package import YAML

extension Parameter {
    /// A parameter without its name, which is the key it stands under.
    struct Declaration: Sendable {
        let kind: Kind
        let isRequired: Bool
        let description: String
        let fallback: String?
        let items: [String: Declaration]?
    }

    init(_ name: String, _ declaration: Declaration) {
        self.init(
            name: name, kind: declaration.kind, isRequired: declaration.isRequired,
            description: declaration.description, fallback: declaration.fallback,
            items: declaration.items.map(Parameter.list))
    }

    static func list(_ table: [String: Declaration]) -> [Parameter] {
        table.sorted { $0.key < $1.key }.map { Parameter($0, $1) }
    }

    /// How a parameter is declared; lists of sections nest no deeper than `depth`.
    static func section(depth: Int = Limits.parameterDepthMax) -> Section<Declaration> {
        let items = Field<[String: Declaration]?>(
            optional: "items",
            depth == 0
                ? Form<[String: Declaration]>.mapping(of: .section(leafSection))
                : .mapping(of: .section(section(depth: depth - 1))),
            "What an element of the list is made of; left out, elements are texts.")
        return Section([kindField, requiredField, descriptionField, defaultField, items]) {
            values, _ in declaration(values, items: values[items])
        }
    }

    private static let leafSection = Section<Declaration>(
        [kindField, requiredField, descriptionField, defaultField]
    ) { values, _ in declaration(values, items: nil) }

    private static func declaration(
        _ values: Values, items: [String: Declaration]?
    ) -> Declaration {
        Declaration(
            kind: values[kindField], isRequired: values[requiredField],
            description: values[descriptionField], fallback: values[defaultField], items: items)
    }

    private static let kindField = Field(
        "type", .cases(Kind.self), "How its value is written.")
    private static let requiredField = Field(
        "required", .boolean, default: "false", "Whether a connector must give it.")
    private static let descriptionField = Field("description", .text, "What it is, in a sentence.")
    private static let defaultField = Field(
        optional: "default", .text, "What holds where a connector does not give it, as YAML.")

    /// The field by which a connector's file is read, checked and explained.
    package var field: Field<Setting?> {
        // A default is YAML, and a text may look like a number.
        let fallback = fallback.map { kind == .text ? "\"\($0)\"" : $0 }
        let presence: Presence =
            isRequired ? .required : fallback.map(Presence.defaulted) ?? .optional(nil)
        return .setting(name, form, presence, description)
    }

    private var form: Form<Setting> {
        guard kind == .list else {
            guard let form = Form<Setting>(type: kind.rawValue) else {
                preconditionFailure("no form is called \(kind.rawValue)")
            }
            return form
        }
        let text = Form<String>.text.map(Setting.text)
        guard let items else { return .settings(listOf: text) }
        let section = Form<Setting>.settings(items.map(\.field))
        let needsMore = items.contains { $0.isRequired && $0.name != "name" }
        let hasName = items.contains { $0.name == "name" }
        return .settings(listOf: hasName && !needsMore ? text.or(section) : section)
    }
}
