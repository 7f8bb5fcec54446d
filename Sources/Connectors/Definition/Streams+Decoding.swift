import Domain
import YAML

extension ScopeList {
    static let section = Section([eachField, variableField]) { values, _ in
        ScopeList(each: values[eachField], variable: values[variableField])
    }

    private static let eachField = Field("each", .text, "A list in the connector's scope.")
    private static let variableField = Field("as", .text, "The name templates use for an element.")
}

extension StreamList {
    static let section = Section(
        [
            pathField, recordsField, nextField, keyField, nameField, childrenField,
            childCountField, skipField, selectField, wellKnownField, excludeField,
        ]
    ) { values, _ in
        StreamList(
            path: values[pathField], records: values[recordsField], next: values[nextField],
            key: values[keyField], name: values[nameField], children: values[childrenField],
            childCount: values[childCountField], skip: values[skipField],
            select: values[selectField], wellKnown: values[wellKnownField],
            exclude: values[excludeField])
    }

    private static let pathField = Field("path", .template, "The request that lists them.")
    private static let recordsField = Field("records", .jsonPath, "Where an answer lists them.")
    private static let nextField = Field("next", .jsonPath, "Where an answer links to the next.")
    private static let keyField = Field("key", .jsonPath, "The identifier of one.")
    private static let nameField = Field("name", .jsonPath, "What people call it.")
    private static let childrenField = Field(
        optional: "children", .template, "The request for those within `{stream}`.")
    private static let childCountField = Field(
        optional: "child_count", .jsonPath, "How many are within; zero saves the request.")
    private static let skipField = Field(
        "skip", .list(of: .section(Skip.section)), default: "[]",
        "Those that are no collections of their own.")
    private static let selectField = Field(
        optional: "select", .text, "The list in the connector's scope that chooses among them.")
    private static let wellKnownField = Field(
        optional: "well_known", .section(WellKnown.section),
        "Names every endpoint of the kind understands.")
    private static let excludeField = Field(
        "exclude", .list(of: .text), default: "[]", "Well-known names left out unless selected.")
}

extension StreamList.Skip {
    static let section = Section([pathField, equalsField]) { values, _ in
        StreamList.Skip(path: values[pathField], equals: values[equalsField])
    }

    private static let pathField = Field("path", .jsonPath, "A member of the record.")
    private static let equalsField = Field("equals", .text, "The value it has there.")
}

extension StreamList.WellKnown {
    static let section = Section([namesField, lookupField]) { values, _ in
        StreamList.WellKnown(names: values[namesField], lookup: values[lookupField])
    }

    private static let namesField = Field("names", .list(of: .text), "The names, lower case.")
    private static let lookupField = Field(
        "lookup", .template, "The request for the collection behind `{name}`.")
}

extension RecordFeed {
    static let section = Section(
        [
            pathField, recordsField, idField, removedField, nextField, deltaField, itemField,
            sinceField,
        ]
    ) { values, _ in
        RecordFeed(
            path: values[pathField], records: values[recordsField], id: values[idField],
            removed: values[removedField], next: values[nextField], delta: values[deltaField],
            item: values[itemField], since: values[sinceField])
    }

    private static let pathField = Field("path", .template, "The first request of a stream.")
    private static let recordsField = Field("records", .jsonPath, "Where an answer lists them.")
    private static let idField = Field("id", .jsonPath, "A record's identifier.")
    private static let removedField = Field(
        "removed", .jsonPath, "Present in a record that is gone from the stream.")
    private static let nextField = Field("next", .jsonPath, "The link to the round's next page.")
    private static let deltaField = Field(
        "delta", .jsonPath, "The link that asks for later changes; ends a round.")
    private static let itemField = Field(
        optional: "item", .template, "The request for one whole record `{id}`.")
    private static let sinceField = Field(
        optional: "since", .section(Since.section), "Leaves out what is older than a date.")
}

extension RecordFeed.Since {
    static let section = Section([scopeField, pathField]) { values, _ in
        RecordFeed.Since(parameter: values[scopeField], path: values[pathField])
    }

    private static let scopeField = Field("scope", .text, "The date in the connector's scope.")
    private static let pathField = Field("path", .jsonPath, "A record's time.")
}
