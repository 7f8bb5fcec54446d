import Foundation
import Lifecycle

/// The program: finds the command, runs it, and ends with its code.
@main
struct Docket {
    static func main() async {
        Signals.ignoreBrokenPipes()
        let words = Array(CommandLine.arguments.dropFirst())
        let terminal = Terminal(environment: ProcessInfo.processInfo.environment)
        let code = await run(words, terminal)
        exit(code.rawValue)
    }

    static func run(_ words: [String], _ terminal: Terminal) async -> ExitCode {
        guard let command = command(for: words) else { return help(words, terminal) }
        var terminal = terminal
        do {
            let arguments = try Arguments(
                Array(words.dropFirst(command.words.count)), for: command)
            if arguments.has("help") {
                terminal.print(Help.text(for: command))
                return .done
            }
            terminal.isQuiet = arguments.has("quiet")
            terminal.isVerbose = arguments.has("verbose")
            return try await command.run(arguments, terminal)
        } catch let failure as CommandFailure {
            terminal.complain("docket: \(failure.message)")
            return failure.code
        } catch is CancellationError {
            terminal.complain("docket: cancelled")
            return .cancelled
        } catch {
            terminal.complain("docket: internal error: \(error)")
            return .internalError
        }
    }

    /// The command whose words the line begins with; the longest one.
    private static func command(for words: [String]) -> Command? {
        Command.all.filter { words.starts(with: $0.words) }.max { $0.words.count < $1.words.count }
    }

    private static func help(_ words: [String], _ terminal: Terminal) -> ExitCode {
        guard let first = words.first, !["help", "--help", "-h"].contains(first) else {
            let rest = Array(words.dropFirst())
            if let command = command(for: rest) {
                terminal.print(Help.text(for: command))
            } else {
                terminal.print(Help.overview)
            }
            return .done
        }
        let group = Command.all.filter { $0.words.first == first && $0.words.count > 1 }
        guard group.isEmpty else {
            terminal.complain(
                "docket: say which: "
                    + group.map { $0.words.joined(separator: " ") }
                    .joined(separator: ", "))
            return .usage
        }
        terminal.complain("docket: unknown command `\(first)`; `docket help` lists them")
        return .usage
    }
}
