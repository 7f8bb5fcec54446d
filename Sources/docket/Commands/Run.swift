import Configuration
import Connectors
import Foundation
import Ingest
import JSON
import Lifecycle
import Store
import Telemetry

extension Command {
    static let run = Command(
        words: ["run"], summary: "read, file and enrich documents: the daemon",
        options: [
            .config,
            Option(
                name: "once",
                help: "one pass over every enabled connector, then all jobs, then exit"),
            .output,
        ]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        try Check.secrets(setup, terminal)
        let isOnce = arguments.has("once")
        let work = Task {
            try await setup.withDatabase(isReady: false) { opened, store in
                let log = setup.log(terminal)
                let keeper = Task { await opened.keepServer(log) }
                defer { keeper.cancel() }
                let daemon = try await Daemon(setup, store, log)
                guard isOnce else {
                    try await daemon.run(ServiceManager(environment: terminal.environment))
                    return ExitCode.done
                }
                let progress = Progress.start(store, daemon.metrics, log, terminal)
                let reports = await daemon.runOnce()
                progress.cancel()
                await progress.value
                terminal.print(Run.table(reports).rendered(as: arguments.format))
                return Task.isCancelled ? .cancelled : Run.exitCode(reports.map(\.report))
            }
        }
        return try await work.cancelled(by: [SIGINT, SIGTERM])
    }
}

/// What a pass in the foreground says at its end.
enum Run {
    static func table(_ reports: [(connector: String, report: PassReport)]) -> Table {
        var table = Table(columns: [
            "connector", "pages", "created", "updated", "unchanged", "deleted", "failed", "errors",
        ])
        for (connector, report) in reports {
            let counts = report.counts
            table.rows.append([
                .string(connector), JSON(report.pages), JSON(counts.created),
                JSON(counts.updated), JSON(counts.unchanged), JSON(counts.deleted),
                JSON(counts.failed), JSON(report.failures.count),
            ])
        }
        return table
    }

    /// The kind of failure when all failures are of one kind and nothing was read; else 1.
    static func exitCode(_ reports: [PassReport]) -> ExitCode {
        let failures = reports.flatMap(\.failures)
        guard !failures.isEmpty else { return .done }
        let kinds = Set(failures.map(\.kind))
        guard reports.allSatisfy({ $0.pages == 0 }), kinds.count == 1, let kind = kinds.first
        else { return .failed }
        return kind.exitCode
    }
}

extension ConnectorError.Kind {
    var exitCode: ExitCode {
        switch self {
        case .credentials: .permission
        case .availability: .unavailable
        case .cancelled: .cancelled
        case .content: .failed
        }
    }
}

extension Task where Failure == any Error {
    /// The task's value; the first of these signals cancels it.
    func cancelled(by signals: [Int32]) async throws -> Success {
        let watcher = Task<Void, Never> {
            for await _ in Signals.stream(of: signals) { cancel() }
        }
        defer { watcher.cancel() }
        return try await value
    }
}

extension Setup {
    /// The log as configured; `--verbose` and `--quiet` move its level.
    func log(_ terminal: Terminal) -> Log {
        let settings = configuration.log
        let level: Log.Level =
            terminal.isVerbose
            ? .debug
            : terminal.isQuiet ? .error : Log.Level(settings.level.rawValue)
        return Log(levelMin: level, format: Log.Format(rawValue: settings.format.rawValue) ?? .text)
    }
}

extension Log.Level {
    fileprivate init(_ name: String) {
        self = Self.allCases.first { $0.name == name } ?? .info
    }
}
