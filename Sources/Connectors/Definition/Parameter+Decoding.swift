package import YAML

extension Parameter {
    /// A parameter without its name, which is the key it stands under.
    struct Declaration: Sendable {
        let kind: Kind
        let isRequired: Bool
        let isReserved: Bool
        let description: String
    }

    init(_ name: String, _ declaration: Declaration) {
        self.init(
            name: name, kind: declaration.kind, isRequired: declaration.isRequired,
            isReserved: declaration.isReserved, description: declaration.description)
    }

    static let section = Section([kindField, requiredField, reservedField, descriptionField]) {
        values, _ in
        Declaration(
            kind: values[kindField], isRequired: values[requiredField],
            isReserved: values[reservedField], description: values[descriptionField])
    }

    private static let kindField = Field(
        "type", .cases(Kind.self), "How its value is written.")
    private static let requiredField = Field(
        "required", .boolean, default: "false", "Whether a connector must give it.")
    private static let reservedField = Field(
        "reserved", .boolean, default: "false",
        "Accepted with a warning, because nothing reads it yet.")
    private static let descriptionField = Field("description", .text, "What it is, in a sentence.")

    /// The field by which a connector's file is read, checked and explained.
    package var field: Field<Setting?> {
        let form: Form<Setting>? =
            switch kind {
            case .list: Form<Setting>(type: "text").map { .settings(listOf: $0) }
            default: Form<Setting>(type: kind.rawValue)
            }
        guard let form else { preconditionFailure("no form is called \(kind.rawValue)") }
        return .setting(name, form, isRequired ? .required : .optional(nil), description)
    }
}
