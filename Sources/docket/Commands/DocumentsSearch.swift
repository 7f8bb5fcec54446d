import Domain
import JSON
import Store

extension Command {
    static let documentsSearch = Command(
        words: ["documents", "search"],
        summary: "documents that fit a query: words, \"a phrase\", or, -without",
        operands: [Operand(name: "TEXT", isRepeated: true)],
        options: [
            .config, .output,
            Option(name: "connector", value: "NAME", help: "only those of one connector"),
            Option(name: "limit", value: "N", help: "at most so many (default 20)"),
        ]
    ) { arguments, terminal in
        let limit = try arguments.integer("limit", in: 1...10_000) ?? 20
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            let found = try await store.search(
                arguments.operands.joined(separator: " "),
                connector: arguments.value("connector"), limit: limit)
            var table = Table(columns: [
                "document_id", "connector", "kind", "language", "rank", "title", "excerpt",
            ])
            for document in found {
                table.rows.append([
                    JSON(document.id.value), .string(document.connector), .string(document.kind),
                    JSON(text: document.language),
                    JSON((document.rank * 10_000).rounded() / 10_000), .string(document.title),
                    .string(document.excerpt),
                ])
            }
            terminal.print(table.rendered(as: arguments.format, width: terminal.width))
            let count = try await store.unindexedCount()
            if count > 0 {
                terminal.say(
                    "\(count) documents are too new to be found; docket run notes their words")
            }
            return .done
        }
    }
}
