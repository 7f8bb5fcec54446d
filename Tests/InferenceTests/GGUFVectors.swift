import Foundation
import Inference

/// Files the tests of this target read.
enum GGUFVectors {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Vectors")

    static func path(_ name: String) -> String { folder.appending(path: name).path }

    static func data(_ name: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: name))
    }

    /// The lines of a JSON lines file; text in them may hold any other line separator.
    static func lines<Line: Decodable>(_ name: String, as: Line.Type = Line.self) throws -> [Line] {
        try data(name).split(separator: 0x0A).map { try JSONDecoder().decode(Line.self, from: $0) }
    }

    /// Opens a real model, which every test that needs it does for itself: it takes no time.
    static func model(_ model: TestModel = .smolLM2) throws -> ModelFile {
        try ModelFile(path: model.path)
    }

    /// Runs `body` with the path of a temporary file that holds `bytes`.
    static func withFile<R>(_ bytes: some DataProtocol, _ body: (String) throws -> R) throws -> R {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gguf")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }
}
