import Configuration
import Crypto
import Dispatch
import Domain
import Enrich
import Inference

/// The configured models in memory, and the recipes that use them.
struct Models: Sendable {
    private let loaded: [LoadedModel]

    /// Loads every configured model; takes as long as reading their files.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/configuration``, naming the file.
    init(_ setup: Setup) async throws(CommandFailure) {
        var loaded: [LoadedModel] = []
        for model in setup.configuration.models {
            var options = EngineOptions(
                contextLength: model.contextLength, sequences: model.sequences,
                threads: model.threads)
            options.isBackground = true
            let path = setup.configuration.file(of: model)
            let engine = try await Self.load(path, options, at: "\(model.file.location)")
            do {
                loaded.append(
                    LoadedModel(
                        name: model.name, engine: engine, sha256: try sha256(fileAt: path),
                        languages: Set(model.languages)))
            } catch {
                throw CommandFailure(code: .configuration, message: "\(path): \(error)")
            }
        }
        self.loaded = loaded
    }

    /// Loads a model off the cooperative pool, whose threads must not block.
    static func engine(
        _ path: String, _ options: EngineOptions
    ) async throws(ModelError) -> Engine {
        let result = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(ModelError) in
                        try Engine(modelPath: path, options: options)
                    })
            }
        }
        return try result.get()
    }

    /// Loads a model a command or the configuration names.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/configuration``.
    static func load(
        _ path: String, _ options: EngineOptions, at place: String? = nil
    ) async throws(CommandFailure) -> Engine {
        do { return try await engine(path, options) } catch {
            let prefix = place.map { "\($0): " } ?? ""
            throw CommandFailure(code: .configuration, message: "\(prefix)\(error)")
        }
    }

    /// Jobs that can run side by side.
    var slots: Int { loaded.map(\.engine.options.sequences).reduce(0, +) }

    func shutdown() {
        for model in loaded { model.engine.shutdown() }
    }

    /// The recipes of a connector, with the labels it asks for; none without models.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/configuration``.
    func recipes(of connector: Connector, _ setup: Setup) throws -> [ConfiguredRecipe] {
        guard !loaded.isEmpty else { return [] }
        return try setup.configuration.recipes(of: connector).map { use in
            guard var recipe = setup.recipes[use.name] else {
                throw CommandFailure(
                    code: .configuration, message: "\(use.location): no recipe `\(use.name)`")
            }
            if let labels = use.labels { recipe = recipe.with(labels: labels) }
            let models = loaded.filter { recipe.model == nil || $0.name == recipe.model }
            guard !models.isEmpty else {
                throw CommandFailure(
                    code: .configuration,
                    message: "\(use.location): recipe `\(recipe.name)` asks for the model "
                        + "`\(recipe.model ?? "")`, which is not configured")
            }
            return try ConfiguredRecipe(recipe: recipe, models: models)
        }
    }
}
