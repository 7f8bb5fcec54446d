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

    /// The real model: `DOCKET_TEST_MODEL`, else where `make model` puts it.
    static let modelPath: String = {
        let environment = ProcessInfo.processInfo.environment
        return environment["DOCKET_TEST_MODEL"]
            ?? "\(environment["HOME"] ?? "/root")/.cache/docket/SmolLM2-135M-Instruct.Q4_1.gguf"
    }()

    /// The real model with a SentencePiece vocabulary: `DOCKET_TEST_GEMMA`, else where `make
    /// model` puts it.
    static let gemmaPath: String = {
        let environment = ProcessInfo.processInfo.environment
        return environment["DOCKET_TEST_GEMMA"]
            ?? "\(environment["HOME"] ?? "/root")/.cache/docket/gemma-3-270m-q4_k_m.gguf"
    }()

    static var hasGemma: Bool { FileManager.default.fileExists(atPath: gemmaPath) }

    /// Opens the real model, which every test that needs it does for itself: it takes no time.
    static func model() throws -> ModelFile {
        guard FileManager.default.fileExists(atPath: modelPath) else {
            throw MissingModel(path: modelPath)
        }
        return try ModelFile(path: modelPath)
    }

    /// Runs `body` with the path of a temporary file that holds `bytes`.
    static func withFile<R>(_ bytes: some DataProtocol, _ body: (String) throws -> R) throws -> R {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gguf")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }
}

/// The real model is not where the tests look for it.
struct MissingModel: Error, CustomStringConvertible {
    let path: String

    var description: String { "no model at \(path): run `make model`, or set DOCKET_TEST_MODEL" }
}
