import Configuration
import Crypto
import Dispatch
import Domain
import Enrich
import HTTPClient
import Inference
import YAML

/// The configured models, in memory or behind a server, and the recipes that use them.
struct Models: Sendable {
    private let loaded: [LoadedModel]

    /// Loads every configured model; takes as long as reading their files.
    ///
    /// Servers are not asked anything yet: one that is down holds nothing else up.
    ///
    /// - Parameters:
    ///   - setup: What is configured.
    ///   - isBackground: Whether everything else on the machine goes before, as a daemon should
    ///     let it; nobody waits for that one.
    /// - Throws: ``CommandFailure`` with ``ExitCode/configuration``, naming the place.
    init(_ setup: Setup, isBackground: Bool = true) async throws(CommandFailure) {
        var loaded: [LoadedModel] = []
        for settings in setup.configuration.models {
            switch settings.kind {
            case .local(let local):
                var options = EngineOptions(settings, local, setup.configuration)
                options.isBackground = isBackground
                loaded.append(try await Self.local(settings, local, options, setup))
            case .remote(let remote): loaded.append(try Self.remote(settings, remote, setup))
            }
        }
        self.loaded = loaded
    }

    private static func local(
        _ settings: ModelSettings, _ local: LocalModelSettings, _ options: EngineOptions,
        _ setup: Setup
    ) async throws(CommandFailure) -> LoadedModel {
        let path = setup.configuration.path(local.file)
        let engine = try await load(path, options, at: "\(local.file.location)")
        do { _ = try engine.prompt([ChatMessage(role: .user, content: "")]) } catch {
            // Said now and not by each job.
            throw CommandFailure(
                code: .configuration, message: "\(local.file.location): \(error)")
        }
        do {
            return LoadedModel(
                name: settings.name, model: LocalModel(engine),
                sha256: try LocalModel.identity(
                    file: sha256(filesAt: ModelFile(path: path).paths),
                    adapter: options.adapterPath.map(sha256(fileAt:))),
                languages: Set(settings.languages))
        } catch {
            throw CommandFailure(code: .configuration, message: "\(path): \(error)")
        }
    }

    private static func remote(
        _ settings: ModelSettings, _ remote: RemoteModelSettings, _ setup: Setup
    ) throws(CommandFailure) -> LoadedModel {
        do {
            let options = try setup.options(of: remote, in: settings)
            return LoadedModel(
                name: settings.name, model: try RemoteModel(options),
                sha256: try options.identity(), languages: Set(settings.languages))
        } catch {
            throw CommandFailure(
                code: .configuration, message: "\(remote.url.location): \(error)")
        }
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

    var isEmpty: Bool { loaded.isEmpty }

    func shutdown() {
        for model in loaded { model.model.shutdown() }
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
            return try configured(recipe, at: "\(use.location)")
        }
    }

    /// A recipe with the models that may run it.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitCode/configuration``, naming the place that uses it.
    func configured(_ recipe: Recipe, at place: String) throws -> ConfiguredRecipe {
        let models = loaded.filter { recipe.model == nil || $0.name == recipe.model }
        guard !models.isEmpty else {
            let wanted = recipe.model.map { "the model `\($0)`, which is not configured" }
            throw CommandFailure(
                code: .configuration,
                message: "\(place): recipe `\(recipe.name)` asks for "
                    + (wanted ?? "a model, and none is configured"))
        }
        return try ConfiguredRecipe(recipe: recipe, models: models)
    }
}

extension EngineOptions {
    /// What the configuration says of a model file.
    init(
        _ settings: ModelSettings, _ local: LocalModelSettings, _ configuration: Configuration
    ) {
        self.init(
            contextLength: settings.contextLength, sequences: settings.sequences,
            threads: local.threads)
        adapterPath = local.adapter.map(configuration.path)
        memoryByteCountMax = local.memory
        chatFamily = local.chatTemplate.map(ChatFamily.init)
    }
}

extension ChatFamily {
    fileprivate init(_ name: ChatTemplateName) {
        switch name {
        case .chatml: self = .chatML
        case .llama3: self = .llama3
        case .gemma: self = .gemma
        case .phi3: self = .phi3
        case .mistral: self = .mistral
        case .zephyr: self = .zephyr
        }
    }
}

extension Setup {
    /// What the configuration says of a remote model, with its key.
    ///
    /// - Throws: `SecretError`.
    func options(
        of remote: RemoteModelSettings, in settings: ModelSettings
    ) throws(SecretError) -> RemoteModelOptions {
        var http = HTTPClientOptions()
        http.proxy = remote.proxy
        http.caFile = remote.caFile
        http.userAgent = "docket/\(Version.number)"
        return RemoteModelOptions(
            url: remote.url.value, model: remote.model,
            key: try remote.apiKey?.value(references),
            contextLength: settings.contextLength ?? RemoteModelOptions.contextLengthDefault,
            sequences: settings.sequences, timeout: remote.timeout, http: http)
    }
}
