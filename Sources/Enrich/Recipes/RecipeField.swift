import Inference
import YAML

/// One field of a recipe's answer, as its file has it.
enum RecipeField {
    private static let name = Field("name", .text, "Its name in the answer.", example: "title")
    private static let kind = Field(
        "kind",
        .text.checked { text in
            Inference.Form.Kind(text: text) == nil
                ? "`\(text)` is no kind; write \(Inference.Form.Kind.textHelp)" : nil
        }, "What it holds: \(Inference.Form.Kind.textHelp).", example: "string(60)")

    private static let section = Section([name, kind]) { values, _ in
        Inference.Form.Kind(text: values[kind]).map { Inference.Form.Field(values[name], $0) }
    }

    /// Fields in their order.
    static let form = YAML.Form<Inference.Form>(list.shape) { node, reader in
        guard let fields = list.decode(node, &reader) else { return nil }
        do throws(InferenceError) {
            return try Inference.Form(fields)
        } catch {
            reader.error(at: node.location, "\(error)")
            return nil
        }
    }

    private static let list = YAML.Form<[Inference.Form.Field]>.list(
        of: .section(section), count: 1...Inference.Limits.formFields)
}
