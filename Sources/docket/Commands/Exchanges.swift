import Domain
import JSON
import Store

extension Command {
    static let exchangesExport = Command(
        words: ["exchanges", "export"],
        summary: "kept prompts and answers as JSON lines, to fine-tune a model with",
        options: [
            .config,
            Option(name: "recipe", value: "NAME", help: "only of one recipe"),
            Option(
                name: "rated", value: "RATING", help: "only of results that were rated so",
                choices: ["good", "bad"]),
        ]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            var last: Int64 = 0
            while let portion = try await store.exchanges(
                recipe: arguments.value("recipe"), rating: arguments.value("rated"), after: last)
            {
                for line in portion.exchanges.compactMap(\.line) {
                    terminal.print(line.serialized() + "\n")
                }
                last = portion.last
            }
            return .done
        }
    }
}

extension StoredExchange {
    /// A line of training data: the messages and what the model should answer, which is the
    /// correction where there is one; nil for an answer that is bad and was not corrected.
    fileprivate var line: JSON? {
        guard correction != nil || rating != "bad" else { return nil }
        let answer = Exchange.Message(role: "assistant", content: correction ?? exchange.output)
        return [
            "messages": .array(
                (exchange.messages + [answer]).map { message in
                    ["role": .string(message.role), "content": .string(message.content)]
                }),
            "document_id": JSON(documentID.value), "recipe": .string(recipe),
            "model": .string(model), "rating": JSON(text: rating),
            "created_at": JSON(date: createdAt),
        ]
    }
}
