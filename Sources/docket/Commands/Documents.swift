import Domain
import Foundation
import JSON
import Store

extension Command {
    static let documentsList = Command(
        words: ["documents", "list"], summary: "the filed documents, newest first",
        options: [
            .config, .output,
            Option(name: "connector", value: "NAME", help: "only those of one connector"),
            Option(name: "kind", value: "KIND", help: "only those of one kind, such as email"),
            Option(name: "language", value: "CODE", help: "only those in one language, such as fr"),
            Option(name: "limit", value: "N", help: "at most so many (default 50)"),
        ]
    ) { arguments, terminal in
        var filter = DocumentFilter()
        filter.connector = arguments.value("connector")
        filter.kind = arguments.value("kind")
        filter.language = arguments.value("language")
        filter.limit = try arguments.integer("limit", in: 1...1_000_000) ?? filter.limit
        let setup = try Setup.load(arguments, terminal)
        let wanted = filter
        return try await setup.withDatabase { _, store in
            let table = Documents.table(try await store.documents(wanted))
            terminal.print(table.rendered(as: arguments.format, width: terminal.width))
            return .done
        }
    }

    static let documentsShow = Command(
        words: ["documents", "show"], summary: "one document, its results and its jobs",
        operands: [Operand(name: "ID")],
        options: [
            .config,
            Option(
                name: "output", letter: "o", value: "FORMAT", help: "text or json",
                choices: ["text", "json"]),
        ]
    ) { arguments, terminal in
        let id = try Documents.id(arguments.operands[0])
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            guard let detail = try await store.document(id) else {
                throw CommandFailure(code: .failed, message: "there is no document \(id)")
            }
            let isJSON = arguments.value("output") == "json"
            terminal.print(
                isJSON ? Documents.json(detail).serialized() + "\n" : Documents.text(detail))
            return .done
        }
    }
}

/// How documents look.
enum Documents {
    static func table(_ entries: [DocumentEntry]) -> Table {
        var table = Table(columns: [
            "document_id", "connector", "kind", "language", "title", "tag", "score", "summary",
        ])
        for entry in entries {
            let score = entry.score.map { JSON(($0 * 1000).rounded() / 1000) }
            table.rows.append([
                JSON(entry.id.value), .string(entry.connector), .string(entry.kind),
                JSON(text: entry.language), .string(entry.title), JSON(text: entry.tag),
                score ?? .null, JSON(text: entry.summary),
            ])
        }
        return table
    }

    static func json(_ detail: DocumentDetail) -> JSON {
        .object(.init(columns(detail) + [("body", .string(detail.document.body))]))
    }

    static func text(_ detail: DocumentDetail) -> String {
        let lines = columns(detail).filter { $0.value != .null && $0.value != [] }.map { column in
            "\(column.name): \(column.value.stringValue ?? column.value.serialized())\n"
        }
        return lines.joined() + "\n" + detail.document.body + "\n"
    }

    private static func columns(_ detail: DocumentDetail) -> [(name: String, value: JSON)] {
        let document = detail.document
        return [
            ("document_id", JSON(detail.id.value)), ("connector", .string(detail.connector)),
            ("scope", .string(detail.scope)), ("stream", .string(detail.stream)),
            ("source_id", .string(document.sourceID)), ("kind", .string(document.kind)),
            ("title", .string(document.title)), ("author", JSON(text: document.author)),
            ("participants", .array(document.participants.map(JSON.string))),
            ("language", JSON(text: document.language)),
            ("created_at", JSON(date: document.createdAt)),
            ("modified_at", JSON(date: document.modifiedAt)),
            ("ingested_at", JSON(date: detail.ingestedAt)),
            ("deleted_at", JSON(date: detail.deletedAt)),
            ("source_url", JSON(text: document.sourceURL)), ("revision", JSON(detail.revision)),
            ("metadata", document.metadata), ("results", .array(detail.results.map(result))),
            ("jobs", .array(detail.jobs.map(job))),
        ]
    }

    private static func result(_ result: DocumentDetail.StoredResult) -> JSON {
        [
            "recipe": .string(result.recipe), "output": result.output,
            "model": .string(result.model), "created_at": JSON(date: result.createdAt),
        ]
    }

    private static func job(_ job: DocumentDetail.StoredJob) -> JSON {
        [
            "recipe": .string(job.recipe), "state": .string(job.state),
            "attempt": JSON(job.attempt), "due_at": JSON(date: job.dueAt),
            "message": JSON(text: job.message),
        ]
    }
}
