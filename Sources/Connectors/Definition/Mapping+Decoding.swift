import Domain
import YAML

extension Mapping {
    static let section = Section(
        [
            kindField, titleField, authorField, participantsField, createdAtField,
            modifiedAtField, sourceURLField, bodyField, metadataField, requiredField,
        ]
    ) { values, _ in
        Mapping(
            kind: values[kindField], title: values[titleField], author: values[authorField],
            participants: values[participantsField], createdAt: values[createdAtField],
            modifiedAt: values[modifiedAtField], sourceURL: values[sourceURLField],
            body: values[bodyField], metadata: values[metadataField],
            required: values[requiredField])
    }

    private static let kindField = Field("kind", .text, "Lower case, singular, such as `email`.")
    private static let titleField = paths("title", "The subject or name.")
    private static let authorField = paths("author", "Who wrote it.")
    private static let participantsField = Field(
        "participants", .list(of: .jsonPath), default: "[]",
        "Everybody involved; all values of all paths.")
    private static let createdAtField = paths("created_at", "When it was made.")
    private static let modifiedAtField = paths("modified_at", "When it last changed.")
    private static let sourceURLField = paths("source_url", "Where people open the original.")
    private static let bodyField = Field("body", .section(Body.section), "The text.")
    private static let metadataField = Field(
        "metadata", .mapping(of: .jsonPath), default: "{}", "What else to keep, by name.")
    private static let requiredField = Field(
        "required", .list(of: .jsonPath), default: "[]",
        "What a whole record always has; one that lacks any is a partial update.")

    private static func paths(_ name: String, _ description: String) -> Field<[Path]> {
        Field(
            name, .list(of: .jsonPath), default: "[]",
            description + " The first path with a value wins.")
    }
}

extension Mapping.Body {
    static let section = Section([contentField, formField]) { values, _ in
        Mapping.Body(content: values[contentField], form: values[formField])
    }

    private static let contentField = Field("content", .jsonPath, "Where it is.")
    private static let formField = Field(
        optional: "form", .jsonPath, "Where the record says `html` or anything else.")
}
