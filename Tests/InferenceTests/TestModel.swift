import Foundation
import Inference

/// A real model the tests compute with.
enum TestModel: String, CaseIterable, CustomStringConvertible {
    /// SmolLM2-135M-Instruct in Q4_1.
    case smolLM2 = "SmolLM2"
    /// Gemma 3 270M in Q4_K_M: Q5_0, Q4_K, Q6_K and Q8_0.
    case gemma = "Gemma"

    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) is missing: run make model" }
    }

    var description: String { rawValue }

    var path: String {
        get throws {
            let (variable, file) =
                switch self {
                case .smolLM2: ("DOCKET_TEST_MODEL", "SmolLM2-135M-Instruct.Q4_1.gguf")
                case .gemma: ("DOCKET_TEST_GEMMA", "gemma-3-270m-q4_k_m.gguf")
                }
            let path =
                ProcessInfo.processInfo.environment[variable]
                ?? NSHomeDirectory() + "/.cache/docket/" + file
            guard FileManager.default.fileExists(atPath: path) else { throw Missing(path: path) }
            return path
        }
    }

    /// An engine the tests share; none may shut it down.
    var engine: Engine {
        get throws {
            switch self {
            case .smolLM2: try Self.smolLM2Engine.get()
            case .gemma: try Self.gemmaEngine.get()
            }
        }
    }

    /// The engine of the model that follows instructions.
    static var engine: Engine { get throws { try smolLM2.engine } }

    private static let smolLM2Engine = Result { try make(.smolLM2, sequences: 16) }
    private static let gemmaEngine = Result { try make(.gemma, sequences: 4) }

    private static func make(_ model: TestModel, sequences: Int) throws -> Engine {
        var options = EngineOptions(contextLength: 4096, sequences: sequences)
        options.isBackground = false
        return try Engine(modelPath: model.path, options: options)
    }
}
