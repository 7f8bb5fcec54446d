import Foundation
import Synchronization

/// A program started by a test, with its output in files.
///
/// Its end is polled for, because Foundation's `Process` needs a run loop to wait, and the
/// threads of tests have none.
final class Child: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let processID: pid_t
    private let name: String
    private let outputFile: String
    private let errorFile: String
    private let status = Mutex<Int32?>(nil)

    /// - Parameters:
    ///   - program: Its path.
    ///   - arguments: What follows the path on its command line.
    ///   - environment: All of it.
    ///   - folder: Where the files of its output go.
    /// - Throws: ``Failure`` when it cannot be started.
    init(
        _ program: String, _ arguments: [String], environment: [String: String], in folder: String
    ) throws {
        name = ([URL(filePath: program).lastPathComponent] + arguments).joined(separator: " ")
        let base = "\(folder)/\(UUID().uuidString.prefix(8))"
        (outputFile, errorFile) = (base + ".out", base + ".err")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputFile, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errorFile, flags, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Dispatch's threads block signals, and the program would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var processID: pid_t = 0
        let code = posix_spawn(&processID, program, &actions, &attributes, words, variables)
        guard code == 0 else {
            throw Failure(description: "cannot start \(name): \(String(cString: strerror(code)))")
        }
        self.processID = processID
    }

    /// What it printed so far.
    var output: String { Self.text(outputFile) }
    /// What it said on standard error so far.
    var errors: String { Self.text(errorFile) }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    func send(_ signal: Int32) { if poll() == nil { kill(processID, signal) } }

    /// Its exit status, 128 and the signal's number where a signal ended it; nil while it runs.
    func poll() -> Int32? {
        status.withLock { status in
            var raw: Int32 = 0
            if status == nil, waitpid(processID, &raw, WNOHANG) == processID {
                status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + (raw & 0x7f)
            }
            return status
        }
    }

    /// Waits for its end; when that does not come in time, or the test ends, kills it.
    func end(within duration: Duration = .seconds(120)) async throws -> Outcome {
        do {
            try await until(within: duration, "\(name) ends") { poll() != nil }
        } catch {
            stop()
            throw Failure(description: "\(error)\n\(output)\n\(errors)")
        }
        return Outcome(status: poll() ?? -1, output: output, errors: errors)
    }

    /// Waits for a line on standard error.
    func says(_ text: String, within duration: Duration = .seconds(60)) async throws {
        do {
            try await until(within: duration, "\(name) says \(text)") {
                errors.contains(text) || poll() != nil
            }
        } catch { throw Failure(description: "\(error)\n\(errors)") }
        guard errors.contains(text) else {
            throw Failure(description: "\(name) ended without saying \(text)\n\(errors)")
        }
    }

    /// Kills it, and waits until it is gone.
    func stop() {
        while poll() == nil {
            kill(processID, SIGKILL)
            usleep(1000)
        }
    }
}

/// How a program ended, and what it printed.
struct Outcome: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// The lines of standard error that are not of the log's lower levels.
    var complaints: [String] {
        errors.split(separator: "\n").map(String.init).filter {
            $0.contains(" error ") || $0.hasPrefix("docket: ")
        }
    }
}

/// Waits until something is so.
func until(
    within duration: Duration = .seconds(60), _ what: @autoclosure () -> String,
    _ isSo: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + duration
    while try await !isSo() {
        guard ContinuousClock.now < deadline else {
            throw Child.Failure(description: "within \(duration) it did not come that \(what())")
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}
