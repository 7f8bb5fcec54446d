import Store

extension Command {
    static let feedback = Command(
        words: ["feedback"], summary: "say of a recipe's result of a document: good or bad",
        operands: [Operand(name: "ID"), Operand(name: "RECIPE"), Operand(name: "RATING")],
        options: [
            .config,
            Option(name: "correction", value: "TEXT", help: "what it should have been"),
        ]
    ) { arguments, terminal in
        let id = try Documents.id(arguments.operands[0])
        let (recipe, rating) = (arguments.operands[1], arguments.operands[2])
        guard ["good", "bad"].contains(rating) else {
            throw CommandFailure(
                code: .usage, message: "RATING is `\(rating)`; allowed is good, bad")
        }
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            let isRated = try await store.rate(
                id, recipe: recipe, isGood: rating == "good",
                correction: arguments.value("correction"))
            guard isRated else {
                throw CommandFailure(
                    code: .failed, message: "document \(id) has no result of `\(recipe)`")
            }
            return .done
        }
    }
}
