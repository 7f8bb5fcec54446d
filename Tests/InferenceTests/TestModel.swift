import Foundation
import Inference

/// The real model the tests compute with: SmolLM2-135M-Instruct in Q4_1.
enum TestModel {
    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) is missing: run make model" }
    }

    static var path: String {
        get throws {
            let environment = ProcessInfo.processInfo.environment
            let path =
                environment["DOCKET_TEST_MODEL"]
                ?? NSHomeDirectory() + "/.cache/docket/SmolLM2-135M-Instruct.Q4_1.gguf"
            guard FileManager.default.fileExists(atPath: path) else { throw Missing(path: path) }
            return path
        }
    }

    /// An engine the tests share; none may shut it down.
    static var engine: Engine { get throws { try loaded.get() } }

    private static let loaded = Result { () throws -> Engine in
        var options = EngineOptions(contextLength: 4096, sequences: 16)
        options.isBackground = false
        return try Engine(modelPath: path, options: options)
    }
}
