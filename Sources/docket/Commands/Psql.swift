import Foundation
import Glibc
import Postgres

extension Command {
    static let psql = Command(
        words: ["psql"], summary: "psql on the database in use; arguments are passed on",
        operands: [Operand(name: "ARGS", isRequired: false, isRepeated: true)],
        options: [.config], isVerbatim: true
    ) { arguments, terminal in
        let setup = try Setup.load(arguments, terminal)
        return try await setup.withDatabase(isReady: false) { opened, _ in
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["psql"] + arguments.operands
            process.environment = terminal.environment.merging(
                try opened.database.options.environment()
            ) { $1 }
            // An interrupt is for the statement that psql runs, not for docket.
            signal(SIGINT, SIG_IGN)
            do { try process.run() } catch {
                throw CommandFailure(
                    code: .unavailable, message: "cannot start psql: \(error); is it installed?")
            }
            process.waitUntilExit()
            return ExitCode(rawValue: process.terminationStatus) ?? .failed
        }
    }
}
