import Foundation
import JSON
import Store

extension Command {
    static let status = Command(
        words: ["status"], summary: "connectors and scopes: state, last success, errors, backlog",
        options: [.config, .output]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase { _, store in
            let streams = try await store.status()
            terminal.print(
                Status.table(streams).rendered(as: arguments.format, width: terminal.width))
            let backlog = try await store.backlog()
            for entry in backlog {
                terminal.say("\(entry.recipe): \(entry.jobs) jobs \(entry.state)")
            }
            let findings = try await store.findings()
            for finding in findings {
                terminal.say("\(finding.level): \(finding.detail); \(finding.remedy)")
            }
            return .done
        }
    }
}

enum Status {
    static func table(_ streams: [StreamStatus]) -> Table {
        var table = Table(columns: [
            "connector", "scope", "stream", "state", "last_success_at", "next_poll_at",
            "parked_until", "documents", "error",
        ])
        for stream in streams {
            table.rows.append([
                .string(stream.connector), .string(stream.scope), JSON(text: stream.stream),
                .string(stream.state), JSON(date: stream.lastSuccessAt),
                JSON(date: stream.nextPollAt), JSON(date: stream.parkedUntil),
                JSON(stream.documents), JSON(text: stream.error),
            ])
        }
        return table
    }
}

extension JSON {
    /// A text, or null.
    init(text: String?) { self = text.map(JSON.string) ?? .null }

    /// An instant as RFC 3339 in UTC, or null.
    init(date: Date?) { self = date.map { .string($0.formatted(.iso8601)) } ?? .null }
}
