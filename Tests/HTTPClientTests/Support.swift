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

/// Runs a shell command to its end, and gives what it printed.
///
/// Not by Foundation's `Process`, whose waiting needs a run loop that test threads do not have.
@discardableResult
func run(_ command: String) throws -> [UInt8] {
    let pipe = try #require(popen(command, "r"))
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
        let count = fread(&buffer, 1, buffer.count, pipe)
        guard count > 0 else { break }
        output += buffer[..<count]
    }
    let status = pclose(pipe)
    try #require(status == 0, "\(command)")
    return output
}

func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory
        .appending(path: "gzip-\(UInt32.random(in: 0...UInt32.max))")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try run("gzip -9c < \(file.path)")
}
