import Configuration
import Enrich
import Inference
import JSON

extension Command {
    static let modelsList = Command(
        words: ["models", "list"], summary: "the configured models, and what is wrong with them",
        options: [.config, .output]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        terminal.print(
            ModelsList.table(setup.configuration).rendered(
                as: arguments.format, width: terminal.width))
        return .done
    }
}

enum ModelsList {
    /// One row for each model in the order of the configuration; files are looked at, not loaded,
    /// and servers are not asked.
    static func table(_ configuration: Configuration) -> Table {
        var table = Table(columns: [
            "name", "model", "bytes", "architecture", "quantisation", "context_length",
            "chat_family", "problem",
        ])
        for model in configuration.models {
            switch model.kind {
            case .local(let local):
                let path = configuration.path(local.file)
                let options = EngineOptions(model, local, configuration)
                table.rows.append([.string(model.name), .string(path)] + cells(path, options))
            case .remote(let remote):
                table.rows.append([
                    .string(model.name), .string("\(remote.model) at \(remote.url.value)"), .null,
                    .null, .null,
                    JSON(model.contextLength ?? RemoteModelOptions.contextLengthDefault), .null,
                    .null,
                ])
            }
        }
        return table
    }

    private static func cells(_ path: String, _ options: EngineOptions) -> [JSON] {
        do {
            let facts = try ModelFacts(ModelFile(path: path), family: options.chatFamily)
            let trained = facts.shape.contextLength
            return [
                JSON(facts.file.byteCount), .string(facts.shape.architecture.name),
                .string(facts.quantisation),
                JSON(options.contextLength ?? min(Inference.Limits.contextLengthDefault, trained)),
                JSON(text: try? facts.chat.get().rawValue),
                JSON(text: problem(facts, options).map { "\($0)" }),
            ]
        } catch {
            return [.null, .null, .null, .null, .null, .string("\(error)")]
        }
    }

    /// Why recipes could not ask a model that can be read.
    private static func problem(_ facts: ModelFacts, _ options: EngineOptions) -> ModelError? {
        if let wanted = options.contextLength, wanted > facts.shape.contextLength {
            return .contextTooLong(
                path: facts.file.path, wanted: wanted, trained: facts.shape.contextLength)
        }
        do {
            if let path = options.adapterPath {
                _ = try AdapterFile(path: path, scale: options.adapterScale)
            }
            _ = try facts.chat.get()
            return nil
        } catch { return error }
    }
}
