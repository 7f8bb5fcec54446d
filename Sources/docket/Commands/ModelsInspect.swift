import Crypto
import Inference
import JSON

extension Command {
    static let modelsInspect = Command(
        words: ["models", "inspect"],
        summary: "what a model file holds, and whether docket runs it",
        operands: [Operand(name: "FILE")],
        options: [
            Option(
                name: "output", letter: "o", value: "FORMAT", help: "text or json",
                choices: ["text", "json"])
        ]
    ) { arguments, terminal in
        let path = arguments.operands[0]
        let rows: [(name: String, value: JSON)]
        do {
            rows = try ModelsInspect.rows(path)
        } catch {
            throw CommandFailure(code: .failed, message: "\(error)")
        }
        if arguments.value("output") == "json" {
            terminal.print(JSON.object(.init(rows)).serialized() + "\n")
        } else {
            let width = rows.map(\.name.count).max() ?? 0
            for (name, value) in rows {
                let padding = String(repeating: " ", count: width - name.count)
                terminal.print("\(name)\(padding)  \(value.stringValue ?? value.serialized())\n")
            }
        }
        return .done
    }
}

enum ModelsInspect {
    /// What a file holds: a model, or an adapter for one.
    static func rows(_ path: String) throws -> [(name: String, value: JSON)] {
        let file = try ModelFile(path: path)
        let isAdapter = try file.metadata.string("general.type") == "adapter"
        return try identity(file, path) + (isAdapter ? adapter(file, path) : model(file))
    }

    private static func identity(
        _ file: ModelFile, _ path: String
    ) throws -> [(name: String, value: JSON)] {
        try [
            ("file", .string(path)), ("bytes", JSON(file.byteCount)),
            ("sha256", .string(hexadecimal(sha256(filesAt: file.paths)))),
            ("parts", JSON(file.paths.count)),
            ("name", JSON(text: file.metadata.string("general.name"))),
        ]
    }

    private static func adapter(
        _ file: ModelFile, _ path: String
    ) throws -> [(name: String, value: JSON)] {
        _ = try AdapterFile(path: path, scale: 1)
        let pairs = file.tensors.values.filter { $0.name.hasSuffix(".lora_a") }
        let ranks = Set(pairs.compactMap { $0.shape.last }).sorted().map { "\($0)" }
        return [
            ("kind", "adapter"),
            ("architecture", JSON(text: try file.metadata.string("general.architecture"))),
            ("adapted_tensors", JSON(pairs.count)),
            ("rank", .string(ranks.joined(separator: ", "))),
        ]
    }

    private static func model(_ file: ModelFile) throws -> [(name: String, value: JSON)] {
        let facts = try ModelFacts(file)
        let shape = facts.shape
        let parameters = file.tensors.values.reduce(0) { $0 + $1.shape.reduce(1, *) }
        let template: JSON
        do { template = .string(try facts.chat.get().rawValue) } catch {
            template = .string("none: \(error)")
        }
        return try [
            ("kind", "model"),
            ("architecture", .string(shape.architecture.name)),
            ("parameters", JSON(parameters)),
            (
                "tensors",
                .string(
                    facts.types.map { "\($0.tensors) \($0.type)" }.joined(separator: ", "))
            ),
            ("layers", JSON(shape.layerCount)), ("width", JSON(shape.width)),
            ("heads", JSON(shape.headCount)), ("key_value_heads", JSON(shape.keyValueHeadCount)),
            ("context_length", JSON(shape.contextLength)),
            ("vocabulary", JSON(shape.vocabularyCount)),
            ("tokenizer", JSON(text: file.metadata.string("tokenizer.ggml.model"))),
            ("chat_template", template),
        ] + memory(facts)
    }

    /// The memory a model takes with the defaults of the configuration, and what computes with
    /// it.
    private static func memory(_ facts: ModelFacts) throws -> [(name: String, value: JSON)] {
        let options = EngineOptions()
        let plan = try MemoryPlan(facts.file, options)
        return [
            ("weights_memory_bytes", JSON(plan.weightByteCount)),
            ("workspace_memory_bytes", JSON(plan.workspaceByteCount)),
            ("cache_memory_bytes", JSON(plan.cacheByteCount)),
            ("cache_sequences", JSON(options.sequences)),
            ("kernels", .string("\(KernelVariant.best)")),
            ("blas_core", .string(EngineInformation.blasCore)),
        ]
    }
}
