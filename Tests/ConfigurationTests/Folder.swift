import Configuration
import Foundation
import YAML

/// A temporary folder with configuration files, removed when it goes out of scope.
struct Folder: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/docket-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    borrowing func write(_ text: String, to name: String) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    borrowing func load(
        environment: [String: String] = [:], definitions: Definitions = SampleDefinitions.all
    ) -> (Configuration?, [Diagnostic]) {
        Configuration.load(path: "\(path)/docket.yaml", environment: environment) { _ in
            (definitions, [])
        }
    }

    /// The diagnostics as printed, with the folder's own name left out.
    borrowing func rendered(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { $0.rendered() + "\n" }.joined()
            .replacing("\(path)/", with: "")
    }
}
