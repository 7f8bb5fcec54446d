import Domain
import YAML

extension RecordFeed {
    static let section = Section(
        [
            requestField, formatField, recordsField, idField, sourceIDField, pagingField,
            changesField, removedField, skipField, containersField, itemField,
            sinceField, selectField, orderField, describeField, exportField,
        ]
    ) { values, _ in
        RecordFeed(
            request: values[requestField], format: values[formatField],
            records: values[recordsField], id: values[idField], sourceID: values[sourceIDField],
            paging: values[pagingField], changes: values[changesField],
            removed: values[removedField], skip: values[skipField],
            containers: values[containersField], item: values[itemField],
            since: values[sinceField], select: values[selectField],
            order: values[orderField]?.pick([:]),
            describe: values[describeField], export: values[exportField])
    }

    private static let requestField = Field("request", .request, "The first request of a stream.")
    private static let formatField = Field(
        "format", .cases(Format.self), default: "json", "What answers are written in.")
    private static let recordsField = Field(
        optional: "records", .text, otherwise: "the answer is the list",
        "Where an answer lists them: a path, or an XPath where answers are XML.")
    private static let idField = Field(
        "id", .jsonPath, default: "id", "A record's identifier.")
    private static let sourceIDField = Field(
        optional: "source_id", .template, otherwise: "the id",
        "What documents are filed under, such as `{stream}/{id}`.")
    private static let pagingField = Field(
        "paging", .section(Paging.section), default: "{kind: none}",
        "How one answer leads to the next.")
    private static let changesField = Field(
        "changes", .section(Changes.section), default: "{kind: snapshot}",
        "How a stream tells what has changed since.")
    private static let removedField = Field(
        "removed", Condition.list, default: "[]", "Any of these says that a record is gone.")
    private static let skipField = Field(
        "skip", Condition.list, default: "[]", "Records that are neither documents nor containers.")
    private static let containersField = Field(
        optional: "containers", .section(Containers.section), "Records that others are in.")
    private static let itemField = Field(
        optional: "item", .request, "The request for one whole record `{id}`.")
    private static let sinceField = Field(
        optional: "since", .section(Since.section), "Leaves out what is older than a date.")
    private static let selectField = Field(
        optional: "select", .section(Select.section),
        "Leaves out what a list does not name, where it is given.")
    private static let orderField = Field(
        optional: "order", MappingTemplate.Source.form,
        "Of two states of a record the one with the lesser value never replaces the other.")
    private static let describeField = Field(
        optional: "describe", .section(Describe.section),
        "A request that says which members "
            + "records have.")
    private static let exportField = Field(
        optional: "export", .section(Export.section), "A job that gives many records at once.")
}

extension RecordFeed.Since {
    static let section = Section([scopeField, pathField]) { values, _ in
        RecordFeed.Since(parameter: values[scopeField], path: values[pathField])
    }

    private static let scopeField = Field("scope", .text, "The date in the connector's scope.")
    private static let pathField = Field("path", .jsonPath, "A record's time.")
}

extension RecordFeed.Select {
    static let section = Section([scopeField, pathField]) { values, _ in
        RecordFeed.Select(parameter: values[scopeField], path: values[pathField])
    }

    private static let scopeField = Field("scope", .text, "The list in the connector's scope.")
    private static let pathField = Field("path", .jsonPath, "What of a record it names.")
}

extension RecordFeed.Containers {
    static let section = Section(
        [whenField, nameField, parentField, rootField, includeField, excludeField]
    ) { values, _ in
        RecordFeed.Containers(
            conditions: values[whenField], name: values[nameField], parent: values[parentField],
            root: values[rootField], include: values[includeField], exclude: values[excludeField])
    }

    private static let whenField = Field("when", Condition.list, "What containers are known by.")
    private static let nameField = Field("name", .jsonPath, "A container's name.")
    private static let parentField = Field(
        "parent", .jsonPath, "The container that a record, or a container, is in.")
    private static let rootField = Field(
        "root", .jsonPath, "There in the root, whose name is not part of paths.")
    private static let includeField = Field(
        optional: "include", .text, "A list of globs in the scope; a path must match one.")
    private static let excludeField = Field(
        optional: "exclude", .text, "A list of globs in the scope; a path may match none.")
}

extension Paging {
    private enum Kind: String, CaseIterable {
        case none, link, page, offset, cursor
        case linkHeader = "link_header"
        case cursorHeader = "cursor_header"
    }

    static let section = Section<Paging>(
        [kindField, pathField, parameterField, firstField, headerField],
        checks: [checkNeeds]
    ) { values, _ in
        let (path, parameter) = (values[pathField], values[parameterField])
        switch values[kindField] {
        case .none: return Paging.none
        case .linkHeader: return .linkHeader
        case .link: return path.map(Paging.link)
        case .page: return parameter.map { .page(parameter: $0, first: values[firstField]) }
        case .offset: return parameter.map { .offset(parameter: $0) }
        case .cursor:
            return path.flatMap { path in parameter.map { .cursor(path, parameter: $0) } }
        case .cursorHeader:
            return values[headerField].flatMap { header in
                parameter.map { .cursorHeader(header, parameter: $0) }
            }
        }
    }

    private static let checkNeeds: Values.Check = { values, reader in
        let needed: [any DeclaredField] =
            switch values.find(kindField) {
            case .link: [pathField]
            case .page, .offset: [parameterField]
            case .cursor: [pathField, parameterField]
            case .cursorHeader: [headerField, parameterField]
            default: []
            }
        for field in needed where !values.has(field) {
            reader.error(
                at: values.keyLocation(of: kindField), "this kind needs `\(field.name)` beside it")
        }
    }

    private static let kindField = Field("kind", .cases(Kind.self), "Where the next page is.")
    private static let pathField = Field(
        optional: "path", .jsonPath, "Where the link or cursor is in an answer.")
    private static let parameterField = Field(
        optional: "parameter", .text, "The query parameter that asks for a page.")
    private static let firstField = Field(
        "first", .integer(0...1), default: "1", "The first page's number.")
    private static let headerField = Field(
        optional: "header", .text, "The header that holds the cursor.")
}
