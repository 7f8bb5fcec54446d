import Configuration
import Inference

extension Command {
    static let generate = Command(
        words: ["generate"], summary: "ask a model something, as a recipe would",
        operands: [Operand(name: "PROMPT")],
        options: [
            .config,
            Option(
                name: "model", value: "MODEL",
                help: "a configured model's name, or a GGUF file (default: the first configured)"),
            Option(name: "system", value: "TEXT", help: "what the model is told before"),
        ] + Generate.options
    ) { arguments, terminal in
        let options = try Generate.options(arguments)
        let (path, engineOptions) = try Generate.model(arguments, terminal)
        let engine = try await Models.load(path, engineOptions)
        defer { engine.shutdown() }
        let system = arguments.value("system").map { ChatMessage(role: .system, content: $0) }
        let messages =
            [system].compactMap(\.self)
            + [ChatMessage(role: .user, content: arguments.operands[0])]
        do {
            let reply = try await engine.generate(messages, options) { terminal.print($0) }
            terminal.print("\n")
            terminal.say("\(reply.promptTokens) + \(reply.outputTokens) tokens, \(reply.finish)")
            return .done
        } catch {
            throw CommandFailure(code: .failed, message: "\(error)")
        }
    }
}

enum Generate {
    /// The file to load and how: what `--model` says, or the first configured model.
    static func model(
        _ arguments: Arguments, _ terminal: Terminal
    ) throws -> (path: String, options: EngineOptions) {
        let wanted = arguments.value("model")
        if let wanted, wanted.contains("/") || wanted.hasSuffix(".gguf") {
            return (wanted, EngineOptions(sequences: 1))
        }
        let setup = try Setup.load(arguments, terminal)
        let models = setup.configuration.models
        guard let model = models.first(where: { wanted == nil || $0.name == wanted }) else {
            let known = models.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                code: .configuration,
                message: wanted.map { "no model `\($0)` is configured; known: \(known)" }
                    ?? "no model is configured")
        }
        guard case .local(let local) = model.kind else {
            throw CommandFailure(
                code: .configuration,
                message: "the model `\(model.name)` is remote; name one with a file")
        }
        var options = EngineOptions(model, local, setup.configuration)
        options.sequences = 1
        return (setup.configuration.path(local.file), options)
    }
}
