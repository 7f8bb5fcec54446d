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
    /// The file as it is, without its weights in memory.
    static func rows(_ path: String) throws -> [(name: String, value: JSON)] {
        let file = try ModelFile(path: path)
        let shape = try Hyperparameters(file)
        let types = Dictionary(grouping: file.tensors.values, by: \.type)
            .map { ("\($0.key)", $0.value.count) }.sorted { $0.1 > $1.1 }
        let parameters = file.tensors.values.reduce(0) { $0 + $1.shape.reduce(1, *) }
        let template: JSON
        do {
            template = .string(
                try ChatTemplate(file.metadata, tokenizer: Tokenizer(file.metadata)).family.rawValue
            )
        } catch {
            template = .string("none: \(error)")
        }
        return [
            ("file", .string(path)), ("bytes", JSON(file.byteCount)),
            ("sha256", .string(hexadecimal(try sha256(filesAt: file.paths)))),
            ("name", JSON(text: try file.metadata.string("general.name"))),
            ("architecture", .string(shape.architecture.name)),
            ("parameters", JSON(parameters)),
            ("tensors", .string(types.map { "\($0.1) \($0.0)" }.joined(separator: ", "))),
            ("layers", JSON(shape.layerCount)), ("width", JSON(shape.width)),
            ("heads", JSON(shape.headCount)), ("key_value_heads", JSON(shape.keyValueHeadCount)),
            ("context_length", JSON(shape.contextLength)),
            ("vocabulary", JSON(shape.vocabularyCount)),
            ("tokenizer", JSON(text: try file.metadata.string("tokenizer.ggml.model"))),
            ("chat_template", template),
        ]
    }
}
