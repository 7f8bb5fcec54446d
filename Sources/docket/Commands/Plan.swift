import Configuration
import Connectors
import Domain
import Enrich
import Foundation
import Ingest
import JSON
import Lifecycle
import Store

extension Command {
    static let plan = Command(
        words: ["plan"], summary: "what the next pass would do because the configuration changed",
        options: [
            .config,
            Option(name: "offline", help: "ask no endpoint which streams its scopes have now"),
            .output,
        ]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        try Check.secrets(setup, terminal)
        let isOffline = arguments.has("offline")
        let work = Task {
            let rows = try await Plan.rows(setup, isOffline: isOffline, terminal)
            terminal.print(
                Plan.table(rows).rendered(as: arguments.format, width: terminal.width))
            let isChanging = rows.contains { $0.change != Forecast.Change.wait.rawValue }
            if !isChanging { terminal.say("nothing would change") }
            return isChanging ? ExitCode.findings : .done
        }
        return try await work.cancelled(by: [SIGINT, SIGTERM])
    }
}

/// What a changed configuration would do.
enum Plan {
    struct Row: Sendable {
        let change: String
        let connector: String
        var scope: String?
        var stream: String?
        var recipe: String?
        var documents: Int?
        let effect: String
    }

    static func table(_ rows: [Row]) -> Table {
        Table(
            columns: [
                "change", "connector", "scope", "stream", "recipe", "documents", "effect",
            ],
            rows: rows.map { row in
                [
                    .string(row.change), .string(row.connector), JSON(text: row.scope),
                    JSON(text: row.stream), JSON(text: row.recipe),
                    row.documents.map { JSON($0) } ?? .null, .string(row.effect),
                ]
            })
    }

    /// Compares with the database; before there is one, everything is new.
    static func rows(
        _ setup: Setup, isOffline: Bool, _ terminal: Terminal
    ) async throws -> [Row] {
        guard setup.hasDatabase else {
            return try await rows(setup, nil, isOffline: isOffline, terminal)
        }
        return try await setup.withDatabase(isReady: false) { _, store in
            let pending = try await store.pendingMigrations()
            let isNew = pending.count == Migration.all.count
            if !isNew { try await store.checkSchema() }
            return try await rows(setup, isNew ? nil : store, isOffline: isOffline, terminal)
        }
    }

    private static func rows(
        _ setup: Setup, _ store: Store?, isOffline: Bool, _ terminal: Terminal
    ) async throws -> [Row] {
        // Their fingerprints are part of those of results, so they are loaded as the daemon does.
        let models = store == nil ? nil : try await Models(setup)
        defer { models?.shutdown() }
        var rows: [Row] = []
        for connector in setup.configuration.connectors where connector.isEnabled {
            let rules = try models?.recipes(of: connector, setup).map(\.rule) ?? []
            let plan = try setup.plan(for: connector, rules: rules)
            let (forecast, problems) = try await Forecast.make(
                for: plan, store, isOffline: isOffline)
            for problem in problems {
                terminal.say(
                    "\(connector.name) \(problem.scope): \(problem.error); "
                        + "its last listing is taken instead")
            }
            rows += forecast.items.map { Row($0, connector.name, plan.holdAbove) }
            guard let store else { continue }
            let missing = try await store.countMissing(connector: connector.name, rules: rules)
            rows += missing.sorted { $0.key < $1.key }.map { recipe, count in
                Row(
                    change: "enrich", connector: connector.name, recipe: recipe, documents: count,
                    effect: "the recipe or its model is new to them")
            }
        }
        return rows
    }
}

extension Plan.Row {
    fileprivate init(_ item: Forecast.Item, _ connector: String, _ holdAbove: Double) {
        let share = "\(Int((holdAbove * 100).rounded()))%"
        let effect =
            switch item.change {
            case .add: "read for the first time"
            case .remove where item.isHeld:
                "taken out when a person approves: more than \(share) of the scope"
            case .remove: "taken out"
            case .readAgain: "read from the beginning, and what is not shown any more taken out"
            case .delete: "taken out: a person has approved"
            case .wait: "nothing until a person decides: docket deletions list"
            }
        self.init(
            change: item.change.rawValue, connector: connector, scope: item.scope,
            stream: item.stream, documents: item.documents, effect: effect)
    }
}
