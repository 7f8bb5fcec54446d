import Configuration
import Connectors
import Enrich
import Foundation
import Inference
import Ingest
import Store
import YAML

extension Command {
    static let check = Command(
        words: ["check"], summary: "validate the configuration, definitions and recipes",
        operands: [Operand(name: "PATH", isRequired: false, isRepeated: true)],
        options: [
            .config,
            Option(
                name: "offline", help: "without secrets, model files, database and network"),
        ]
    ) { arguments, terminal in
        guard arguments.operands.isEmpty else {
            return try Check.files(arguments.operands, terminal)
        }
        let setup = try Setup.load(arguments, terminal)
        if !arguments.has("offline") { try await Check.surroundings(setup, terminal) }
        let count = setup.configuration.connectors.count
        terminal.say(
            "\(setup.configuration.path): \(count) connector\(count == 1 ? "" : "s"), no errors")
        return .done
    }
}

/// What `docket check` looks at.
enum Check {
    /// Single files, each for what it is; folders stand for the YAML files in them.
    static func files(_ paths: [String], _ terminal: Terminal) throws -> ExitCode {
        let library = Setup.Library.builtIn()
        var errorCount = 0
        for path in paths.flatMap(expanded) {
            let diagnostics = Configuration.check(
                path: path, environment: terminal.environment
            ) { files in
                var library = library
                library.add(files)
                return (library.fields, library.problems)
            }
            for diagnostic in diagnostics {
                terminal.complain(diagnostic.rendered(isColoured: terminal.isColoured))
            }
            let errors = diagnostics.count { $0.severity == .error }
            errorCount += errors
            if errors == 0 { terminal.say("\(path): no errors") }
        }
        return errorCount == 0 ? .done : .configuration
    }

    private static func expanded(_ path: String) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return [path]
        }
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(path)/\($0)" }
    }

    /// That every secret can be read, before anything is done that needs one.
    static func secrets(_ setup: Setup, _ terminal: Terminal) throws {
        let problems = setup.configuration.problemsOfSecrets(setup.references)
        for problem in problems {
            terminal.complain(problem.rendered(isColoured: terminal.isColoured))
        }
        guard problems.isEmpty else {
            throw CommandFailure(code: .configuration, message: "a secret cannot be read")
        }
    }

    /// Secrets, models, database and sign-in.
    static func surroundings(_ setup: Setup, _ terminal: Terminal) async throws {
        try secrets(setup, terminal)
        for model in setup.configuration.models {
            switch model.kind {
            case .local(let local): try self.local(local, setup)
            case .remote(let remote): try await self.remote(model, remote, setup, terminal)
            }
        }
        if setup.configuration.database != nil {
            try await setup.withDatabase(isReady: false) { _, store in
                let pending = try await store.pendingMigrations()
                if !pending.isEmpty {
                    terminal.say("database: to be migrated by docket run or docket migrate")
                }
            }
        }
        for connector in setup.configuration.connectors where connector.isEnabled {
            let plan = try setup.plan(for: connector, rules: [])
            do {
                try await plan.reader.signIn()
            } catch {
                throw CommandFailure(
                    code: error.kind.exitCode, message: "connector \(connector.name): \(error)")
            }
        }
    }

    private static func local(_ local: LocalModelSettings, _ setup: Setup) throws {
        var place = local.file
        do {
            _ = try ModelFile(path: setup.configuration.path(place))
            guard let adapter = local.adapter else { return }
            place = adapter
            _ = try AdapterFile(path: setup.configuration.path(place), scale: 1)
        } catch {
            throw CommandFailure(code: .configuration, message: "\(place.location): \(error)")
        }
    }

    /// That the server answers and takes the key; says so where it does not list the model, which
    /// need not mean that it has none of that name.
    private static func remote(
        _ settings: ModelSettings, _ remote: RemoteModelSettings, _ setup: Setup,
        _ terminal: Terminal
    ) async throws {
        let model: RemoteModel
        do { model = try RemoteModel(setup.options(of: remote, in: settings)) } catch {
            throw CommandFailure(code: .configuration, message: "\(remote.url.location): \(error)")
        }
        defer { model.shutdown() }
        do {
            guard let listed = try await model.listedModels() else { return }
            if !listed.contains(remote.model) {
                terminal.say("model \(settings.name): the server does not list \(remote.model)")
            }
        } catch {
            throw CommandFailure(
                code: error.isCredentials ? .permission : .unavailable,
                message: "model \(settings.name): \(error)")
        }
    }
}
