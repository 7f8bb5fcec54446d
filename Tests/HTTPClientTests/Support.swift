import Foundation
import HTTPClient
import Testing

/// The error of something that must fail.
func failure(_ body: () async throws -> Void) async -> HTTPClientError? {
    do {
        try await body()
        Issue.record("expected an error")
    } catch let error as HTTPClientError {
        return error
    } catch {
        Issue.record("unexpected \(error)")
    }
    return nil
}

/// Runs a program of the base system to its end.
@discardableResult
func run(_ arguments: [String], input: Data = Data(), in folder: String = "/") throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    let (stdin, stdout) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (stdin, stdout)
    process.standardError = FileHandle.nullDevice
    try process.run()
    DispatchQueue(label: "input").async {
        try? stdin.fileHandleForWriting.write(contentsOf: input)
        try? stdin.fileHandleForWriting.close()
    }
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(arguments.joined(separator: " "))")
    return output
}

func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    Array(try run(["gzip", "-9c"], input: Data(bytes)))
}
