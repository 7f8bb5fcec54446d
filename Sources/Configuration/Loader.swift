package import YAML

extension Configuration {
    /// Loads a configuration and says everything that is wrong with it.
    ///
    /// No secret is read: those resolve when they are used.
    ///
    /// - Parameters:
    ///   - path: The main file.
    ///   - environment: For `${env:...}` in ordinary values, and `CREDENTIALS_DIRECTORY`.
    ///   - definitions: Given the included files with a `definition` or `recipe` key: all
    ///     definitions and recipes there are, and what is wrong with those files.
    /// - Returns: The configuration, nil when there is any error; and the diagnostics of all
    ///   files, the main file's first.
    package static func load(
        path: String, environment: [String: String],
        definitions: ([IncludedFile]) -> (Definitions, [Diagnostic])
    ) -> (Configuration?, [Diagnostic]) {
        let source: Source
        do {
            source = try Source(readingFrom: path)
        } catch {
            let place = Location(path: path, line: 0, column: 0, endColumn: 0)
            let help = error.isMissing ? "name another file with --config or DOCKET_CONFIG" : nil
            return (nil, [Diagnostic(.error, at: place, "\(error)", help: help)])
        }
        var loader = Loader(source, References(environment: environment))
        let configuration = loader.load(definitions)
        let diagnostics = loader.diagnostics
        let hasErrors = diagnostics.contains { $0.severity == .error }
        return (hasErrors ? nil : configuration, diagnostics)
    }

    /// Says everything that is wrong with one file, whichever kind it is.
    ///
    /// A main file is checked together with the files it includes; a connector, recipe or
    /// definition alone.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - environment: As for loading.
    ///   - definitions: As for loading.
    /// - Returns: The diagnostics; none when all is well.
    package static func check(
        path: String, environment: [String: String],
        definitions: ([IncludedFile]) -> (Definitions, [Diagnostic])
    ) -> [Diagnostic] {
        if let source = try? Source(readingFrom: path) {
            var loader = Loader(source, References(environment: environment))
            if loader.checkAlone(source, definitions) { return loader.diagnostics }
        }
        return load(path: path, environment: environment, definitions: definitions).1
    }
}

/// The main file and its included files on their way into a configuration.
private struct Loader {
    private struct File {
        let included: IncludedFile
        var reader: Reader
    }

    private let references: References
    private var main: Reader
    private var files: [File] = []
    /// Of files that could not be told apart, and of definitions.
    private var others: [Diagnostic] = []

    init(_ source: Source, _ references: References) {
        self.references = references
        main = Self.reader(source, references)
    }

    /// The main file's first, then by file.
    var diagnostics: [Diagnostic] {
        let included = (others + files.flatMap(\.reader.sorted)).enumerated().sorted {
            ($0.element.location.path, $0.offset) < ($1.element.location.path, $1.offset)
        }
        return main.sorted + included.map(\.element)
    }

    mutating func load(
        _ lookUp: ([IncludedFile]) -> (Definitions, [Diagnostic])
    ) -> Configuration? {
        guard let root = Node.parse(&main) else { return nil }
        let content = MainFile.section.decode(root, &main)
        readIncluded(MainFile.patterns(in: root, of: main))
        let (definitions, problems) = lookUp(included(.definition) + included(.recipe))
        others += problems
        checkRepeats()
        // A recipe that is wrong itself is no reason to call its name unknown.
        let recipes = definitions.recipes.union(included(.recipe).map(\.name.value))
        if let content { Self.check(content.recipes, known: recipes, &main) }
        let connectors = decodeConnectors(definitions, recipes: recipes)
        guard let content else { return nil }
        return Configuration(
            path: main.source.path, stateDirectory: content.stateDirectory,
            database: content.database, models: content.models, recipes: content.recipes,
            admin: content.admin, log: content.log,
            exchangeDuration: content.exchangeDuration, connectors: connectors,
            recipeFiles: included(.recipe), definitionFiles: included(.definition))
    }

    /// Checks a file that is no main file; false when it is one, or cannot be told.
    mutating func checkAlone(
        _ source: Source, _ lookUp: ([IncludedFile]) -> (Definitions, [Diagnostic])
    ) -> Bool {
        read(source)
        guard let file = files.first?.included else { return false }
        let (definitions, problems) = lookUp(file.kind == .connector ? [] : [file])
        others += problems
        _ = decodeConnectors(definitions, recipes: definitions.recipes)
        return true
    }

    private static func reader(_ source: Source, _ references: References) -> Reader {
        Reader(source, references: references, explainCommand: "docket explain")
    }

    private func included(_ kind: IncludedFile.Kind) -> [IncludedFile] {
        files.map(\.included).filter { $0.kind == kind }
    }

    private mutating func readIncluded(_ patterns: [Located<String>]) {
        var seen: Set<String> = []
        for pattern in patterns {
            let location = pattern.location
            let paths: [String]
            do {
                paths = try FilePattern(absolute(pattern.value, from: main.source.path)).files()
            } catch {
                main.error(at: location, error.message)
                continue
            }
            for path in paths where seen.insert(path).inserted {
                guard path != main.source.path else {
                    main.error(at: location, "\(quoted(pattern.value)) matches this file itself")
                    continue
                }
                guard seen.count <= Limits.includedFiles else {
                    main.error(at: location, "more than \(Limits.includedFiles) included files")
                    return
                }
                do throws(FileError) {
                    read(try Source(readingFrom: path))
                } catch {
                    main.error(at: location, "\(error)")
                }
            }
        }
    }

    private mutating func read(_ source: Source) {
        var reader = Self.reader(source, references)
        if let root = Node.parse(&reader) {
            if let included = Self.classify(root, source, &reader) {
                files.append(File(included: included, reader: reader))
                return
            }
        }
        others += reader.sorted
    }

    /// Tells by its key what an included file is.
    private static func classify(
        _ root: Node, _ source: Source, _ reader: inout Reader
    ) -> IncludedFile? {
        if case .invalid = root.value { return nil }
        guard case .mapping(let entries) = root.value else {
            reader.error(at: root.location, "expected keys and values, found \(root.kind.rawValue)")
            return nil
        }
        // A definition may have a `connector` key of its own, hence this order.
        for kind in [IncludedFile.Kind.definition, .recipe, .connector] {
            guard let entry = entries.first(where: { $0.key == kind.rawValue }) else { continue }
            let name = Located(value: entry.value.scalar, location: entry.value.location)
            return IncludedFile(kind: kind, name: name, source: source, root: root)
        }
        if let include = entries.first(where: { $0.key == "include" }) {
            reader.error(at: include.keyLocation, "an included file cannot include others")
            return nil
        }
        let kinds = IncludedFile.Kind.allCases.map(\.rawValue)
        for entry in entries {
            guard let near = nearest(to: entry.key, among: kinds) else { continue }
            reader.error(
                at: entry.keyLocation,
                "unknown key \(quoted(entry.key)); did you mean `\(near)`?")
            return nil
        }
        reader.error(
            at: root.location,
            "this included file has none of the keys `connector`, `recipe` and `definition`, "
                + "one of which says what it is")
        return nil
    }

    /// Reports names that two files of a kind claim.
    private mutating func checkRepeats() {
        var places: [String: Location] = [:]
        for index in files.indices {
            let file = files[index].included
            let name =
                file.kind == .connector ? file.root["name"].map(Located.init(scalarOf:)) : file.name
            guard let name, !name.value.isEmpty else { continue }
            let key = "\(file.kind.rawValue) \(name.value)"
            if let first = places[key] {
                files[index].reader.error(
                    at: name.location,
                    "the \(file.kind.rawValue) name \(quoted(name.value)) is taken",
                    help: "it stands at \(first)")
            } else {
                places[key] = name.location
            }
        }
    }

    private mutating func decodeConnectors(
        _ definitions: Definitions, recipes: Set<String>
    ) -> [Connector] {
        var connectors: [Connector] = []
        for index in files.indices where files[index].included.kind == .connector {
            let root = files[index].included.root
            let connector = Self.connector(root, definitions, &files[index].reader)
            guard let connector else { continue }
            Self.check(connector.recipes ?? [], known: recipes, &files[index].reader)
            connectors.append(connector)
        }
        return connectors
    }

    private static func connector(
        _ root: Node, _ definitions: Definitions, _ reader: inout Reader
    ) -> Connector? {
        guard let definition = root["connector"], case .text(let name) = definition.value else {
            Connector.sectionWithoutDefinition.decode(root, &reader)
            return nil
        }
        if let fields = definitions.connectors[name] {
            return Connector.section(fields).decode(root, &reader)
        }
        let names = definitions.connectors.keys.sorted()
        let advice =
            nearest(to: name, among: names).map { "did you mean `\($0)`?" }
            ?? "known are \(names.map { "`\($0)`" }.joined(separator: ", "))"
        reader.error(
            at: definition.location, "there is no definition \(quoted(name)); \(advice)",
            field: "connector")
        Connector.sectionWithoutDefinition.decode(root, &reader)
        return nil
    }

    /// Reports recipes that do not exist.
    private static func check(_ uses: [RecipeUse], known: Set<String>, _ reader: inout Reader) {
        let names = known.sorted()
        for use in uses where !known.contains(use.name) {
            let advice =
                nearest(to: use.name, among: names).map { "did you mean `\($0)`?" }
                ?? "known are \(names.map { "`\($0)`" }.joined(separator: ", "))"
            reader.error(
                at: use.location, "there is no recipe \(quoted(use.name)); \(advice)",
                field: "recipes")
        }
    }
}

extension Located where Value == String {
    fileprivate init(scalarOf node: Node) {
        self.init(value: node.scalar, location: node.location)
    }
}
