import Foundation
import SandboxTesting
import Testing

@Suite("docket-sandbox", .timeLimit(.minutes(5)))
struct CommandTests {
    private struct Outcome {
        let status: Int32
        let reason: Process.TerminationReason
        let complaint: String
    }

    /// Runs the command until it ends; `act` is called once it has announced itself.
    private static func run(
        _ arguments: [String], act: ((pid_t) throws -> Void)? = nil
    ) async throws -> Outcome {
        let process = Process()
        process.executableURL = try RunningSandbox.executable
        process.arguments = arguments
        let (output, complaints) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, complaints)
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        if let act {
            _ = try RunningSandbox.announcement(output.fileHandleForReading)
            try act(process.processIdentifier)
        }
        for await _ in ends {}
        let complaint = complaints.fileHandleForReading.readDataToEndOfFile()
        return Outcome(
            status: process.terminationStatus, reason: process.terminationReason,
            complaint: String(decoding: complaint, as: UTF8.self))
    }

    @Test(
        "refuses a command line it does not understand, and shows what it does",
        arguments: [
            ["--frobnicate"], ["--seed", "x"], ["--page-size", "0"], ["--listen", "8080"],
            ["--messages"], ["--token-lifetime", "-1"], ["extra", "words"],
        ])
    func misuse(arguments: [String]) async throws {
        let outcome = try await Self.run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.complaint.contains("usage: docket-sandbox"))
    }

    @Test("explains itself and the control interface when asked")
    func help() async throws {
        let process = Process()
        process.executableURL = try RunningSandbox.executable
        process.arguments = ["--help"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text.contains("--exit-with-parent"))
        #expect(text.contains("/sandbox/faults"))
    }

    @Test("ends with 0 when asked to", arguments: [SIGTERM, SIGINT])
    func signals(signal: Int32) async throws {
        let outcome = try await Self.run(["--exit-with-parent"]) { kill($0, signal) }
        #expect(outcome.status == 0)
        #expect(outcome.reason == .exit)
    }

    @Test("says why it cannot listen")
    func portInUse() async throws {
        try await RunningSandbox.with { sandbox in
            let address = sandbox.origin.replacing("http://", with: "")
            let outcome = try await Self.run(["--listen", address])
            #expect(outcome.status == 70)
            #expect(outcome.complaint.contains("cannot listen on \(address)"))
        }
    }

    @Test("announces itself on stdout and in the ready file, with all a connector needs")
    func announcement() async throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "docket-sandbox-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await RunningSandbox.with(["--ready-file", path]) { sandbox in
            #expect(sandbox.origin.hasPrefix("http://127.0.0.1:"))
            #expect(sandbox.announced["base_url"] == sandbox.origin + "/v1.0")
            let tenant = try #require(sandbox.announced["tenant"])
            #expect(
                sandbox.announced["token_url"]
                    == "\(sandbox.origin)/\(tenant)/oauth2/v2.0/token")
            #expect(
                sandbox.announced["mailboxes"]
                    == "[sales@contoso.example, support@contoso.example, "
                    + "accounting@contoso.example]")
            // The file comes after the output; an answer says that both are there.
            _ = try await sandbox.control("GET", "state")
            let deadline = ContinuousClock.now + .seconds(10)
            while !FileManager.default.fileExists(atPath: path), ContinuousClock.now < deadline {
                await Task.yield()
            }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.hasPrefix("docket-sandbox: listening on \(sandbox.origin)\n"))
            #expect(text.contains("client_secret: \(sandbox.announced["client_secret"] ?? "?")\n"))
        }
    }

    @Test("ends when the process that started it is gone")
    func orphan() async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let sandbox = try RunningSandbox.executable.path
        // The shell starts the sandbox, tells its number and is gone.
        process.arguments = ["-c", "'\(sandbox)' --exit-with-parent & echo pid: $!; sleep 1"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let announced = try RunningSandbox.announcement(output.fileHandleForReading)
        let child = try #require(announced["pid"].flatMap { pid_t($0) })
        #expect(Self.isRunning(child))
        let deadline = ContinuousClock.now + .seconds(20)
        while Self.isRunning(child), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(!Self.isRunning(child))
        kill(child, SIGKILL)
    }

    /// A process that nobody waited for is still listed, but as a zombie.
    private static func isRunning(_ process: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let name = status.lastIndex(of: ")")
        else { return false }
        return !status[name...].hasPrefix(") Z")
    }
}
