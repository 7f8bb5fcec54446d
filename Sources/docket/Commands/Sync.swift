import Configuration
import Foundation
import Ingest
import JSON
import Lifecycle
import Store
import Telemetry

extension Command {
    static let sync = Command(
        words: ["sync"], summary: "one pass now, in the foreground; enriches nothing",
        operands: [Operand(name: "CONNECTOR", isRequired: false, isRepeated: true)],
        options: [
            .config,
            Option(name: "full", help: "read everything from the beginning, not only changes"),
            .output,
        ]
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        let names = try Sync.names(arguments.operands, setup)
        try Check.secrets(setup, terminal)
        let isFull = arguments.has("full")
        let work = Task {
            try await setup.withDatabase(isReady: false) { opened, store in
                let log = setup.log(terminal)
                let keeper = Task { await opened.keepServer(log) }
                defer { keeper.cancel() }
                let daemon = try await Daemon(setup, store, log)
                let progress = Progress.start(
                    store, daemon.metrics, log, terminal, isEnriching: false)
                let reports = await daemon.sync(names, isFull ? .full : .now)
                progress.cancel()
                await progress.value
                terminal.print(
                    Run.table(reports).rendered(as: arguments.format, width: terminal.width))
                return Task.isCancelled ? .cancelled : Run.exitCode(reports.map(\.report))
            }
        }
        return try await work.cancelled(by: [SIGINT, SIGTERM])
    }
}

enum Sync {
    /// The enabled connectors of these names; all without names.
    static func names(_ operands: [String], _ setup: Setup) throws(CommandFailure) -> Set<String> {
        guard !operands.isEmpty else {
            return Set(setup.configuration.connectors.filter(\.isEnabled).map(\.name))
        }
        for name in operands {
            let connector = try setup.connector(name)
            guard connector.isEnabled else {
                throw CommandFailure(
                    code: .usage,
                    message: "\(connector.location): `\(name)` is not enabled; "
                        + "`docket try \(name)` rehearses it")
            }
        }
        return Set(operands)
    }
}
