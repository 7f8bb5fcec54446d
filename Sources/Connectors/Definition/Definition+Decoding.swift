import ConnectorFiles
import Domain
package import YAML

extension Definition {
    /// The definitions that come with the program, by name.
    ///
    /// - Returns: All that are right, and what is wrong in the others.
    package static func builtIn() -> (definitions: [String: Definition], problems: [Diagnostic]) {
        var definitions: [String: Definition] = [:]
        var problems: [Diagnostic] = []
        for file in ConnectorFiles.all {
            let text = String(decoding: file.content, as: UTF8.self)
            let source = Source(path: "Connectors/\(file.name)", text: text)
            let (definition, found) = decode(source)
            problems += found
            if let definition { definitions[definition.name] = definition }
        }
        return (definitions, problems)
    }

    /// Reads a definition; nil when the problems hold an error.
    package static func decode(_ source: Source) -> (Definition?, [Diagnostic]) {
        var reader = YAML.Reader(source)
        let definition = Node.parse(&reader).flatMap { section.decode($0, &reader) }
        // Such as a key that stands there twice: the values are all there, but which was meant?
        return (reader.hasErrors ? nil : definition, reader.sorted)
    }

    /// The field table of a definition file.
    package static let section = Section(
        [
            nameField, descriptionField, baseURLField, connectionField, scopeField,
            authenticationField, headersField, paceField, scopesField, streamsField, recordsField,
            contentField, childrenField, accessField, errorsField, mappingField,
        ]
    ) { values, reader in
        let definition = Definition(
            name: values[nameField], description: values[descriptionField],
            baseURL: values[baseURLField], connection: Parameter.list(values[connectionField]),
            scope: Parameter.list(values[scopeField]),
            authentication: values[authenticationField] ?? .none,
            headers: Header.list(values[headersField]),
            scopes: values[scopesField] ?? .single, streams: values[streamsField],
            records: values[recordsField], content: values[contentField],
            children: values[childrenField], access: values[accessField],
            errors: values[errorsField], pace: values[paceField] ?? .standard,
            mapping: values[mappingField],
            contentText: contentFields.map { field in
                values.node(of: field)?.canonicalText ?? ""
            }.joined(separator: "\n"))
        let problems = definition.problems
        for problem in problems {
            let field = partFields.first { $0.name == problem.part }
            reader.error(
                at: field.map { values.keyLocation(of: $0) } ?? reader.start, problem.message)
        }
        return problems.isEmpty ? definition : nil
    }

    private static let partFields: [any DeclaredField] = [
        authenticationField, headersField, scopesField, streamsField, recordsField, contentField,
        childrenField, accessField, mappingField,
    ]

    private static let contentFields: [any DeclaredField] = [
        recordsField, contentField, childrenField, accessField, mappingField,
    ]

    private static let nameField = Field(
        "definition", .text, "The name by which connectors refer to it.")
    private static let descriptionField = Field("description", .text, "What it reads.")
    private static let baseURLField = Field(
        optional: "base_url", .url(), otherwise: "every connector must give one",
        "Where requests go unless a connector's connection.base_url says otherwise.")
    private static let connectionField = Field(
        "connection", .mapping(of: .section(Parameter.section())), default: "{}",
        "The values an administrator gives to sign in.")
    private static let scopeField = Field(
        "scope", .mapping(of: .section(Parameter.section())), default: "{}",
        "The values that choose what is read.")
    private static let authenticationField = Field(
        optional: "authentication", .section(Authentication.section),
        otherwise: "nobody signs in", "How requests prove who asks.")
    private static let headersField = Field(
        "headers", .mapping(of: .oneOrMore(.template)), default: "{}",
        "Headers of every request, continuation links included.")
    private static let paceField = Field(
        optional: "pace", .section(Pace.section), otherwise: "20 a second, 4 at a time",
        "How hard the endpoint may be asked.")
    private static let scopesField = Field(
        optional: "scopes", .section(ScopeList.section), otherwise: "there is one",
        "What the units of failure are.")
    private static let streamsField = Field(
        optional: "streams", .section(StreamList.section), otherwise: "a scope is one",
        "How the collections of a scope are found.")
    private static let recordsField = Field(
        "records", .section(RecordFeed.section), "How the records of a stream are read.")
    private static let contentField = Field(
        optional: "content", .section(ContentSource.section), "Where the bytes of a record are.")
    private static let childrenField = Field(
        "children", .list(of: .section(ChildList.section)), default: "[]",
        "Records within records that become documents of their own.")
    private static let accessField = Field(
        optional: "access", .section(AccessList.section), "Who may read a record at the source.")
    private static let errorsField = Field(
        "errors", .section(ErrorTable.section), "What failures of the endpoint mean.")
    private static let mappingField = Field(
        "mapping", .section(MappingTemplate.section), "How a record becomes a document.")
}
