import Configuration
import Connectors
import Domain
import Foundation
import Ingest
import JSON
import Lifecycle

extension Command {
    static let tryConnector = Command(
        words: ["try"], summary: "sign in, read a first page, show its documents; store nothing",
        operands: [Operand(name: "CONNECTOR")],
        options: [
            .config,
            Option(name: "limit", value: "N", help: "of at most so many records (default 20)"),
            Option(name: "scope", value: "NAME", help: "of this scope, not of the first"),
            Option(name: "all-scopes", help: "a page of every scope"),
            .output,
        ]
    ) { arguments, terminal in
        let limit = try arguments.integer("limit", in: 1...1000) ?? 20
        let setup = try Setup.load(arguments, terminal)
        let connector = try setup.connector(arguments.operands[0])
        let spool = "\(NSTemporaryDirectory())docket-try-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: spool, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: spool) }
        let plan = try setup.plan(for: connector, rules: [], spoolDirectory: spool)
        let scopes = try Try.scopes(arguments.value("scope"), of: plan)
        let isEvery = arguments.has("all-scopes")
        let work = Task {
            var attempt = Try(plan: plan, recordsMax: limit, terminal: terminal)
            try await attempt.run(scopes, isEvery: isEvery)
            terminal.print(attempt.table(arguments.format))
            return attempt.exitCode
        }
        return try await work.cancelled(by: [SIGINT, SIGTERM])
    }
}

/// A rehearsal of a connector: what of it was seen, and what went wrong.
struct Try {
    private let plan: ConnectorPlan
    private let recordsMax: Int
    private let terminal: Terminal
    private var documents: [(scope: String, stream: String, document: Document)] = []
    private var errors: [ConnectorError] = []
    private var failureCount = 0

    init(plan: ConnectorPlan, recordsMax: Int, terminal: Terminal) {
        (self.plan, self.recordsMax, self.terminal) = (plan, recordsMax, terminal)
    }

    /// All scopes, or the one of this name.
    static func scopes(_ name: String?, of plan: ConnectorPlan) throws(CommandFailure) -> [Scope] {
        let scopes = plan.reader.scopes
        guard let name else { return scopes }
        let chosen = scopes.filter { $0.name == name }
        guard chosen.isEmpty else { return chosen }
        let names = scopes.map(\.name).joined(separator: ", ")
        throw CommandFailure(
            code: .usage, message: "\(plan.name) has no scope `\(name)`; there are \(names)")
    }

    /// Signs in and reads, until there is something to show or of every scope.
    mutating func run(_ scopes: [Scope], isEvery: Bool) async throws {
        do { try await plan.reader.signIn() } catch {
            guard error != .cancelled else { throw CancellationError() }
            throw CommandFailure(code: error.kind.exitCode, message: "\(plan.name): \(error)")
        }
        terminal.say("\(plan.name): signed in; scopes: \(Self.list(scopes.map(\.name)))")
        for scope in scopes {
            do { try await read(scope) } catch let error as ConnectorError {
                guard error != .cancelled else { throw CancellationError() }
                terminal.complain("\(scope.name): \(error)")
                errors.append(error)
            }
            if !isEvery, !documents.isEmpty { break }
        }
    }

    private mutating func read(_ scope: Scope) async throws {
        let streams = try await plan.reader.streams(of: scope)
        if plan.reader.definition.hasStreams {
            terminal.say("\(scope.name): streams: \(Self.list(streams.map(\.name)))")
        }
        let rehearsal = Rehearsal(plan: plan, recordsMax: recordsMax)
        for stream in streams {
            let result = try await rehearsal.read(stream)
            for failure in result.failures { terminal.complain("\(scope.name): \(failure)") }
            failureCount += result.failures.count
            guard !result.documents.isEmpty else { continue }
            let place = stream.name == scope.name ? "" : ", \(stream.name)"
            terminal.say(
                "\(scope.name)\(place): \(result.records) of the \(result.recordsOnPage) records "
                    + "on its first page")
            documents += result.documents.map { (scope.name, stream.name, $0) }
            return
        }
        terminal.say("\(scope.name): nothing to read")
    }

    /// What stood in the way, as `docket run --once` would say it.
    var exitCode: ExitCode {
        guard !errors.isEmpty || failureCount > 0 else { return .done }
        let kinds = Set(errors.map(\.kind))
        guard documents.isEmpty, failureCount == 0, kinds.count == 1, let kind = kinds.first else {
            return .failed
        }
        return kind.exitCode
    }

    /// Whole documents for programs, what fits a line for people.
    func table(_ format: Table.Format) -> String {
        switch format {
        case .table, .csv:
            var table = Table(columns: [
                "source_id", "kind", "title", "author", "modified_at", "language", "characters",
            ])
            table.rows = documents.map { _, _, document in
                [
                    .string(document.sourceID), .string(document.kind), .string(document.title),
                    JSON(text: document.author), JSON(date: document.modifiedAt),
                    JSON(text: document.language), JSON(document.body.count),
                ]
            }
            return table.rendered(as: format, width: terminal.width)
        case .json, .jsonl:
            var table = Table(columns: Self.columns)
            table.rows = documents.map { Self.row($0.document, $0.scope, $0.stream) }
            return table.rendered(as: format)
        }
    }

    private static let columns = [
        "scope", "stream", "source_id", "parent_source_id", "kind", "title", "author",
        "participants", "language", "created_at", "modified_at", "source_url", "body", "metadata",
        "acl",
    ]

    private static func row(_ document: Document, _ scope: String, _ stream: String) -> [JSON] {
        [
            .string(scope), .string(stream), .string(document.sourceID),
            JSON(text: document.parentSourceID), .string(document.kind), .string(document.title),
            JSON(text: document.author), .array(document.participants.map(JSON.string)),
            JSON(text: document.language), JSON(date: document.createdAt),
            JSON(date: document.modifiedAt), JSON(text: document.sourceURL),
            .string(document.body), document.metadata, document.acl ?? .null,
        ]
    }

    /// The first of some names, and how many more there are.
    private static func list(_ names: [String]) -> String {
        guard names.count > Limits.namesListed else { return names.joined(separator: ", ") }
        let more = names.count - Limits.namesListed
        return names.prefix(Limits.namesListed).joined(separator: ", ") + " and \(more) more"
    }
}
