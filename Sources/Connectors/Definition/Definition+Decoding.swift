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
            authenticationField, headersField, scopesField, streamsField, recordsField,
            errorsField, mappingField,
        ], checks: [checkNames, checkScope]
    ) { values, _ in
        Definition(
            name: values[nameField], description: values[descriptionField],
            baseURL: values[baseURLField], connection: parameters(values[connectionField]),
            scope: parameters(values[scopeField]), authentication: values[authenticationField],
            headers: values[headersField].sorted { $0.key < $1.key }.map { Header($0, $1) },
            scopes: values[scopesField], streams: values[streamsField],
            records: values[recordsField], errors: values[errorsField],
            mapping: values[mappingField])
    }

    private static let nameField = Field(
        "definition", .text, "The name by which connectors refer to it.")
    private static let descriptionField = Field("description", .text, "What it reads.")
    private static let baseURLField = Field(
        optional: "base_url", .url(), otherwise: "every connector must give one",
        "Where requests go unless a connector's connection.base_url says otherwise.")
    private static let connectionField = Field(
        "connection", .mapping(of: .section(Parameter.section)), default: "{}",
        "The values an administrator gives to sign in.")
    private static let scopeField = Field(
        "scope", .mapping(of: .section(Parameter.section)), default: "{}",
        "The values that choose what is read.")
    private static let authenticationField = Field(
        "authentication", .section(Authentication.section), "How requests prove who asks.")
    private static let headersField = Field(
        "headers", .mapping(of: .template), default: "{}",
        "Headers of every request, continuation links included.")
    private static let scopesField = Field(
        "scopes", .section(ScopeList.section), "What the units of failure are.")
    private static let streamsField = Field(
        "streams", .section(StreamList.section), "How the collections of a scope are found.")
    private static let recordsField = Field(
        "records", .section(RecordFeed.section), "How the records of a stream are read.")
    private static let errorsField = Field(
        "errors", .section(ErrorTable.section), "What failures of the endpoint mean.")
    private static let mappingField = Field(
        "mapping", .section(Mapping.section), "How a record becomes a document.")

    private static func parameters(_ table: [String: Parameter.Declaration]) -> [Parameter] {
        table.sorted { $0.key < $1.key }.map { Parameter($0, $1) }
    }

    /// Every name in a template must be a value that exists where the template is used.
    private static let checkNames: Values.Check = { values, reader in
        guard let connection = values.find(connectionField), let scopes = values.find(scopesField)
        else { return }
        let common = Set(connection.keys).union(["origin"])
        let inScope = common.union([scopes.variable])
        let inStream = inScope.union(["stream"])
        var uses: [(Template?, Set<String>, any DeclaredField)] = []
        if let streams = values.find(streamsField) {
            uses += [
                (streams.path, inScope, streamsField), (streams.children, inStream, streamsField),
                (streams.wellKnown?.lookup, inScope.union(["name"]), streamsField),
            ]
        }
        if let records = values.find(recordsField) {
            uses += [
                (records.path, inStream, recordsField),
                (records.item, inStream.union(["id"]), recordsField),
            ]
        }
        if case .clientCredentials(let tokenURL, let scope)? = values.find(authenticationField) {
            uses += [(tokenURL, common, authenticationField), (scope, common, authenticationField)]
        }
        for template in values.find(headersField)?.values.map(\.self) ?? [] {
            uses.append((template, common, headersField))
        }
        for (template, known, field) in uses {
            for name in template?.names ?? [] where !known.contains(name) {
                let near = nearest(to: name, among: known.sorted())
                reader.error(
                    at: values.keyLocation(of: field),
                    "`{\(name)}` in `\(template?.text ?? "")` names no value"
                        + (near.map { "; did you mean `{\($0)}`?" } ?? ""))
            }
        }
    }

    /// What a definition takes from `scope` by name must be declared there, or nothing is read.
    private static let checkScope: Values.Check = { values, reader in
        guard let scope = values.find(scopeField) else { return }
        var uses: [(String, String?, Parameter.Kind, any DeclaredField)] = []
        if let scopes = values.find(scopesField) {
            uses.append(("each", scopes.each, .list, scopesField))
        }
        if let streams = values.find(streamsField) {
            uses.append(("select", streams.select, .list, streamsField))
        }
        if let records = values.find(recordsField) {
            uses.append(("since", records.since?.parameter, .date, recordsField))
        }
        for case (let key, let name?, let kind, let field) in uses
        where scope[name]?.kind != kind {
            let known = scope.filter { $0.value.kind == kind && $0.key != name }.keys.sorted()
            let near = nearest(to: name, among: known)
            reader.error(
                at: values.keyLocation(of: field),
                "`\(key)` is `\(name)`, which is no \(kind.rawValue) in `scope`"
                    + (near.map { "; did you mean `\($0)`?" } ?? ""))
        }
    }
}

extension Header {
    fileprivate init(_ name: String, _ value: Template) { self.init(name: name, value: value) }
}
