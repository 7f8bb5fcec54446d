import Domain
import YAML

extension ContentSource {
    static let section = Section<ContentSource>(
        [
            requestField, typeField, sizeField, exactField, nameField, hashField, skipField,
            whenField,
        ]
    ) { values, _ in
        ContentSource(
            request: values[requestField], type: values[typeField], size: values[sizeField],
            name: values[nameField], hash: values[hashField], skip: values[skipField],
            when: values[whenField], isSizeExact: values[exactField])
    }

    private static let requestField = Field(
        "request", .request,
        "The request for the bytes. One redirect is followed, to another host without credentials.")
    private static let typeField = Field(optional: "type", .jsonPath, "Its media type.")
    private static let sizeField = Field(optional: "size", .jsonPath, "Its length in bytes.")
    private static let exactField = Field(
        "exact_size", .boolean, default: "false", "Whether the length is right to the byte.")
    private static let nameField = Field(optional: "name", .jsonPath, "The file's name.")
    private static let hashField = Field(
        optional: "hash", .jsonPath, "As long as it is equal, the bytes are not fetched again.")
    private static let skipField = Field(
        "skip", Condition.list, default: "[]", "Records that have none.")
    private static let whenField = Field(
        optional: "when", .text, "An attribute of the scope; without it there is none.")
}

extension ChildList {
    static let section = Section<ChildList>(
        [
            whenField, unlessField, insideField, requestField, recordsField, nextField, idField,
            sourceIDField, skipField, contentField, mappingField,
        ],
        checks: [
            { values, reader in
                guard values.has(insideField) == values.has(requestField) else { return }
                reader.error(
                    at: reader.keyLocation ?? reader.start, "either `inside` or `request`")
            }
        ]
    ) { values, _ in
        ChildList(
            when: values[whenField], unless: values[unlessField], inside: values[insideField],
            request: values[requestField], records: values[recordsField], next: values[nextField],
            id: values[idField], sourceID: values[sourceIDField], skip: values[skipField],
            content: values[contentField], mapping: values[mappingField])
    }

    private static let whenField = Field(
        optional: "when", .text, otherwise: "always", "A boolean in the connector's scope.")
    private static let unlessField = Field(
        "unless", Condition.list, default: "[]", "Records that have none; saves the request.")
    private static let insideField = Field(
        optional: "inside", .jsonPath, "Where the record itself has them.")
    private static let requestField = Field(
        optional: "request", .request, "The request that lists those of `{id}`.")
    private static let recordsField = Field(
        optional: "records", .jsonPath, "Where an answer lists them.")
    private static let nextField = Field(
        optional: "next", .jsonPath, "Where an answer links to the next.")
    private static let idField = Field(
        "id", .jsonPath, "The identifier of one, `{child}` in requests.")
    private static let sourceIDField = Field(
        optional: "source_id", .template, otherwise: "the id",
        "What one is filed under behind its parent's and `#`, such as `comment-{child}`.")
    private static let skipField = Field(
        "skip", Condition.list, default: "[]", "Those that make no documents.")
    private static let contentField = Field(
        optional: "content", .section(ContentSource.section), "Where the bytes of one are.")
    private static let mappingField = Field(
        "mapping", .section(MappingTemplate.section), "How one becomes a document.")
}

extension AccessList {
    static let section = Section<AccessList>(
        [whenField, requestField, recordsField, nextField, principalsField, spreadsField]
    ) { values, _ in
        AccessList(
            when: values[whenField], request: values[requestField],
            records: values[recordsField], next: values[nextField],
            principals: values[principalsField], spreads: values[spreadsField])
    }

    private static let whenField = Field(
        "when", .text, "The boolean in the connector's scope that asks for it.")
    private static let requestField = Field(
        "request", .request, "The request for the permissions of `{id}`.")
    private static let recordsField = Field("records", .jsonPath, "Where an answer lists them.")
    private static let nextField = Field(
        optional: "next", .jsonPath, "Where an answer links to the next.")
    private static let principalsField = Field(
        "principals", .mapping(of: .oneOrMore(.jsonPath)),
        "For each kind of reader, where a permission names them.")
    private static let spreadsField = Field(
        "spreads", Condition.list, default: "[]",
        "What says of a container that everything below it has other readers now, though only the "
            + "container is told of.")
}
