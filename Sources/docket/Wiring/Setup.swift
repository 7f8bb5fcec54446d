import Configuration
import Connectors
import Enrich
import Foundation
import YAML

/// The configuration with everything it refers to: definitions and recipes, checked together.
struct Setup: Sendable {
    let configuration: Configuration
    let definitions: [String: Definition]
    let recipes: [String: Recipe]
    let references: References

    /// Definitions and recipes, shipped and of the configuration's own files.
    struct Library: Sendable {
        var definitions: [String: Definition] = [:]
        var recipes: [String: Recipe] = [:]
        var problems: [Diagnostic] = []

        static func builtIn() -> Library {
            let (definitions, definitionProblems) = Definition.builtIn()
            let (recipes, recipeProblems) = Recipe.builtIn()
            return Library(
                definitions: definitions, recipes: recipes,
                problems: definitionProblems + recipeProblems)
        }

        /// Adds the files of the configuration; one of a shipped name takes its place.
        mutating func add(_ files: [IncludedFile]) {
            for file in files {
                var reader = Reader(file.source)
                switch file.kind {
                case .definition:
                    if let definition = Definition.section.decode(file.root, &reader) {
                        definitions[definition.name] = definition
                    }
                case .recipe:
                    if let recipe = Recipe.section.decode(file.root, &reader) {
                        recipes[recipe.name] = recipe
                    }
                case .connector:
                    break
                }
                problems += reader.sorted
            }
        }

        /// What connectors' files are checked against.
        var fields: Definitions {
            Definitions(
                connectors: definitions.mapValues { definition in
                    ConnectorFields(
                        connection: definition.connection.map(\.field),
                        scope: definition.scope.map(\.field))
                },
                recipes: Set(recipes.keys))
        }
    }

    /// Loads the configuration, or says everything that is wrong with it.
    static func load(
        _ path: String, environment: [String: String]
    ) -> (setup: Setup?, diagnostics: [Diagnostic]) {
        var library = Library.builtIn()
        let (configuration, diagnostics) = Configuration.load(
            path: path, environment: environment
        ) { files in
            library.add(files)
            return (library.fields, library.problems)
        }
        guard let configuration else { return (nil, diagnostics) }
        let setup = Setup(
            configuration: configuration, definitions: library.definitions,
            recipes: library.recipes, references: References(environment: environment))
        return (setup, diagnostics)
    }

    /// A connector of the configuration.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/usage``, naming the nearest or all of them.
    func connector(_ name: String) throws(CommandFailure) -> Connector {
        if let connector = configuration.connectors.first(where: { $0.name == name }) {
            return connector
        }
        let names = configuration.connectors.map(\.name).sorted()
        let advice =
            nearest(to: name, among: names).map { "; did you mean `\($0)`?" }
            ?? (names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))")
        throw CommandFailure(
            code: .usage, message: "there is no connector `\(name)`\(advice)")
    }

    /// Loads the configuration a command is to work with; prints what is wrong with it.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/configuration``.
    static func load(_ arguments: Arguments, _ terminal: Terminal) throws(CommandFailure) -> Setup {
        let path = Configuration.path(
            option: arguments.value("config"), environment: terminal.environment)
        let (setup, diagnostics) = load(path, environment: terminal.environment)
        for diagnostic in diagnostics {
            terminal.complain(diagnostic.rendered(isColoured: terminal.isColoured))
        }
        guard let setup else {
            throw CommandFailure(
                code: .configuration, message: "the configuration \(path) has errors")
        }
        return setup
    }
}
