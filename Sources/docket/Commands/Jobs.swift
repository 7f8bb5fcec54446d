import Domain
import JSON
import Store

extension Command {
    static let jobsList = Command(
        words: ["jobs", "list"], summary: "dead letters: jobs that used up their attempts",
        options: [
            .config, .output,
            Option(name: "limit", value: "N", help: "at most so many (default 50)"),
        ]
    ) { arguments, terminal in
        let limit = try arguments.integer("limit", in: 1...1_000_000) ?? 50
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            var table = Table(columns: [
                "job_id", "document_id", "connector", "recipe", "title", "attempts", "reason",
                "message", "failed_at",
            ])
            for letter in try await store.deadLetters(limit: limit) {
                table.rows.append([
                    JSON(letter.id.value), JSON(letter.documentID.value),
                    .string(letter.connector), .string(letter.recipe), .string(letter.title),
                    JSON(letter.attempts), .string(letter.reason), .string(letter.message),
                    JSON(date: letter.failedAt),
                ])
            }
            terminal.print(table.rendered(as: arguments.format, width: terminal.width))
            return .done
        }
    }

    static let jobsRetry = decision(
        "retry", summary: "give dead letters their attempts back"
    ) { store, jobs in (try await store.retry(jobs: jobs), "tried again") }

    static let jobsDiscard = decision(
        "discard", summary: "put dead letters out of sight until their documents change"
    ) { store, jobs in (try await store.discard(jobs: jobs), "discarded") }

    /// A command that decides on some dead letters, or on all.
    ///
    /// `decide` gives how many it was, and what became of them.
    private static func decision(
        _ verb: String, summary: String,
        decide: @escaping @Sendable (Store, [Job.ID]?) async throws -> (count: Int, done: String)
    ) -> Command {
        Command(
            words: ["jobs", verb], summary: summary,
            operands: [Operand(name: "ID", isRequired: false, isRepeated: true)],
            options: [.config, Option(name: "all", help: "all dead letters")]
        ) { arguments, terminal in
            let jobs = try arguments.operands.map { text -> Job.ID in
                guard let number = Int64(text) else {
                    throw CommandFailure(code: .usage, message: "`\(text)` is no job id")
                }
                return Job.ID(number)
            }
            guard jobs.isEmpty == arguments.has("all") else {
                throw CommandFailure(
                    code: .usage, message: "say which jobs: their ids, or --all for all")
            }
            let setup = try Setup.load(arguments, terminal)
            return try await setup.withDatabase { _, store in
                let (count, done) = try await decide(store, jobs.isEmpty ? nil : jobs)
                guard count > 0 else {
                    throw CommandFailure(
                        code: .failed,
                        message: "no dead letter is meant; `docket jobs list` says which there are")
                }
                terminal.say("\(count) \(count == 1 ? "job is" : "jobs are") \(done)")
                return .done
            }
        }
    }
}
