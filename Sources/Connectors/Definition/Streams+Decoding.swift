import Domain
import YAML

extension ScopeList {
    static let single = ScopeList(
        each: nil, variable: "scope", name: Template("all") ?? .empty, also: [], known: [:],
        otherwise: [:])

    static let section = Section(
        [eachField, variableField, nameField, alsoField, knownField, otherwiseField],
        checks: [
            { values, reader in
                guard values.has(eachField) || values.has(nameField) else {
                    return reader.error(
                        at: reader.keyLocation ?? reader.start,
                        "either `each`, or the `name` of the only scope")
                }
            }
        ]
    ) { values, _ in
        let variable = values[variableField]
        return ScopeList(
            each: values[eachField], variable: variable,
            name: values[nameField] ?? Template("{\(variable)}") ?? .empty,
            also: values[alsoField], known: values[knownField], otherwise: values[otherwiseField])
    }

    private static let eachField = Field(
        optional: "each", .jsonPath, otherwise: "there is one scope",
        "A list in the connector's scope, or one within its elements: `services[]/entity_sets`.")
    private static let variableField = Field(
        "as", .text, default: "scope", "The name templates use for an element.")
    private static let nameField = Field(
        optional: "name", .template, otherwise: "the element's own", "What people call a scope.")
    private static let alsoField = Field(
        "also", .list(of: .section(Extra.section)), default: "[]",
        "Elements that a boolean of the scope adds.")
    private static let knownField = Field(
        "known", .mapping(of: attributes), default: "{}",
        "What elements of these names say where a connector does not.")
    private static let otherwiseField = Field(
        "otherwise", attributes, default: "{}", "What all others say.")
    private static let attributes = Form<[String: String]>.mapping(of: .scalar)
}

extension ScopeList.Extra {
    fileprivate static let section = Section<Self>([whenField, elementField]) { values, _ in
        Self(parameter: values[whenField], element: values[elementField])
    }

    private static let whenField = Field("when", .text, "A boolean in the connector's scope.")
    private static let elementField = Field("element", .text, "The element's name.")
}

extension Template {
    /// Nothing at all.
    static let empty = Template(literal: "")
}

extension StreamList {
    static let section = Section(
        [
            requestField, choicesField, recordsField, nextField, keyField, nameField,
            childrenField, childCountField, skipField, selectField, wellKnownField, excludeField,
        ],
        checks: [
            { values, reader in
                guard values.has(requestField) == values.has(choicesField) else { return }
                reader.error(
                    at: reader.keyLocation ?? reader.start, "either `request` or `choose`")
            }
        ]
    ) { values, _ in
        StreamList(
            choices: values[requestField].map { [Choice(form: nil, request: $0)] }
                ?? values[choicesField],
            records: values[recordsField], next: values[nextField],
            key: values[keyField], name: values[nameField], children: values[childrenField],
            childCount: values[childCountField], skip: values[skipField],
            select: values[selectField], wellKnown: values[wellKnownField],
            exclude: values[excludeField])
    }

    private static let requestField = Field(
        optional: "request", .request, "The request that lists them.")
    private static let choicesField = Field(
        "choose", .list(of: .section(Choice.section)), default: "[]",
        "Requests for scopes whose names have different forms; the first that fits is made.")
    private static let recordsField = Field(
        optional: "records", .jsonPath, otherwise: "the answer is the only one",
        "Where an answer lists them.")
    private static let nextField = Field(
        optional: "next", .jsonPath, "Where an answer links to the next.")
    private static let keyField = Field("key", .jsonPath, "The identifier of one.")
    private static let nameField = Field("name", .jsonPath, "What people call it.")
    private static let childrenField = Field(
        optional: "children", .request, "The request for those within `{stream}`.")
    private static let childCountField = Field(
        optional: "child_count", .jsonPath, "How many are within; zero saves the request.")
    private static let skipField = Field(
        "skip", Condition.list, default: "[]", "Those that are no collections of their own.")
    private static let selectField = Field(
        optional: "select", .text, "The list in the connector's scope that chooses among them.")
    private static let wellKnownField = Field(
        optional: "well_known", .section(WellKnown.section),
        "Names every endpoint of the kind understands.")
    private static let excludeField = Field(
        "exclude", .list(of: .text), default: "[]", "Well-known names left out unless selected.")
}

extension StreamList.Choice {
    fileprivate static let section = Section<Self>([formField, requestField]) { values, _ in
        Self(form: values[formField], request: values[requestField])
    }

    private static let formField = Field(
        "form", .template, "The form of a scope's name, such as `users/{user}`.")
    private static let requestField = Field(
        "request", .request, "The request, which may name the form's values.")
}

extension StreamList.WellKnown {
    static let section = Section([namesField, lookupField]) { values, _ in
        StreamList.WellKnown(names: values[namesField], lookup: values[lookupField])
    }

    private static let namesField = Field("names", .list(of: .text), "The names, lower case.")
    private static let lookupField = Field(
        "lookup", .request, "The request for the collection behind `{name}`.")
}
