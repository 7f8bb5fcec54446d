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
                table.rows.append([.string(model.name), .string(path)] + cells(path, model))
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

    private static func cells(_ path: String, _ model: ModelSettings) -> [JSON] {
        do {
            let facts = try ModelFacts(ModelFile(path: path))
            let trained = facts.shape.contextLength
            let wanted = model.contextLength ?? min(Inference.Limits.contextLengthDefault, trained)
            var (family, problem) = (nil as String?, nil as ModelError?)
            do { family = try facts.chat.get().rawValue } catch { problem = error }
            if wanted > trained {
                problem = .contextTooLong(path: path, wanted: wanted, trained: trained)
            }
            return [
                JSON(facts.file.byteCount), .string(facts.shape.architecture.name),
                .string(facts.quantisation), JSON(min(wanted, trained)), JSON(text: family),
                JSON(text: problem.map { "\($0)" }),
            ]
        } catch {
            return [.null, .null, .null, .null, .null, .string("\(error)")]
        }
    }
}
