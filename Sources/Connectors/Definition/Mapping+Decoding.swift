import Domain
import YAML

extension MappingTemplate {
    static let section = Section(
        [
            kindField, titleField, authorField, participantsField, createdAtField,
            modifiedAtField, sourceURLField, bodyField, metadataField, requiredField,
        ]
    ) { values, _ in
        MappingTemplate(
            kind: values[kindField], title: values[titleField], author: values[authorField],
            participants: values[participantsField], createdAt: values[createdAtField],
            modifiedAt: values[modifiedAtField], sourceURL: values[sourceURLField],
            body: values[bodyField], metadata: values[metadataField],
            required: values[requiredField])
    }

    private static let kindField = Field(
        "kind", .template, "Lower case, singular, such as `email`.")
    private static let titleField = sources("title", "The subject or name.")
    private static let authorField = sources("author", "Who wrote it.")
    private static let participantsField = Field(
        "participants", .oneOrMore(Source.form), default: "[]",
        "Everybody involved; all values of all paths.")
    private static let createdAtField = sources("created_at", "When it was made.")
    private static let modifiedAtField = sources("modified_at", "When it last changed.")
    private static let sourceURLField = sources("source_url", "Where people open the original.")
    private static let bodyField = Field(
        "body", .section(Body.section), default: "{}", "The text.")
    private static let metadataField = Field(
        "metadata", .mapping(of: Source.form), default: "{}", "What else to keep, by name.")
    private static let requiredField = Field(
        "required", .list(of: .jsonPath), default: "[]",
        "What a whole record always has; one that lacks any is a partial update.")

    private static func sources(_ name: String, _ description: String) -> Field<[Source]> {
        Field(
            name, .oneOrMore(Source.form), default: "[]",
            description + " The first with a value wins.")
    }
}

extension MappingTemplate.Source {
    /// A path, or a section with a function.
    static let form = Form<Template>.pathTemplate.map(Self.path).or(.section(section))

    private static let section = Section<Self>(
        [joinField, splitField, byField],
        checks: [
            { values, reader in
                guard values.has(joinField) == values.has(splitField) else { return }
                reader.error(
                    at: values.keyLocation(of: joinField), "either `join` or `split`")
            }
        ]
    ) { values, _ in
        if let paths = values[joinField] { return .joined(paths, by: values[byField] ?? " ") }
        return values[splitField].map { .split($0, by: values[byField] ?? ";") }
    }

    private static let joinField = Field(
        optional: "join", .list(of: .pathTemplate), "Texts that are one together.")
    private static let splitField = Field(
        optional: "split", .pathTemplate, "One text that is several.")
    private static let byField = Field(
        optional: "by", separator, otherwise: "a space for join, `;` for split",
        "What stands between them.")

    /// Also the empty text.
    private static let separator = Form<String>(.text(name: "a text", pattern: nil)) { node, _ in
        node.scalar
    }
}

extension MappingTemplate.Body {
    static let section = Section([contentField, formField, htmlField, listField]) { values, _ in
        MappingTemplate.Body(
            content: values[contentField], form: values[formField], html: values[htmlField],
            listsMembers: values[listField])
    }

    private static let contentField = Field(
        "content", .oneOrMore(MappingTemplate.Source.form), default: "[]",
        "Where it is; the first with a text wins.")
    private static let formField = Field(
        optional: "form", .pathTemplate, otherwise: "it is plain text",
        "Where the record says `html`, or that it is true that it is.")
    private static let htmlField = Field(
        "html", .oneOrMore(MappingTemplate.Source.form), default: "[]",
        "Where HTML is, for records without the above.")
    private static let listField = Field(
        "list_members", .boolean, default: "false",
        "Whether a record without such a text is listed member by member instead.")
}
