import Domain
import YAML

extension Changes {
    private enum Kind: String, CaseIterable {
        case delta, watermark, snapshot, files, odata
    }

    static let section = Section<Changes>(
        [
            kindField, linkField, pathField, serviceField, noticesField, overlapField,
            reconcileField, quotingField, deletedField,
        ],
        checks: [
            { values, reader in
                let needed: (any DeclaredField)? =
                    switch values.find(kindField) {
                    case .delta: linkField
                    case .watermark: pathField
                    case .odata: serviceField
                    default: nil
                    }
                guard let needed, !values.has(needed) else { return }
                reader.error(
                    at: values.keyLocation(of: kindField),
                    "this kind needs `\(needed.name)` beside it")
            },
            { values, reader in
                guard let kind = values.find(kindField) else { return }
                for (field, kinds) in kindsOfFields where !kinds.contains(kind) {
                    guard values.has(field) else { continue }
                    reader.error(
                        at: values.keyLocation(of: field), "`\(field.name)` is not of this kind")
                }
            },
        ]
    ) { values, _ in
        switch values[kindField] {
        case .delta: values[linkField].map(Changes.delta)
        case .snapshot: .snapshot
        case .files: .files
        case .odata:
            values[serviceField].map { service in
                .odata(
                    OData(
                        service: service, overlap: values[overlapField],
                        reconcile: values[reconcileField],
                        noticeHeaders: values[noticesField]))
            }
        case .watermark:
            values[pathField].map { path in
                .watermark(
                    Watermark(
                        path: path, overlap: values[overlapField],
                        reconcile: values[reconcileField], quoting: values[quotingField],
                        deleted: values[deletedField]))
            }
        }
    }

    /// What would say nothing beside another kind.
    private static let kindsOfFields: [(any DeclaredField, [Kind])] = [
        (linkField, [.delta]), (pathField, [.watermark]), (serviceField, [.odata]),
        (noticesField, [.odata]), (overlapField, [.watermark, .odata]),
        (reconcileField, [.watermark, .odata]), (quotingField, [.watermark]),
        (deletedField, [.watermark]),
    ]

    private static let kindField = Field(
        "kind", .cases(Kind.self), "How a stream tells what has changed.")
    private static let linkField = Field(
        optional: "link", .jsonPath, "The link that asks for later changes; ends a round.")
    private static let pathField = Field(
        optional: "path", .pathTemplate, "The time of a record's last change.")
    private static let serviceField = Field(
        optional: "service", .template, "The root of the OData service, below base_url.")
    private static let noticesField = Field(
        "notices", .oneOrMore(.text), default: "[]",
        "Headers in which messages come with good answers; an error among them makes it a bad one.")
    private static let overlapField = Field(
        "overlap", .duration(.zero...(.seconds(86_400))), default: "10m",
        "How much is read again each time, for what was committed late.")
    private static let reconcileField = Field(
        optional: "reconcile", .duration(.seconds(60)...(.seconds(366 * 86_400))),
        otherwise: "never", "How often everything is read anew.")
    private static let quotingField = Field(
        "quoting", .cases(Watermark.Quoting.self), default: "backslash",
        "How a quote within a quoted text is written.")
    private static let deletedField = Field(
        optional: "deleted", .section(DeletedList.section), "A list of what was deleted.")
}

extension DeletedList {
    static let section = Section<DeletedList>(
        [requestField, recordsField, idField, coveredField, earliestField, everyField, whenField]
    ) { values, _ in
        DeletedList(
            request: values[requestField], records: values[recordsField], id: values[idField],
            covered: values[coveredField], earliest: values[earliestField],
            interval: values[everyField], when: values[whenField])
    }

    private static let requestField = Field(
        "request", .request, "The request for those between `{start}` and `{end}`.")
    private static let recordsField = Field("records", .jsonPath, "Where an answer lists them.")
    private static let idField = Field("id", .jsonPath, "The identifier of one.")
    private static let coveredField = Field(
        "covered", .jsonPath, "Until when the answer is complete; the next `{start}`.")
    private static let earliestField = Field(
        optional: "earliest", .jsonPath, "Since when the endpoint remembers.")
    private static let everyField = Field(
        "every", .duration(.seconds(1)...(.seconds(86_400))), default: "5m",
        "The least time between two requests.")
    private static let whenField = Field(
        optional: "when", .text, "An attribute of the scope; without it there is no such list.")
}

extension Describe {
    static let section = Section<Describe>(
        [
            requestField, membersField, nameField, relationField, skipField, firstField, flagsField,
        ]
    ) { values, _ in
        Describe(
            request: values[requestField], members: values[membersField],
            name: values[nameField], relation: values[relationField], skip: values[skipField],
            first: values[firstField], flags: values[flagsField])
    }

    private static let requestField = Field("request", .request, "The request.")
    private static let membersField = Field("members", .jsonPath, "Where it lists the members.")
    private static let nameField = Field("name", .jsonPath, "The name of one.")
    private static let relationField = Field(
        optional: "relation", .jsonPath, "How a member calls the object it refers to.")
    private static let skipField = Field(
        "skip", Condition.list, default: "[]", "Members that are not asked for.")
    private static let firstField = Field(
        "first", .mapping(of: .list(of: .text)), default: "{}",
        "For each variable some members, of which it names the first that is there.")
    private static let flagsField = Field(
        "flags", .mapping(of: .jsonPath), default: "{}",
        "For each variable what has to be true of the answer, or it has no value.")
}

extension Export {
    static let section = Section<Export>(
        [
            overField, countField, countPathField, createField, idField, statusField, stateField,
            doneField, failedField, messageField, resultsField, headerField, parameterField,
            removeField,
        ]
    ) { values, _ in
        Export(
            over: values[overField], count: values[countField], countPath: values[countPathField],
            create: values[createField], id: values[idField], status: values[statusField],
            state: values[stateField], done: values[doneField], failed: values[failedField],
            message: values[messageField], results: values[resultsField],
            locatorHeader: values[headerField], locatorParameter: values[parameterField],
            remove: values[removeField])
    }

    private static let overField = Field(
        "over", .integer(0...Int.max), default: "10000", "Fewer records are read page by page.")
    private static let countField = Field("count", .request, "Asks how many there are.")
    private static let countPathField = Field("count_path", .jsonPath, "Where the answer says.")
    private static let createField = Field("create", .request, "Starts the job.")
    private static let idField = Field("id", .jsonPath, "The job's id, `{job}` from then on.")
    private static let statusField = Field("status", .request, "Asks how the job stands.")
    private static let stateField = Field("state", .jsonPath, "Where the answer says.")
    private static let doneField = Field("done", .list(of: .text), "States that end well.")
    private static let failedField = Field("failed", .list(of: .text), "States that do not.")
    private static let messageField = Field(
        optional: "message", .jsonPath, "Why it failed.")
    private static let resultsField = Field(
        "results", .request, "A part of the results, as CSV with a header line.")
    private static let headerField = Field(
        "locator_header", .text, "The header that names the next part; `null` ends.")
    private static let parameterField = Field(
        "locator_parameter", .text, "The query parameter that asks for it.")
    private static let removeField = Field(
        optional: "remove", .request, "Removes the job when its results are filed.")
}
