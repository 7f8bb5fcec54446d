import Foundation
import JSON
import Testing

/// A folder for commands that need no tenant and no database.
struct Scratch: Sendable {
    let folder: String

    /// Makes one for as long as the body takes.
    static func with(_ body: (Scratch) async throws -> Void) async throws {
        let scratch = Scratch(folder: "/tmp/docket-it-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            atPath: scratch.folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: scratch.folder) }
        try await body(scratch)
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: path(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Puts a copy of one of the recorded vectors here.
    func copyVector(_ name: String) throws {
        try write("", to: name)
        try FileManager.default.removeItem(atPath: path(name))
        try FileManager.default.copyItem(atPath: Self.vector(name), toPath: path(name))
    }

    /// Where a recorded vector is.
    static func vector(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "InferenceTests/Vectors/\(name)").path
    }

    /// Runs docket to its end.
    func docket(_ arguments: String...) async throws -> Outcome {
        try await Child(
            Programs.docket, arguments, environment: Programs.environment, in: folder
        ).end(within: .seconds(280))
    }
}

extension Outcome {
    /// The rows of a command that was told to print JSON.
    func rows(sourceLocation: SourceLocation = #_sourceLocation) throws -> [JSON] {
        try #require(
            try JSON.parse(output).arrayValue, "\(output)\(errors)", sourceLocation: sourceLocation)
    }
}
